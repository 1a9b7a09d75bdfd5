"""What the record holds about everybody in an incident, over every household they were known in.

It is gathered through links as they stand, so that a link that is corrected corrects this too.
Nobody whose record is restricted is gathered, and nothing is gathered through them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting_for
from sightline.people.kin import PERPETRATORS, VICTIMS
from sightline.people.models import Link, Person, Role
from sightline.rules.screening.past import Past, past_of
from sightline.rules.screening.record import Happening

ELSEWHERE = "Incident with another family"


@dataclass(frozen=True)
class History:
    """One incident and those before it, latest first; ids of persons and households are text.

    incident_ids: those before it, by happening. persons: the person of each mention of this one.
    """

    this: Happening
    earlier: tuple[Happening, ...]
    incident_ids: Mapping[Happening, int]
    persons: Mapping[int, int]

    @property
    def past(self) -> Past:
        return past_of(self.this, self.earlier)


@dataclass
class _Gathered:
    """One incident as its rows are read: who was there, by role."""

    id: int
    at: datetime
    household: str
    grade: str
    label: str
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    mentions: dict[int, int] = field(default_factory=dict)

    def of(self, *roles: str) -> frozenset[str]:
        return frozenset().union(*(self.people[role] for role in roles))


ROWS = (
    "mention_id", "person_id", "mention__role", "mention__source__label",
    "mention__source__incident_id", "mention__source__incident__started_at",
    "mention__source__incident__household_id", "mention__source__incident__officer_grade",
)  # fmt: skip


def histories(incident_ids: Iterable[int]) -> dict[int, History]:
    """Return the history of each incident in which somebody is linked. Four queries in all.

    The first two find ids, whoever asks. What is said of them is read as its reader, to whom only
    those are history that share somebody open to that reader. Each query asks for ids that the one
    before it found: a single one over the same tables is planned badly while they fill faster than
    the database counts them, as in a back-load.
    """
    wanted = list(incident_ids)
    known = _gather(_incidents_of(_persons_in(wanted)))
    by_person: dict[str, list[_Gathered]] = defaultdict(list)
    for one in known.values():
        for person in one.of(*Role):
            by_person[person].append(one)
    return {pk: _history(known[pk], by_person) for pk in wanted if pk in known}


def history_of(incident_id: int) -> History | None:
    """Return the history of one incident, or None while nobody in it is linked."""
    return histories([incident_id]).get(incident_id)


def _holding() -> QuerySet[Link]:
    """The links that hold, of mentions in versions that hold."""
    return Link.objects.filter(ended_at__isnull=True, mention__source__superseded_at__isnull=True)


@acting_for(Purpose.CHECKING)
def _persons_in(incidents: list[int]) -> set[int]:
    links = _holding().filter(mention__source__incident__in=incidents)
    return set(links.values_list("person", flat=True))


@acting_for(Purpose.CHECKING)
def _incidents_of(persons: set[int]) -> set[int]:
    links = _holding().filter(person__in=persons)
    return set(links.values_list("mention__source__incident", flat=True))


def _gather(incidents: set[int]) -> dict[int, _Gathered]:
    """Return these incidents with all who were there and are not restricted.

    An incident that shares only restricted people with another is then no part of its history.
    """
    rows = _holding().filter(mention__source__incident__in=incidents)
    in_order = list(rows.order_by("mention__source__on", "mention_id").values_list(*ROWS))
    restricted = _restricted({row[1] for row in in_order})
    found: dict[int, _Gathered] = {}
    for mention, person, role, label, pk, at, household, grade in in_order:
        if person in restricted:
            continue
        one = found.setdefault(
            pk, _Gathered(pk, at, str(household or f"of {pk}"), grade, label.split(", version")[0])
        )
        one.people[role].add(str(person))
        one.mentions[mention] = person
    return found


def _restricted(persons: set[int]) -> set[int]:
    found = Person.objects.filter(pk__in=persons, restricted_at__isnull=False)
    return set(found.values_list("pk", flat=True))


def _history(one: _Gathered, by_person: Mapping[str, list[_Gathered]]) -> History:
    others = {o.id: o for person in one.of(*Role) for o in by_person[person]}
    earlier = sorted(
        (o for o in others.values() if (o.at, o.id) < (one.at, one.id)),
        key=lambda o: (o.at, o.id),
        reverse=True,
    )
    this = _happening(one, one)
    # Two that are alike in everything are two notifications of one incident.
    ids = {_happening(o, one): o.id for o in earlier}
    ids.pop(this, None)
    return History(this, tuple(ids), ids, one.mentions)


def _happening(one: _Gathered, beside: _Gathered) -> Happening:
    """As it may be shown beside another incident: another family's says no more than that."""
    children, victims = one.of(Role.CHILD), one.of(*VICTIMS)
    own = (children | victims) & (beside.of(Role.CHILD) | beside.of(*VICTIMS))
    return Happening(
        on=local_date(one.at),
        household=one.household,
        perpetrators=one.of(*PERPETRATORS),
        victims=victims,
        children=children,
        officer_grade=one.grade or None,
        source_label=one.label if own or one is beside else ELSEWHERE,
    )
