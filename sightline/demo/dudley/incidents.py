"""The notifications of every household, in the order in which they came."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sightline.demo.dudley.accounts import GRADES, draw_grade, draw_presences, summarise
from sightline.demo.dudley.people import Family, Person
from sightline.demo.dudley.places import school_of
from sightline.demo.dudley.rows import PersonRow

BRITISH_TIME = ZoneInfo("Europe/London")

# Weights for the hour at which a notification is sent, from midnight; evenings and nights most.
# The hour after midnight is kept on purpose: in summer it is still yesterday in UTC. The hour
# from one is left out: on two nights a year it does not exist or exists twice.
_HOURS = (6, 0, 3, 2, 1, 1, 1, 2, 3, 3, 3, 3, 4, 3, 3, 4, 5, 6, 7, 8, 9, 9, 9, 8)


@dataclass(frozen=True)
class Incident:
    """One notification: when it came, what it says, and which of the family it names."""

    family: Family
    place: int
    notified_at: datetime
    started_at: datetime
    grade: str
    summary: str
    children: tuple[Person, ...]
    presences: tuple[str, ...]

    @property
    def notified_on(self) -> date:
        """The date in Castlebrook."""
        return self.notified_at.date()


@dataclass(frozen=True)
class Contact:
    """One child of one notification: the unit of tables 4 and 5."""

    reference: str
    child: Person
    on: date
    severity: float


def make_incidents(families: list[Family], dice: random.Random) -> list[tuple[str, Incident]]:
    """Every notification with its reference; references run with the time of notification."""
    incidents = [
        _incident(family, place, day, dice)
        for family in families
        for place, day in enumerate(family.dates)
    ]
    incidents.sort(key=lambda incident: (incident.notified_at, incident.family.home.address))
    return [
        (f"CB{incident.notified_on.year}-{number:05}", incident)
        for number, incident in enumerate(incidents, start=1)
    ]


def _incident(family: Family, place: int, day: date, dice: random.Random) -> Incident:
    children = tuple(
        child
        for child, places in zip(family.children, family.shape.children, strict=True)
        if place in places
    )
    grade = draw_grade(place, dice)
    presences = tuple(draw_presences(len(children), dice))
    notified_at = _notified_at(day, dice)
    before = timedelta(minutes=dice.randint(25, 360))
    started_at = (notified_at.astimezone(UTC) - before).astimezone(BRITISH_TIME)
    summary = summarise(grade, presences, dice)
    return Incident(family, place, notified_at, started_at, grade, summary, children, presences)


def _notified_at(day: date, dice: random.Random) -> datetime:
    [hour] = dice.choices(range(24), _HOURS)
    return datetime.combine(day, time(hour, dice.randrange(60)), BRITISH_TIME)


def rows_of(reference: str, incident: Incident) -> Iterator[PersonRow]:
    """A row for the victim, the perpetrator and each child named, oldest child first."""
    family = incident.family
    yield _row(reference, incident, "victim", family.victim)
    yield _row(reference, incident, "perpetrator", family.perpetrator)
    named = zip(incident.children, incident.presences, strict=True)
    for child, presence in sorted(named, key=lambda pair: pair[0].date_of_birth):
        # Half of those past school age stay on; the last digit of the number settles who.
        stays_on = int(child.nhs_number[-1]) % 2 == 0
        school = school_of(family.home, child.date_of_birth, incident.notified_on, stays_on)
        yield _row(reference, incident, "child", child, presence, school)


def _row(
    reference: str, incident: Incident, role: str, person: Person, presence: str = "",
    school: str = "",
) -> PersonRow:  # fmt: skip
    return PersonRow(
        reference=reference,
        version=1,
        notified_at=incident.notified_at,
        started_at=incident.started_at,
        address=incident.family.home.address,
        postcode=incident.family.home.postcode,
        summary=incident.summary,
        officer_grade=incident.grade,
        role=role,
        given_name=person.given_name,
        surname=person.surname,
        date_of_birth=person.date_of_birth,
        sex=person.sex,
        nhs_number=person.nhs_number,
        presence=presence,
        school_name=school,
    )


def contacts_of(reference: str, incident: Incident, dice: random.Random) -> Iterator[Contact]:
    """A contact for each child named, with how grave it was, for drawing what was decided.

    Children of one notification differ, but less than notifications do.
    """
    shared = GRADES.index(incident.grade) + 0.15 * min(incident.place, 6) + dice.gauss(0, 0.5)
    for child in incident.children:
        yield Contact(reference, child, incident.notified_on, shared + dice.gauss(0, 0.25))
