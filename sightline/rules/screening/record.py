"""What the record holds about a family, as the history rules read it."""

from dataclasses import dataclass
from datetime import date

from sightline.rules.screening.answers import Answer

# Source: the levels of the police Dash form, lowest first; other tools' grades are not compared.
GRADES = ("standard", "medium", "high")


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One incident that the police attended, as it was notified. Several notifications of one
    incident are one happening.

    household and the people are any ids that stay the same from one happening to the next; they
    are compared and never shown. officer_grade: the grade given at the time, None if there was
    none. source_label: how evidence names this happening to the reader; it is shown as it is, so
    it must say nothing that the reader may not see about another household.
    """

    on: date
    household: str
    perpetrators: frozenset[str]
    victims: frozenset[str]
    children: frozenset[str]
    officer_grade: str | None
    source_label: str

    @property
    def people(self) -> frozenset[str]:
        return self.perpetrators | self.victims | self.children

    @property
    def grade_rank(self) -> int | None:
        """0 for the lowest grade; None where there is no grade, or one we cannot compare."""
        grade = (self.officer_grade or "").strip().lower()
        return GRADES.index(grade) if grade in GRADES else None


@dataclass(frozen=True)
class Evidence:
    """Something on the record that an answer rests on, with its day."""

    on: date
    words: str


@dataclass(frozen=True)
class FromRecord:
    """An answer that the record gives, why, and on what evidence, latest first."""

    answer: Answer
    because: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Concern:
    """A concern about the child that an agency raised, on a day."""

    on: date
    agency: str


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """What else is on record for the child. None always means: nobody has looked. Empty means:
    looked, and there is none.

    complete_since: from this day the record holds every incident the police attended; None when
        nobody can say so. Without it, the absence of incidents is never a No.
    nothing_found_by_agencies: all agencies have checked and none knew of earlier abuse (True), or
        one did (False).
    early_help_unfinished: offers of early help not started or not finished.
    protection: section 47 enquiries, protection plans and care episodes for domestic abuse.
    concerns: concerns about the child, by agency.
    overdue_actions: actions from earlier screenings of the child, overdue.
    marac_hearings: MARAC hearings about this victim and this perpetrator.
    """

    complete_since: date | None = None
    nothing_found_by_agencies: bool | None = None
    early_help_unfinished: tuple[Evidence, ...] | None = None
    protection: tuple[Evidence, ...] | None = None
    concerns: tuple[Concern, ...] | None = None
    overdue_actions: tuple[Evidence, ...] | None = None
    marac_hearings: tuple[Evidence, ...] | None = None
