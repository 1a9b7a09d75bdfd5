"""Ladders of escalation as dated data, and which rung something late has reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from sightline.rules.calendar import Holidays, add_working_days, is_working_day
from sightline.rules.clocks.clock import Unit
from sightline.rules.datafile import (
    Table,
    current,
    heading,
    in_order,
    no_duplicates,
    read,
)
from sightline.rules.due import say

DATA = Path(__file__).parent / "data"
FURTHEST = 250  # days either way; a bound against a slip of the keys


class About(StrEnum):
    """What can be late."""

    ACTION = "action"
    RESEARCH = "research"
    CLOCK = "clock"
    EMERGENCY = "emergency"


class To(StrEnum):
    """Whom a tier is for."""

    WORKER = "worker"
    MANAGER = "manager"
    AGENCY = "agency"
    PARTNERSHIP = "partnership"


@dataclass(frozen=True)
class Tier:
    """One rung: how many days after the last day it is reached (below nought: before), for whom."""

    id: str
    after: int
    unit: Unit
    to: To
    words: str

    @property
    def is_reminder(self) -> bool:
        return self.after < 0


@dataclass(frozen=True)
class Ladder:
    """The rungs for one kind of thing, lowest first."""

    about: About
    name: str
    tiers: tuple[Tier, ...]

    def rank(self, tier_id: str) -> int:
        """How high a tier stands, from 0; -1 for one that is not on the ladder (any more)."""
        return next((n for n, tier in enumerate(self.tiers) if tier.id == tier_id), -1)

    def tier(self, tier_id: str) -> Tier | None:
        rank = self.rank(tier_id)
        return self.tiers[rank] if rank >= 0 else None


@dataclass(frozen=True)
class Ladders:
    """Ladders that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    ladders: tuple[Ladder, ...]

    def of(self, about: About) -> Ladder:
        return next(ladder for ladder in self.ladders if ladder.about is about)


@dataclass(frozen=True)
class Reached:
    """The rung that something has reached, and why, in words without a name."""

    tier: Tier
    because: str


def load_ladders(path: Path) -> Ladders:
    """The ladders in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(Ladders)
    ladders = tuple(_ladder(one) for one in table.tables("ladders", name="about"))
    no_duplicates((ladder.about for ladder in ladders), table)
    if missing := set(About) - {ladder.about for ladder in ladders}:
        raise table.fault(f"no ladder about {', '.join(sorted(missing))}")
    return Ladders(
        **heading(table), ladders=ladders,
    )  # fmt: skip


@cache
def shipped_ladders() -> tuple[Ladders, ...]:
    """Every set of ladders that comes with Sightline, oldest first."""
    return in_order(DATA, "tiers_*.toml", load_ladders)


def ladders_on(day: date) -> Ladders:
    """The ladders in force on a day, of several those that commenced last; LookupError if none."""
    return current(shipped_ladders(), day, "No ladder of escalation is")


def reached(
    ladder: Ladder, last: date, today: date, holidays: Holidays, *, over: bool = False
) -> Reached | None:
    """The highest rung that something with this last day has reached, or None.

    over: its moment has passed although the last day is not over, for what is due at an hour. A
    reminder holds only until then.
    """
    over = over or today > last
    there = [
        tier
        for tier in ladder.tiers
        if _begins(tier, last, holidays) <= today or (over and tier.after == 0)
    ]
    rungs = [tier for tier in there if not (over and tier.is_reminder)]
    return Reached(rungs[-1], because(last, over)) if rungs else None


def because(last: date, over: bool) -> str:
    """Why it is escalated: "It was due by Friday 20 November 2026 and is not done."."""
    if not over:
        return f"It is due by {say(last)}."
    return f"It was due by {say(last)} and is not done."


def _begins(tier: Tier, last: date, holidays: Holidays) -> date:
    """The day on which a rung is reached. After nought days is the day after the last one, for the
    last day itself is not late."""
    if tier.after == 0:
        return last + timedelta(days=1)
    if tier.unit is Unit.CALENDAR_DAYS:
        return last + timedelta(days=tier.after)
    if tier.after < 0:
        return working_days_before(last, -tier.after, holidays)
    return add_working_days(last, tier.after, holidays)


def working_days_before(day: date, many: int, holidays: Holidays) -> date:
    """The `many`-th working day before a day."""
    for _ in range(many):
        day -= timedelta(days=1)
        while not is_working_day(day, holidays):
            day -= timedelta(days=1)
    return day


def _ladder(table: Table) -> Ladder:
    table.only(Ladder)
    about = table.one_of("about", About)
    tiers = tuple(_tier(one) for one in table.tables("tiers"))
    no_duplicates((tier.id for tier in tiers), table)
    _refuse_disorder(tiers, table)
    return Ladder(about, table.text("name"), tiers)


def _tier(table: Table) -> Tier:
    table.only(Tier)
    unit = table.one_of("unit", Unit)
    if unit not in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        raise table.fault("unit must be working_days or calendar_days")
    to, after = table.one_of("to", To), table.whole("after", -FURTHEST, FURTHEST)
    return Tier(table.text("id"), after, unit, to, table.text("words"))


def _refuse_disorder(tiers: Sequence[Tier], table: Table) -> None:
    if [tier.after for tier in tiers] != sorted(tier.after for tier in tiers):
        raise table.fault("tiers must stand in the order in which they are reached")
    if len({tier.unit for tier in tiers}) > 1:
        raise table.fault("the tiers of one ladder count in one unit")
