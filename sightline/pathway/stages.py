"""The order of things, written down once.

received -> recorded -> linked -> schools told
                               -> case opened (screenings, standing disclosures)
                               -> agencies asked what they know; again when a scale is set

Every stage takes one or many, and the number of its queries does not depend on how many. Every
stage is idempotent: it may be run again after a crash, at any moment, in any order. A doubt about
who somebody is delays nothing: linking gives a doubtful mention a person of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sightline.common.announce import quietly
from sightline.encompass.doors import open_to_schools
from sightline.encompass.making import Arrived, make_notices
from sightline.encompass.models import Notice
from sightline.intake.contacts import open_new_families
from sightline.intake.models import Notification
from sightline.intake.stages import record_people
from sightline.pathway.doors import everybody_linked, follow_links, questions_about
from sightline.pathway.on_record import facts_on_record
from sightline.people.linking import link_sources
from sightline.people.models import Incident, Link, LinkReview, Source
from sightline.research.asking import ask_agencies
from sightline.screening.answering import answer_from_record
from sightline.screening.models import Screening
from sightline.screening.opening import open_screenings
from sightline.sharing.commands import FOR_REVIEW, STANDING, close
from sightline.sharing.team import OPEN_FOR, open_to_team
from sightline.vault.arriving import open_what_came


def record(notification_ids: Sequence[int], now: datetime) -> list[Source]:
    """Write down who is mentioned."""
    return record_people(notification_ids, now=now)


def link(source_ids: Sequence[int], now: datetime) -> None:
    """Link the mentions to persons."""
    sources = Source.objects.filter(pk__in=source_ids).select_related("incident").order_by("pk")
    link_sources(list(sources), now=now)


@transaction.atomic
def tell_schools(source_ids: Sequence[int], now: datetime) -> None:
    """Make the notices for the schools of the children mentioned, and open the schools' doors."""
    sources = _live(source_ids)
    arrived = [Arrived(source, source.notification.received_at) for source in sources]
    open_to_schools(make_notices(arrived, now=now), by=None, now=now)


def _live(source_ids: Sequence[int]) -> list[Source]:
    """Return the sources that are no back-load, with their incidents locked.

    What happened years ago needs no screening and tells no school now; it is seen as the history
    of whoever is in an open case.
    """
    _one_at_a_time(source_ids)
    found = Source.objects.filter(pk__in=source_ids, notification__history=False)
    return list(found.select_related("notification__sender").order_by("pk"))


def _one_at_a_time(source_ids: Sequence[int]) -> None:
    """Let only one transaction at a time follow up an incident.

    Two notifications of one incident would each open a screening for the same child.
    """
    spoken_of = Source.objects.filter(pk__in=source_ids).values("incident")
    incidents = Incident.objects.select_for_update(no_key=True).filter(pk__in=spoken_of)
    list(incidents.order_by("pk").values_list("pk"))


@transaction.atomic
def open_cases(source_ids: Sequence[int], now: datetime) -> None:
    """Open screenings and the core members' doors; the notifications have then gone their way."""
    sources = _live(source_ids)
    open_screenings(sources, now=now)
    incidents = [source.happened_in for source in sources]
    answer_from_record(incidents, facts=facts_on_record(incidents, now=now), now=now)
    _open_to_the_team(sources, now)
    open_what_came({source.pk: source.notification.sender for source in sources}, now)
    open_new_families(source_ids, now=now)
    _open_for_review(Q(mention__source__in=source_ids), now)
    Notification.objects.filter(source__in=source_ids, opened_at__isnull=True).update(
        linked_at=now, opened_at=now
    )


def _open_to_the_team(sources: Sequence[Source], now: datetime) -> None:
    links = Link.objects.filter(mention__source__in=sources, ended_at__isnull=True)
    persons = links.values_list("mention__source__incident_id", "person_id").distinct()
    stand_for = ((str(incident), person) for incident, person in persons)
    open_to_team(STANDING, stand_for, by=None, now=now)


def _open_for_review(about: Q, now: datetime) -> None:
    """Whoever is to say who somebody is must be able to look at both, in a back-load too."""
    asked = LinkReview.objects.filter(LinkReview.OPEN, about, mention__links__ended_at__isnull=True)
    pairs = asked.values_list("pk", "candidate_id", "mention__links__person_id")
    stand_for = ((str(review), person) for review, *both in pairs for person in both)
    open_to_team(FOR_REVIEW, stand_for, by=None, now=now)


@transaction.atomic
def ask(source_ids: Sequence[int], now: datetime) -> None:
    """Ask agencies what they know of the people mentioned; withdraw what a correction undid."""
    ask_agencies((source.happened_in for source in _live(source_ids)), now=now)


@transaction.atomic
def ask_again(screening_id: int, now: datetime) -> None:
    """Ask those who are asked only at some scale, now that somebody has set one."""
    screening = Screening.objects.get(pk=screening_id)
    if not screening.imported:
        ask_agencies([screening.incident_id], now=now)


@transaction.atomic
def read_record_again(incident_id: int, now: datetime) -> None:
    """Answer the questions about history anew, now that an agency has said what it knows."""
    facts = facts_on_record([incident_id], now=now)
    answer_from_record([incident_id], facts=facts, now=now)


@transaction.atomic
def keep_questions_open(now: datetime) -> None:
    """Move on the doors to whom a question is about while it is open, before they end."""
    _open_for_review(Q(asked_at__lt=now - OPEN_FOR / 2), now)


@transaction.atomic
def close_question(review_id: int, now: datetime) -> None:
    """Close the doors that were opened so that a question could be answered."""
    close(FOR_REVIEW, origin_id=str(review_id), now=now)


@transaction.atomic
def renew_doors(mention_id: int, now: datetime) -> None:
    """After a link was changed, have every door of the case follow, and close those to others."""
    source = Source.objects.get(mentions=mention_id)
    if source.recorded_at > now - OPEN_FOR:
        opened = [source.pk, *_opened_beside(source)]
        open_cases(opened, now)
        ask(opened, now)
    standing = Notice.objects.filter(incident=source.incident_id, withdrawn_at__isnull=True)
    open_to_schools(standing.select_related("school", "office", "mention"), by=None, now=now)
    persons = everybody_linked(mention_id)
    _open_for_review(questions_about(persons), now)
    follow_links(source, persons, now)


def _opened_beside(source: Source) -> list[int]:
    """Return the other sources of the incident: the same child may be screened because of them."""
    others = Source.objects.filter(incident=source.incident_id, incident__isnull=False)
    opened = others.filter(notification__opened_at__isnull=False).exclude(pk=source.pk)
    return list(opened.values_list("pk", flat=True))


@transaction.atomic
def take_through(notification_ids: Sequence[int], now: datetime, *, asking: bool = True) -> None:
    """Run every stage here and now: the bulk path of imports, which writes the same rows.

    `asking`: whether agencies are asked; of a past that is invented they are not.
    """
    with quietly("source.recorded", "source.linked"):
        sources = [source.pk for source in record(notification_ids, now)]
        link(sources, now)
        tell_schools(sources, now)
        open_cases(sources, now)
        if asking:
            ask(sources, now)
