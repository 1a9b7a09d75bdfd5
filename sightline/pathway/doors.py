"""Doors follow links: what was opened for a case stands for whoever its people are now.

After a link is corrected, every door that was opened because of its mention is opened to who that
is now, for as long as it was to stand, and closed to whom nothing it stands for speaks of any more.
What was seen through it stays in the read log.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Max, Q

from sightline.actions.action_doors import FOR_MARAC_ACTION, concerned
from sightline.actions.feedback import who as who_reported
from sightline.actions.models import WHOM, Action, Feedback
from sightline.encompass.models import Notice
from sightline.intake.models import Contact
from sightline.meetings.models import MaracReferral
from sightline.people.models import Incident, Link, LinkReview, Source
from sightline.people.queries import persons_of
from sightline.research.doors import asked_about
from sightline.research.models import ResearchRequest
from sightline.screening.models import Screening
from sightline.sharing.commands import (
    FOR_ACTION,
    FOR_FEEDBACK,
    FOR_MARAC,
    FOR_NOTICE,
    FOR_OPEN_CASE,
    FOR_RESEARCH,
    FOR_REVIEW,
    FOR_SAFE_ADDRESS,
    FOR_SAFE_CONTACT,
    NEW_FAMILY,
    STANDING,
    TOLD,
    Door,
    Grant,
    disclose,
)
from sightline.sharing.models import Disclosure, Telling
from sightline.vault.doors import close_what_is_not_allowed
from sightline.vault.models import Entry, SafeAddress, SafeContact

Persons = dict[int, set[int]]  # by the id of what a door stands for


@transaction.atomic
def follow_links(source: Source, persons: Collection[int], now: datetime) -> None:
    """Have the doors of what a source speaks of follow its links, and close those to these persons
    that nothing justifies now: whom a mention in it was linked to, and is. Twice is once."""
    for grant, ids in _origins(source, persons):
        _follow(grant, WHO[grant](ids), now)
    _close(persons, now)
    close_what_is_not_allowed(persons, now)


def everybody_linked(mention_id: int) -> set[int]:
    """Return every person a mention was ever linked to, the present one too."""
    return set(Link.objects.filter(mention=mention_id).values_list("person_id", flat=True))


def _origins(source: Source, persons: Collection[int]) -> Iterator[tuple[Grant, list[int]]]:
    """Yield what doors may stand for: all of the incident, and the questions about the persons."""
    incident = source.incident_id
    referred = MaracReferral.objects.filter(_speaks_of(incident))
    for grant, found in (
        (STANDING, Incident.objects.filter(sources=source)),
        (NEW_FAMILY, Contact.objects.filter(source=source)),
        (FOR_ACTION, Action.objects.filter(decision__screening__incident=incident)),
        (FOR_FEEDBACK, Feedback.objects.filter(notification__source__incident=incident)),
        (FOR_NOTICE, Notice.objects.filter(incident=incident)),
        (FOR_OPEN_CASE, Screening.objects.filter(incident=incident, routed_to__isnull=False)),
        (FOR_MARAC, referred),
        (
            FOR_MARAC_ACTION,
            Action.objects.filter(hearing__referral__in=referred),
        ),
        (FOR_RESEARCH, ResearchRequest.objects.filter(incident=incident)),
        (TOLD, Telling.objects.filter(mention__source=source, agency__isnull=False)),
        (FOR_SAFE_ADDRESS, SafeAddress.objects.filter(mention__source=source)),
        (FOR_SAFE_CONTACT, SafeContact.objects.filter(mention__source=source)),
        (FOR_REVIEW, LinkReview.objects.filter(questions_about(persons))),
    ):
        yield grant, list(found.order_by("pk").values_list("pk", flat=True))


def _speaks_of(incident: int | None) -> Q:
    """The condition on MaracReferral under which it speaks of how an incident names somebody."""
    return Q(victim__source__incident=incident) | Q(perpetrator__source__incident=incident)


def questions_about(persons: Collection[int]) -> Q:
    """Return the condition on LinkReview under which it asks about one of these persons."""
    mentions = Link.objects.filter(person__in=persons, ended_at__isnull=True).values("mention")
    return Q(candidate__in=persons) | Q(mention__in=mentions)


def _follow(grant: Grant, persons: Persons, now: datetime) -> None:
    """Open what stands for each of these to all its persons, to whom and until when it stands."""
    open_now = Disclosure.objects.filter(
        origin=grant.origin, origin_id__in=[str(pk) for pk in persons], until_at__gt=now
    )
    standing = open_now.values_list("origin_id", "agency_id").annotate(Max("until_at"))
    doors = [
        Door(agency, person, origin, until)
        for origin, agency, until in standing.order_by("origin_id", "agency_id")
        for person in persons[int(origin)]
    ]
    disclose(grant, doors, by=None, now=now)


def _close(persons: Collection[int], now: datetime) -> None:
    """End every door to these persons that what it stands for does not speak of any more."""
    for grant, who in WHO.items():
        doors = Disclosure.objects.filter(
            origin=grant.origin, person__in=persons, until_at__gt=now, from_at__lte=now
        )
        speaks_of = who([int(door.origin_id) for door in doors])
        gone = [d.pk for d in doors if d.person_id not in speaks_of.get(int(d.origin_id), set())]
        Disclosure.objects.filter(pk__in=gone).update(until_at=now)


def _of_incidents(ids: Collection[int]) -> Persons:
    """The team sees whoever is mentioned in a notification of the incident, corrected or not."""
    links = Link.objects.filter(mention__source__incident__in=ids, ended_at__isnull=True)
    return _grouped(links.values_list("mention__source__incident_id", "person_id"))


def _of_contacts(ids: Collection[int]) -> Persons:
    """The team sees the families that it was told of."""
    links = Link.objects.filter(mention__source__contact__in=ids, ended_at__isnull=True)
    return _grouped(links.values_list("mention__source__contact", "person_id"))


def _of_actions(ids: Collection[int]) -> Persons:
    actions = Action.objects.filter(pk__in=ids)
    return {
        action.pk: concerned(action)
        for action in actions.select_related("agency", "hearing__referral__perpetrator", *WHOM)
    }


def _of_notices(ids: Collection[int]) -> Persons:
    notices = list(Notice.objects.filter(pk__in=ids).select_related("mention"))
    who = persons_of([notice.mention for notice in notices])
    return {notice.pk: {who[notice.mention_id]} for notice in notices if notice.mention_id in who}


def _of_open_cases(ids: Collection[int]) -> Persons:
    """The worker sees everybody in the incident, as the versions that hold name them."""
    sent = Screening.objects.filter(pk__in=ids, routed_to__isnull=False)
    incidents = dict(sent.values_list("pk", "incident_id"))
    links = Link.objects.filter(
        mention__source__incident__in=incidents.values(), ended_at__isnull=True,
        mention__source__superseded_at__isnull=True,
    )  # fmt: skip
    there = _grouped(links.values_list("mention__source__incident_id", "person_id"))
    return {screening: there[incident] for screening, incident in incidents.items()}


def _of_marac(ids: Collection[int]) -> Persons:
    """The members see the pair that was referred to them, and nobody else of either's family."""
    referred = MaracReferral.objects.filter(pk__in=ids)
    pairs = list(referred.select_related("victim", "perpetrator"))
    who = persons_of([mention for one in pairs for mention in (one.victim, one.perpetrator)])
    return {
        one.pk: {who[pk] for pk in (one.victim_id, one.perpetrator_id) if pk in who}
        for one in pairs
    }


