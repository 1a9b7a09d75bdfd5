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
    grades: tuple[str, ...]
    events: int
    events_in_months: int
    repeat_in_months: int
    flag_months: int

    @property
    def key(self) -> str:
        return f"marac-criteria {self.version}"


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One assessment of the victim. tool: its id, "DASH"; title: what it is called in a sentence.

    yes_answers: None where nothing was counted. enough: from how many the tool as it was asked
    speaks of MARAC; None: it does not say. grade: the assessor's level; "" where none was given.
    """

    tool: str
    title: str
    on: date
    by: str
    yes_answers: int | None = None
    enough: int | None = None
    grade: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What is on record of a victim and a perpetrator together.

    on: the day asked about. assessed: what the victim was assessed with, of which the newest of
    each tool holds; tools are never compared. judgement: a professional's own reason. events: days
    on which something between the two is on record. last_hearing: of the two at MARAC, if any.
    """

    on: date
    assessed: tuple[Assessed, ...] = ()
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
    """A count where the tool has one, else the assessor's grade: a grade never lowers a count."""
    newest = {one.tool.upper(): one for one in sorted(pair.assessed, key=lambda one: one.on)}
    judged = [_one_assessment(one, criteria) for one in newest.values()]
    said = [why for met, why in judged if met] or [why for _, why in judged]
    nothing = f"No {criteria.tool} with counted answers and no grade by another tool is on record."
    return any(met for met, _ in judged), " ".join(said) or nothing


def _one_assessment(one: Assessed, criteria: Criteria) -> tuple[bool, str]:
    enough = one.enough
    if enough is None and one.tool.upper() == criteria.tool:
        enough = criteria.yes_answers
    whose = f"{one.title}, {_day(one.on)}{f', {one.by}' if one.by else ''}"
    if one.yes_answers is not None and enough is not None:
        met = one.yes_answers >= enough
        said = f"{one.yes_answers} yes answers ({whose}); {enough} or more are visible high risk."
        return met, said
    if not one.grade:
        return False, f"Not graded and not counted for MARAC ({whose})."
    return one.grade.lower() in criteria.grades, f"Graded {one.grade} ({whose})."


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
        grades=high.texts("grades"),
        events=escalation.whole("events", 2, 100),
        events_in_months=escalation.whole("months", 1, 120),
        repeat_in_months=repeat.whole("months", 1, 120),
        flag_months=table.table("flag").whole("months", 1, 120),
    )  # fmt: skip


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
