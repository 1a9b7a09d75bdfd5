"""Reading families: who was named with somebody, and what was said of how they are related.

Families of one perpetrator are walled from each other: through somebody who was named as a
perpetrator nobody is reached, unless that person is the one asked about. What is read here is not
yet what may be shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sightline.people.models import Link, Relationship, Role
from sightline.rules.families.derived import Together
from sightline.rules.families.ties import Statement

# Whoever is said to abuse and to be abused counts as both.
FAMILY = (Role.VICTIM, Role.BOTH_ALLEGED, Role.CHILD)
PERPETRATORS = (Role.PERPETRATOR, Role.BOTH_ALLEGED)
VICTIMS = (Role.VICTIM, Role.BOTH_ALLEGED)


@dataclass(frozen=True)
class Named:
    """A person as one source named them: in which role, in which incident if any."""

    person: int
    mention: int
    role: str
    source: int
    label: str
    on: date
    incident: int | None


COLUMNS = (
    "person_id", "mention_id", "mention__role", "mention__source_id", "mention__source__label",
    "mention__source__on", "mention__source__incident_id",
)  # fmt: skip


def circle(person: int) -> list[Named]:
    """Return everybody named together with a person, and with their family. Two queries.

    Superseded sources do not count. A second step is taken from the victims and children found in
    the first, and from whoever the team was told of as a family, but not from anybody who is named
    as a perpetrator in either.
    """
    first = _named_with([person])
    family = {n.person for n in first if n.role in FAMILY or n.incident is None}
    family -= _perpetrators(first) | {person}
    second = _named_with(family) if family else []
    family -= _perpetrators(second)
    reached = {n.source for n in second if n.person in family} | {n.source for n in first}
    return [n for n in {n.mention: n for n in (*first, *second)}.values() if n.source in reached]


def near(person: int) -> list[Named]:
    """Return everybody named in one source with a person, and the person. One query."""
    return _named_with([person])


def _perpetrators(named: Iterable[Named]) -> set[int]:
    return {n.person for n in named if n.role == Role.PERPETRATOR}


def _holding() -> QuerySet[Link]:
    return Link.objects.filter(ended_at__isnull=True, mention__source__superseded_at__isnull=True)


def _named_with(persons: Iterable[int]) -> list[Named]:
    sources = _holding().filter(person__in=list(persons)).values("mention__source")
    rows = _holding().filter(mention__source__in=sources)
    in_order = rows.order_by("mention__source__on", "mention_id")
    return [Named(*row) for row in in_order.values_list(*COLUMNS)]


def statements(named: Sequence[Named]) -> list[Statement]:
    """Return what the sources of these mentions say of how they are related. One query."""
    by_mention = {n.mention: n for n in named}
    said = Relationship.objects.filter(a__in=list(by_mention)).order_by("pk")
    columns = ("a_id", "b_id", "kind", "parental_responsibility")
    return [
        Statement(
            by_mention[a].person, by_mention[b].person, kind, by_mention[a].on,
            by_mention[a].label, responsible,
        )
        for a, b, kind, responsible in said.values_list(*columns) if b in by_mention
    ]  # fmt: skip


def incidents(named: Sequence[Named]) -> list[Together]:
    """Return who was perpetrator and who was victim in each incident, one for each source."""
    by_source: dict[tuple[int, int], list[Named]] = defaultdict(list)
    for one in named:
        if one.incident is not None:
            by_source[one.incident, one.source].append(one)
    return [
        Together(
            incident, people[0].on, people[0].label,
            perpetrators=frozenset(n.person for n in people if n.role in PERPETRATORS),
            victims=frozenset(n.person for n in people if n.role in VICTIMS),
        )
        for (incident, _), people in by_source.items()
    ]  # fmt: skip
