"""What is known of one person, from all agencies, in the order in which it happened.

Each entry belongs to one item of the disclosure ledger, and is only there if that item is open.
Families of one perpetrator are walled from each other: of an incident with a family that the
reader may not see, only that it happened is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sightline.access.models import User
from sightline.actions.models import Action, SocialCareEvent
from sightline.actions.telling import (
    Decided,
    Entry,
    Happened,
    Of,
    Open,
    Story,
    how_open,
    on_day,
    tell,
    who,
)
from sightline.common.words import short_day
from sightline.encompass.models import Notice
from sightline.meetings.dissenting import STANDING_DISSENTS, dissent_words
from sightline.meetings.models import Decision
from sightline.people.everybody import everybody_in
from sightline.people.kin import FAMILY
from sightline.people.models import Incident, Link, Mention, Person
from sightline.rules.screening.wordscale import scale_name
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see
from sightline.sharing.sheltering import homes_sheltering


@dataclass(frozen=True)
class _Past:
    """One person's mentions, and which items of the person are open to whom."""

    mentions: Sequence[Mention]
    items: frozenset[str]
    reader: User
    now: datetime
    sheltering: frozenset[int]  # homes whose address is not said


def chronology(person: Person, items: frozenset[str], reader: User, now: datetime) -> list[Entry]:
    """Return what happened to or through a person, newest first, as far as `items` allow.

    A fixed number of queries, however long the life.
    """
    mentions = _mentions(person)
    past = _Past(mentions, items, reader, now, homes_sheltering(_homes(mentions), reader, now))
    story = Story(
        alone=True,
        happened=_happened(past) if Item.INCIDENT in items else (),
        decided=_decided(past) if Item.DECISION in items else (),
        actions=[("", action) for action in _actions(past)] if Item.ACTIONS in items else (),
        events=[("", event) for event in _events(past)] if Item.DECISION in items else (),
        more=_more(past),
    )
    return tell(story)


def _mentions(person: Person) -> list[Mention]:
    links = Link.objects.filter(
        person=person, ended_at__isnull=True, mention__source__superseded_at__isnull=True
    )
    return [
        link.mention
        for link in links.select_related(
            "mention__source__incident__household", "mention__household"
        )
    ]


def wholly_open(mentions: Iterable[Mention], reader: User, now: datetime) -> set[int]:
    """Return the incidents of whose victims and children the reader may see every one."""
    how = _how_open(mentions, reader, now)
    return {incident for incident, one in how.items() if one is Open.WHOLE}


def _how_open(mentions: Iterable[Mention], reader: User, now: datetime) -> dict[int, Open]:
    """Return how much of each incident may be told, by which of its family may be seen."""
    there = everybody_in(mention.source.incident_id for mention in mentions)
    families = {
        incident: {one.person for one in them if one.role in FAMILY}
        for incident, them in there.items()
    }
    everybody = {person for family in families.values() for person in family}
    answers = what_they_may_see(reader, everybody, now)
    open_to = {person for person, a in answers.items() if Item.INCIDENT in a.items}
    return {incident: how_open(p in open_to for p in them) for incident, them in families.items()}


def _homes(mentions: Sequence[Mention]) -> Iterator[int | None]:
    for mention in mentions:
        yield mention.household_id
        yield mention.source.incident.household_id if mention.source.incident else None


def _happened(past: _Past) -> Iterator[Happened]:
    how = _how_open(past.mentions, past.reader, past.now)
    for mention in past.mentions:
        if incident := mention.source.incident:
            told = how.get(incident.pk, Open.ELSEWHERE)
            here = told is Open.WHOLE and Item.HOUSEHOLD in past.items
            here = here and incident.household_id not in past.sheltering
            of = Of(mention, "", Item.VOICE in past.items)
            yield Happened(incident, told, _at(incident) if here else "", [of])


def _at(incident: Incident) -> str:
    return f"At {incident.household.address}." if incident.household else ""


def _decided(past: _Past) -> Iterator[Decided]:
    made = Decision.objects.filter(screening__mention__in=past.mentions)
    for one in made.select_related("decided_by").prefetch_related(STANDING_DISSENTS):
        yield Decided("", one, one.rationale, dissent_words(one, whole=True))


def _actions(past: _Past) -> QuerySet[Action]:
    agreed = Action.objects.filter(decision__screening__mention__in=past.mentions)
    return agreed.select_related("agency")


def _events(past: _Past) -> QuerySet[SocialCareEvent]:
    return SocialCareEvent.objects.filter(mention__in=past.mentions)


def _more(past: _Past) -> Iterator[Entry]:
    if Item.HISTORY in past.items:
        yield from (_told_of(m, past) for m in past.mentions if m.source.incident is None)
    if Item.SCALE in past.items:
        yield from _scales(past.mentions)
    if Item.SCHOOL in past.items:
        yield from _notices(past.mentions)


def _told_of(mention: Mention, past: _Past) -> Entry:
    """The team was told of a family to which nothing had happened yet."""
    said = Item.HOUSEHOLD in past.items and mention.household_id not in past.sheltering
    at = f"At {mention.address}." if mention.address and said else ""
    on, title = mention.source.on, "The team was told of the family"
    return Entry(on, short_day(on), title, (at,) if at else (), mention.source.label)


def _scales(mentions: Sequence[Mention]) -> Iterator[Entry]:
    screened = Screening.objects.filter(
        mention__in=mentions, withdrawn_at__isnull=True, scale__isnull=False
    )
    for one in screened.select_related("scale_set_by"):
        if one.scale and one.scale_set_at:
            title = f"Scale {one.scale}, {scale_name(one.scale)}"
            yield on_day(one.scale_set_at, title, one.scale_because, source=who(one.scale_set_by))


def _notices(mentions: Sequence[Mention]) -> Iterator[Entry]:
    told = Notice.objects.filter(mention__in=mentions, sent_at__isnull=False)
    for one in told.select_related("school"):
        received = one.received_at
        confirmed = f"Received {short_day(received)}." if received else "Not confirmed."
        if one.sent_at:
            title, source = f"School told: {one.school}", "Operation Encompass"
            yield on_day(one.sent_at, title, confirmed, one.support, source=source)
