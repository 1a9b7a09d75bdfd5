"""What a change of links would do, shown before it is done.

The change is carried out for rehearsal, with everything that follows from it, and rolled back: the
plan cannot say anything else than what happens. `people/relations.py` says what is counted; what
each agency could see more or less of is asked of the ledger, before and after.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from sightline.access.models import Agency
from sightline.common.announce import quietly
from sightline.common.words import plural, short_day
from sightline.pathway.stages import renew_doors
from sightline.people.models import Link, LinkChange, LinkReview, Mention, Person, Role
from sightline.people.moving import fingerprint
from sightline.people.reading import mentions_of
from sightline.people.relations import counted
from sightline.screening.models import Screening
from sightline.sharing.models import CASE_ITEMS
from sightline.sharing.reach import Reach, more_open, reach

ANNOUNCED = ("links.changed", "notice.made")


@dataclass(frozen=True)
class Column:
    """One person as they read, before or after; numbers are of what holds in their history."""

    person_id: int
    name: str
    born: str
    sex: str
    identifiers: tuple[str, ...]
    restricted: bool
    known_since: str
    mentions: int
    notifications: int
    households: int
    counts: tuple[tuple[str, int], ...]  # of what hangs on it, under its plural


@dataclass(frozen=True)
class Sight:
    """What an agency would see more, or less, of."""

    agency: str
    items: tuple[str, ...]
    mentions: int


@dataclass(frozen=True)
class Plan:
    """Who is who before and after, whose sight widens and narrows, and what else to mind.

    Lists are in the order in which they are shown; `seen` is the fingerprint it rests on.
    """

    kind: str
    before: tuple[Column, ...]
    after: tuple[Column, ...]
    widened: tuple[Sight, ...]
    narrowed: tuple[Sight, ...]
    contradictions: tuple[str, ...]
    notes: tuple[str, ...]
    restricted_anew: bool
    seen: str

    def as_data(self) -> dict[str, Any]:
        """Return the plan as it is kept with the change."""
        return asdict(self)


@dataclass(frozen=True)
class _Picture:
    columns: tuple[Column, ...]
    written: Mapping[int, Sequence[Mention]]
    sight: Reach
    questions: int
    screenings: int
    children: int
    people: Mapping[int, Person] = field(default_factory=dict)


def rehearse(change: Callable[[], LinkChange], persons: Collection[int], *, now: datetime) -> Plan:
    """Return what `change` would do to these persons. Nothing of it stays.

    Raises what the change raises (WrongMoment) where it would be refused. Both pictures are the
    command's, which knows every agency's doors: a page is shown those of its own agency alone, and
    everybody else would seem to see more.
    """
    with transaction.atomic(), quietly(*ANNOUNCED):
        mentions = [m.pk for held in mentions_of(persons).values() for m in held]
        seen, before = fingerprint(persons), _picture(mentions, now)
        made = change()
        renew_for(made, now)
        after = _picture(mentions, now)
        transaction.set_rollback(True)
    return _plan(made.kind, before, after, seen)


def renew_for(change: LinkChange, now: datetime) -> None:
    """Have the doors of every case follow a change at once, rather than by its tasks."""
    moved = Link.objects.filter(ended_in=change).order_by("mention_id")
    for mention in moved.values_list("mention_id", flat=True).distinct():
        renew_doors(mention, now)


def _picture(mention_ids: Sequence[int], now: datetime) -> _Picture:
    links = Link.objects.filter(mention__in=mention_ids, ended_at__isnull=True)
    persons = set(links.values_list("person_id", flat=True))
    written = mentions_of(persons)
    people = Person.objects.in_bulk(persons)
    in_order = sorted(written, key=lambda pk: (people[pk].created_at, pk))
    asked = LinkReview.objects.filter(LinkReview.OPEN)
    return _Picture(
        columns=tuple(_column(people[pk], written[pk]) for pk in in_order),
        written=written,
        sight=reach(mention_ids, now),
        questions=(asked.filter(candidate__in=persons)
                   | asked.filter(mention__in=mention_ids)).distinct().count(),
        screenings=Screening.objects.filter(
            mention__in=mention_ids, withdrawn_at__isnull=True
        ).count(),
        children=sum(any(m.role == Role.CHILD for m in held) for held in written.values()),
        people=people,
    )  # fmt: skip


def _column(person: Person, written: Sequence[Mention]) -> Column:
    holding = [m for m in written if m.source.superseded_at is None]
    ids = [m.pk for m in written]
    return Column(
        person_id=person.pk,
        name=person.name,
        born=short_day(person.birth_date) if person.birth_date else "",
        sex=person.sex,
        identifiers=tuple(_identifiers(written)),
        restricted=person.restricted_at is not None,
        known_since=short_day(min(m.source.on for m in written)),
        mentions=len(written),
        notifications=len({m.source.incident_id for m in holding if m.source.incident_id}),
        households=len({m.household_id for m in holding if m.household_id}),
        counts=tuple((r.on_join.many, r.count(ids)) for r in counted()),
    )


NUMBERS = (("NHS number", "nhs_number"), ("UPN", "upn"), ("police", "police_id"))


def _identifiers(written: Sequence[Mention]) -> Iterator[str]:
    for what, name in NUMBERS:
        yield from dict.fromkeys(f"{what} {v}" for m in written if (v := getattr(m, name)))


def _plan(kind: str, before: _Picture, after: _Picture, seen: str) -> Plan:
    agencies = {a.pk: a.name for a in Agency.objects.filter(pk__in={*before.sight, *after.sight})}
    restricted = {c.person_id for c in before.columns if c.restricted}
    return Plan(
        kind=kind,
        before=before.columns,
        after=after.columns,
        widened=tuple(_sights(before.sight, after.sight, agencies)),
        narrowed=tuple(_sights(after.sight, before.sight, agencies)),
        contradictions=tuple(
            words for c in after.columns for words in contradictions(after.written[c.person_id])
        ),
        notes=tuple(_notes(before, after)),
        restricted_anew=any(c.restricted and c.person_id not in restricted for c in after.columns),
        seen=seen,
    )


def _sights(before: Reach, after: Reach, agencies: Mapping[int, str]) -> Iterator[Sight]:
    more = more_open(before, after)
    for agency in sorted(more, key=lambda pk: agencies[pk]):
        items = frozenset().union(*more[agency].values())
        labels = tuple(item.label for item in CASE_ITEMS if item in items)
        yield Sight(agencies[agency], labels, len(more[agency]))


def contradictions(written: Sequence[Mention]) -> Iterator[str]:
    """Yield what cannot all be true of one person, in words."""
    for one, many, name in (
        ("date of birth", "dates of birth", "birth_date"),
        ("NHS number", "NHS numbers", "nhs_number"),
        ("UPN", "UPNs", "upn"),
        ("sex", "sexes", "sex"),
    ):
        said = Counter(value for m in written if (value := getattr(m, name)))
        if len(said) > 1:
            values = ", ".join(f"{_value(v)} ({plural(n, 'time')})" for v, n in said.most_common())
            yield f"{plural(len(said), one, many)} in one record: {values}."
    if {m.role == Role.CHILD for m in written} == {True, False}:
        yield "One record, written as a child and as an adult."


def _value(value: Any) -> str:
    return str(value) if isinstance(value, str) else short_day(value)


def _notes(before: _Picture, after: _Picture) -> Iterator[str]:
    if settled := before.questions - after.questions:
        yield f"{plural(settled, 'open question')} about who this is will be closed."
    if before.children != after.children:
        yield (
            f"Figures will count {plural(after.children, 'child', 'children')} instead of "
            f"{before.children}, as soon as they are made anew."
        )
    if (more := after.screenings - before.screenings) > 0:
        yield f"{plural(more, 'screening')} will be opened."
    elif more < 0:
        yield f"{plural(-more, 'screening')} of the same child and incident will be withdrawn."
