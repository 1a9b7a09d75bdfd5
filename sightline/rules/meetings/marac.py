"""When a victim and a perpetrator are referred to MARAC, and how long they are flagged after it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, current, in_order, period, read
from sightline.rules.meetings.kinds import DATA
from sightline.rules.screening.windows import months_before

HIGH_RISK, JUDGEMENT = "visible_high_risk", "professional_judgement"
ESCALATION, REPEAT = "potential_escalation", "repeat"


@dataclass(frozen=True)
class Criteria:
    """A version of the criteria: their names, and the numbers in them."""

    version: str
    source: str
    commencement: date
    end: date | None
    names: dict[str, str]
    youngest: int
    tool: str
    yes_answers: int
    events: int
    events_in_months: int
    repeat_in_months: int
    flag_months: int

    @property
    def key(self) -> str:
        return f"marac-criteria {self.version}"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What is on record of a victim and a perpetrator together.

    on: the day asked about. tool, yes_answers: of the newest risk assessment with a count; tools
    are never compared. judgement: a professional's own reason. events: days on which something
    between the two is on record. last_hearing: of the two at MARAC, if any.
    """

    on: date
    tool: str = ""
    yes_answers: int | None = None
    judgement: str = ""
    events: tuple[date, ...] = ()
    last_hearing: date | None = None


@dataclass(frozen=True)
class Judged:
    """One criterion, whether it is met, and why or why not."""

    id: str
    name: str
    met: bool
    because: str


def judge(pair: Pair, criteria: Criteria) -> tuple[Judged, ...]:
    """Judge the four criteria, each alone. Any one that is met is enough to refer.

    Source: SafeLives, MARAC referral criteria (rules/meetings/data). Ambiguous: "three events" of
    some partnerships are calls to the police; we count every incident on record between the two.
    """
    asked = (
        (HIGH_RISK, _high_risk(pair, criteria)),
        (JUDGEMENT, _judgement(pair)),
        (ESCALATION, _escalation(pair, criteria)),
        (REPEAT, _repeat(pair, criteria)),
    )
    return tuple(Judged(id, criteria.names[id], met, why) for id, (met, why) in asked)


def _high_risk(pair: Pair, criteria: Criteria) -> tuple[bool, str]:
    if pair.yes_answers is None or pair.tool.upper() != criteria.tool:
        return False, f"No {criteria.tool} with counted answers is on record."
    said = f"{pair.yes_answers} yes answers to the {criteria.tool}; {criteria.yes_answers} or more"
    return pair.yes_answers >= criteria.yes_answers, f"{said} are visible high risk."


def _judgement(pair: Pair) -> tuple[bool, str]:
    said = pair.judgement.strip()
    return bool(said), said or "No professional has given a reason."


def _escalation(pair: Pair, criteria: Criteria) -> tuple[bool, str]:
    start = months_before(pair.on, criteria.events_in_months)
    recent = sorted(day for day in pair.events if start <= day <= pair.on)
    days = ", ".join(map(_day, recent)) or "none"
    because = (
        f"{len(recent)} in {criteria.events_in_months} months on record between the two "
        f"({days}); {criteria.events} or more may be an escalation."
    )
    return len(recent) >= criteria.events, because


def _repeat(pair: Pair, criteria: Criteria) -> tuple[bool, str]:
    if pair.last_hearing is None:
        return False, "The two have not been heard at MARAC."
    until = last_day_after(pair.last_hearing, criteria.repeat_in_months)
    said = f"Heard at MARAC on {_day(pair.last_hearing)}; a repeat until {_day(until)}."
    return pair.last_hearing <= pair.on <= until, said


def last_day_after(heard: date, months: int) -> date:
    """Return the last day of so many months after a hearing, that day of the month included.

    Heard on 29 February 2028, for twelve months: until 28 February 2029.
    """
    return months_before(heard, -months)


def load_criteria(path: Path) -> Criteria:
    """Return the criteria in a TOML file. DataFileError (a ValueError) says what is wrong."""
    return _parse(read(path))


@cache
def shipped_criteria() -> tuple[Criteria, ...]:
    """Return every version that comes with Sightline, oldest first."""
    return in_order(DATA, "marac_criteria_*.toml", load_criteria)


def criteria_on(day: date) -> Criteria:
    """Return the version in force on a day; LookupError when there is none."""
    return current(shipped_criteria(), day, "No MARAC criteria are")


def _parse(table: Table) -> Criteria:
    commencement, end = period(table)
    parts = {name: table.table(name) for name in (HIGH_RISK, JUDGEMENT, ESCALATION, REPEAT)}
    high, escalation, repeat = parts[HIGH_RISK], parts[ESCALATION], parts[REPEAT]
    return Criteria(
        version=table.text("version"), source=table.text("source"),
        commencement=commencement, end=end,
        names={id: part.text("name") for id, part in parts.items()},
        youngest=table.whole("youngest", 0, 18),
        tool=high.text("tool").upper(), yes_answers=high.whole("yes_answers", 1, 100),
        events=escalation.whole("events", 2, 100),
        events_in_months=escalation.whole("months", 1, 120),
        repeat_in_months=repeat.whole("months", 1, 120),
        flag_months=table.table("flag").whole("months", 1, 120),
    )  # fmt: skip


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
