"""What is on record of a victim and a perpetrator together, through links as they stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from sightline.common.clock import local_date
from sightline.meetings.marac.assessed import assessments_of
from sightline.meetings.models import MaracHearing
from sightline.people.kin import PERPETRATORS, VICTIMS
from sightline.people.models import Link, Person
from sightline.rules.meetings.marac import Pair
from sightline.rules.screening.record import Evidence

PairOf = tuple[int, int]  # the persons: victim, perpetrator


@dataclass(frozen=True)
class Heard:
    """A hearing of two persons, as they are linked now, and the last day of its flag."""

    hearing_id: int
    pair: PairOf
    at: datetime
    flagged_until: date

    @property
    def on(self) -> date:
        return local_date(self.at)

    def is_flagged(self, today: date) -> bool:
        """Whether the flag stands; it ends by itself."""
        return self.on <= today <= self.flagged_until


def hearings_of(persons: Collection[int]) -> list[Heard]:
    """Return every MARAC hearing in which one of these persons is one of the pair, newest first.

    One query.
    """
    linked = {
        f"referral__{side}__links__ended_at__isnull": True for side in ("victim", "perpetrator")
    }
    rows = (
        MaracHearing.objects.filter(**linked)
        .annotate(
            v=F("referral__victim__links__person"), p=F("referral__perpetrator__links__person")
        )
        .order_by("-heard_at", "-pk")
        .values_list("pk", "v", "p", "heard_at", "flagged_until")
    )
    about = rows.filter(v__in=persons) | rows.filter(p__in=persons)
    return [Heard(pk, (v, p), at, until) for pk, v, p, at, until in about.distinct()]


def pairs_in(incidents: Collection[int]) -> dict[int, set[PairOf]]:
    """Return who was victim and who perpetrator in each incident, two by two. One query."""
    links = Link.objects.filter(
        mention__source__incident__in=incidents, mention__source__superseded_at__isnull=True,
        ended_at__isnull=True, mention__role__in={*VICTIMS, *PERPETRATORS},
    )  # fmt: skip
    named: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for incident, person, role in links.values_list(
        "mention__source__incident", "person", "mention__role"
    ):
        victims, perpetrators = named[incident]
        if role in VICTIMS:
            victims.add(person)
        if role in PERPETRATORS:
            perpetrators.add(person)
    return {
        incident: {(v, p) for v in victims for p in perpetrators if v != p}
        for incident, (victims, perpetrators) in named.items()
    }


def marac_hearings_of(incidents: Collection[int]) -> dict[int, tuple[Evidence, ...]]:
    """Return the hearings of the pairs of each incident, latest first; incidents without are left
    out. Three queries. Whether MARACs elsewhere heard them nobody here knows."""
    return {
        incident: tuple(Evidence(one.on, "Heard at MARAC") for one in heard)
        for incident, heard in heard_in(incidents).items()
    }


def heard_in(incidents: Collection[int]) -> dict[int, list[Heard]]:
    """Return the hearings of the pairs of each incident, latest first; incidents without are left
    out. Of whom the record is restricted, nothing is told. Three queries.
    """
    pairs = pairs_in(incidents)
    persons = {person for some in pairs.values() for pair in some for person in pair}
    heard = hearings_of(persons)
    restricted = Person.objects.filter(pk__in=persons, restricted_at__isnull=False)
    hidden = set(restricted.values_list("pk", flat=True)) if heard else set()
    found = {
        incident: [one for one in heard if one.pair in some and not hidden.intersection(one.pair)]
        for incident, some in pairs.items()
    }
    return {incident: hearings for incident, hearings in found.items() if hearings}


def record_of_pair(
    pair: PairOf, *, on: date, judgement: str, known: Iterable[Heard] | None = None
) -> Pair:
    """Return what the criteria ask of a pair on a day. Four queries; three with hearings given."""
    days = _together(pair)
    heard = [one for one in (hearings_of(pair) if known is None else known) if one.pair == pair]
    return Pair(
        on=on, assessed=assessments_of(pair[0], list(days)), judgement=judgement,
        events=tuple(sorted(days.values())),
        last_hearing=max((one.on for one in heard), default=None),
    )  # fmt: skip


def _together(pair: PairOf) -> dict[int, date]:
    """Return the day of each incident in which the one abused the other. One query."""
    victim, perpetrator = pair
    rows = Link.objects.filter(
        person__in=pair, ended_at__isnull=True, mention__source__superseded_at__isnull=True,
        mention__source__incident__isnull=False,
    ).values_list(
        "mention__source__incident", "mention__source__incident__started_at", "person",
        "mention__role",
    )  # fmt: skip
    victims, perpetrators, at = set(), set(), {}
    for incident, started, person, role in rows:
        at[incident] = local_date(started)
        if person == victim and role in VICTIMS:
            victims.add(incident)
        if person == perpetrator and role in PERPETRATORS:
            perpetrators.add(incident)
    return {incident: at[incident] for incident in victims & perpetrators}