def _of_tellings(ids: Collection[int]) -> Persons:
    """The child of whom an agency was told."""
    tellings = list(Telling.objects.filter(pk__in=ids).select_related("mention"))
    who = persons_of([telling.mention for telling in tellings])
    return {one.pk: {who[one.mention_id]} for one in tellings if one.mention_id in who}


def _of_entries(model: type[Entry], ids: Collection[int]) -> Persons:
    """Whoever it is now that something stands in the vault about."""
    entries = list(model._default_manager.filter(pk__in=ids).select_related("mention"))
    who = persons_of([entry.mention for entry in entries])
    return {e.pk: {who[e.mention_id]} for e in entries if e.mention_id in who}


def _of_reviews(ids: Collection[int]) -> Persons:
    """Both of whom a question is, until nobody needs to answer it; an answer may be taken back."""
    asked = LinkReview.objects.filter(pk__in=ids, closed_at__isnull=True)
    now_linked = asked.filter(mention__links__ended_at__isnull=True)
    pairs = now_linked.values_list("pk", "candidate_id", "mention__links__person_id")
    return _grouped((pk, person) for pk, *both in pairs for person in both)


def _grouped(pairs: Iterable[tuple[int, int]]) -> Persons:
    found: Persons = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return found


WHO: dict[Grant, Callable[[Collection[int]], Persons]] = {
    STANDING: _of_incidents,
    NEW_FAMILY: _of_contacts,
    FOR_ACTION: _of_actions,
    FOR_FEEDBACK: who_reported,
    FOR_NOTICE: _of_notices,
    FOR_OPEN_CASE: _of_open_cases,
    FOR_MARAC: _of_marac,
    FOR_MARAC_ACTION: _of_actions,
    FOR_RESEARCH: asked_about,
    TOLD: _of_tellings,
    FOR_SAFE_ADDRESS: partial(_of_entries, SafeAddress),
    FOR_SAFE_CONTACT: partial(_of_entries, SafeContact),
    FOR_REVIEW: _of_reviews,
}
