"""What may be decided after screening, in the terms of a time. A person chooses; none is a default.

Source: Dudley Safeguarding Children Board's outcomes by scale of 2009 to 2012; Working Together
to Safeguard Children for the terms since. That team recorded no further action at scale 1 where
the model it used looked for an assessment, so that which outcome stands at which scale is data,
and a partnership chooses its set.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sightline.rules.datafile import Table, heading, in_force, no_duplicates, read
from sightline.rules.screening.instrument import DATA
from sightline.rules.screening.wordscale import HIGHEST, LOWEST


@dataclass(frozen=True)
class Outcome:
    """One possible decision. `expected_at` is the scale it usually stands at: a help to read a
    decision beside its scale, never a choice made for anyone. `since`, `end`: first and last day
    of use, where it has its own. `goes_back`: the family goes back to whoever reported, with what
    they can do by themselves (rules/meetings/returning.py)."""

    code: str
    name: str
    description: str
    expected_at: int
    end: date | None
    since: date | None = None
    goes_back: bool = False

    def is_used_on(self, day: date) -> bool:
        """Whether `day` is within its own days of use."""
        began = self.since is None or self.since <= day
        return began and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class OutcomeSet:
    """Outcomes that belong together, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    outcomes: tuple[Outcome, ...]

    def offered_on(self, day: date) -> tuple[Outcome, ...]:
        """The outcomes a person may choose from on `day`."""
        return tuple(one for one in self.outcomes if one.is_used_on(day))

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code, ended or not; LookupError if there is none."""
        for one in self.outcomes:
            if one.code == code:
                return one
        raise LookupError(f"{self.title} has no outcome {code!r}.")


def load_outcomes(path: Path) -> OutcomeSet:
    """The outcome set in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    return _parse(read(path))


@cache
def shipped_outcomes() -> tuple[OutcomeSet, ...]:
    """Every outcome set that comes with Sightline, oldest first."""
    found = (load_outcomes(path) for path in DATA.glob("outcomes_*.toml"))
    return tuple(sorted(found, key=lambda outcomes: outcomes.commencement))


def outcome_set(version: str) -> OutcomeSet:
    """The shipped set of that version, such as "2009.1", in force or not; LookupError if none."""
    for one in shipped_outcomes():
        if one.version == version:
            return one
    known = ", ".join(one.version for one in shipped_outcomes())
    raise LookupError(f"No outcome set has version {version!r}; there are {known}.")


def name_of(version: str, code: str) -> str:
    """What an outcome is called in its own set; an imported code of no set is itself."""
    try:
        return outcome_set(version).outcome(code).name
    except LookupError:
        return code


def outcomes_on(day: date, chosen: str | None = None) -> OutcomeSet:
    """The set in force on `day`, or the one whose version a partnership has chosen.

    Of several in force, the one that commenced last. A chosen set is used on every day, because
    terms live on locally after national guidance has changed. LookupError when there is none.
    """
    if chosen:
        return outcome_set(chosen)
    current = [one for one in shipped_outcomes() if in_force(one, day)]
    if not current:
        raise LookupError(f"No outcome set is in force on {day:%Y-%m-%d}.")
    return current[-1]


def _parse(table: Table) -> OutcomeSet:
    table.only(OutcomeSet)
    outcomes = tuple(_outcome(t) for t in table.tables("outcomes", name="code"))
    no_duplicates((one.code for one in outcomes), table)
    return OutcomeSet(
        **heading(table),
        outcomes=outcomes,
    )


def _outcome(table: Table) -> Outcome:
    table.only(Outcome)
    return Outcome(
        code=table.text("code"),
        name=table.text("name"),
        description=table.text("description"),
        expected_at=table.whole("expected_at", LOWEST, HIGHEST),
        end=table.day("end") if table.has("end") else None,
        since=table.day("since") if table.has("since") else None,
        goes_back=table.flag("goes_back", missing=False),
    )
