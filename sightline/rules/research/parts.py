"""What the rules of asking are made of.

A *subject* is one person of a notification as far as the rules need to know them. An *asking* is
what comes out: which service is asked about whom, why, by which rule.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.rules.research.services import Service
from sightline.rules.working_hours import WorkingDay


class Who(StrEnum):
    """Whom of a notification a rule may be about."""

    CHILD = "child"
    UNBORN = "unborn"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"


# What is known of a person beside what the notification says in words (`Fact`).
KNOWN_FACTS = {
    "expecting": "an unborn child is named in the notification",
    "has_school": "a school is named",
    "no_school": "no school is named, and the child is not said to be educated at home",
    "home_educated": "the child is educated at home",
    "new_to_area": "the team was told of the family as new to the area",
    "disability": "a disability is named",
    "older": "aged 65 or over",
}
GRADES = ("", "standard", "medium", "high")


@dataclass(frozen=True)
class Fact:
    """Something that is taken to be so where one of its words stands in the notification."""

    code: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Urgency:
    """How long agencies have, in working hours, for which grades of police and which scales."""

    code: str
    name: str
    hours: int
    grades: tuple[str, ...]
    scales: tuple[int, ...]
    source: str


@dataclass(frozen=True)
class Rule:
    """One rule: a service is asked about some people. Ages in completed years; None: no limit.

    Of `grades`, `from_scale` and `facts`, where any is given, one at least must hold.
    """

    id: str
    service: Service
    about: tuple[Who, ...]
    reason: str
    from_years: int | None = None
    under_years: int | None = None
    age_not_known: str = "leave"
    grades: tuple[str, ...] = ()
    from_scale: int | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hours:
    """The working day that clocks run in, and whose it is."""

    day: WorkingDay
    source: str


@dataclass(frozen=True)
class RuleSet:
    """One version of the rules, in force from `commencement` to `end`, both included.

    `urgencies` go from the most urgent to the least.
    """

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    hours: Hours
    urgencies: tuple[Urgency, ...]
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person who may be asked about.

    key: whatever the caller knows them by. years: completed, None where not known or unborn.
    facts: codes of `KNOWN_FACTS`, and of the facts that `facts_in` found in the notification.
    """

    key: int
    who: Who
    years: int | None = None
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asking:
    """`service` is to be asked about the subject `key`, because of a rule, for a reason."""

    service: Service
    key: int
    rule: str
    because: str
