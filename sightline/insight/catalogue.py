"""Every figure by its id, and the document that explains them.

`python -m sightline.insight.catalogue` writes docs/figures.md; a test holds it to the classes.
"""

from collections.abc import Iterator
from pathlib import Path

from sightline.access.roles import Perm
from sightline.insight.engine import snapshot
from sightline.insight.figures.agencies_asked import AgenciesAsked
from sightline.insight.figures.answers_by_day import AnswersByDay
from sightline.insight.figures.arrival import Arrival
from sightline.insight.figures.audit_themes import AuditThemes
from sightline.insight.figures.bands_by_month import BandsByMonth
from sightline.insight.figures.base import Figure
from sightline.insight.figures.children_by_notifications import ChildrenByNotifications
from sightline.insight.figures.completeness import Completeness
from sightline.insight.figures.contacts_and_what_followed import ContactsAndWhatFollowed
from sightline.insight.figures.emergencies import Emergencies
from sightline.insight.figures.equality import Equality
from sightline.insight.figures.escalated import Escalated
from sightline.insight.figures.factors import Factors
from sightline.insight.figures.history_at_grading import HistoryAtGrading
from sightline.insight.figures.households_by_notifications import HouseholdsByNotifications
from sightline.insight.figures.marac_return import MaracReturn
from sightline.insight.figures.mentions import Mentions
from sightline.insight.figures.not_asked import NotAsked, NotChecked
from sightline.insight.figures.outcomes_by_scale import OutcomesByScale
from sightline.insight.figures.over_time import ByMonth
from sightline.insight.figures.people_and_machine import PeopleAndMachine
from sightline.insight.figures.perpetrators import Perpetrators
from sightline.insight.figures.plans import Plans
from sightline.insight.figures.quarters import ByQuarter
from sightline.insight.figures.questions_waiting import QuestionsWaiting
from sightline.insight.figures.recommended import RecommendedByAgency, RecommendedByOutcome
from sightline.insight.figures.repeats_by_time import RepeatsByTime
from sightline.insight.figures.repeats_over_time import RepeatsByQuarter
from sightline.insight.figures.returned import Returned
from sightline.insight.figures.reviewers import Reviewers
from sightline.insight.figures.reviewers_agreeing import ReviewersAgreeing
from sightline.insight.figures.school_told import SchoolToldByDay, SchoolToldBySchool
from sightline.insight.figures.step_times import StepTimes
from sightline.insight.figures.voice import VoiceByForce, VoiceByMonth
from sightline.insight.figures.wording import Wording

ALL: tuple[Figure, ...] = (
    ChildrenByNotifications(),
    HouseholdsByNotifications(),
    RepeatsByTime(),
    OutcomesByScale(),
    ContactsAndWhatFollowed(),
    ByMonth(),
    ByQuarter(),
    RepeatsByQuarter(),
    RecommendedByOutcome(),
    RecommendedByAgency(),
    Escalated(),
    Returned(),
    MaracReturn(),
    AuditThemes(),
    VoiceByForce(),
    VoiceByMonth(),
    Perpetrators(),
    HistoryAtGrading(),
    Plans(),
    Factors(),
    StepTimes(),
    Equality(),
    AgenciesAsked(),
    SchoolToldByDay(),
    SchoolToldBySchool(),
    QuestionsWaiting(),
    AnswersByDay(),
    ReviewersAgreeing(),
    PeopleAndMachine(),
    BandsByMonth(),
    Reviewers(),
    Wording(),
    Completeness(),
    Arrival(),
    Mentions(),
    NotAsked(),
    NotChecked(),
    Emergencies(),
)
BY_ID = {figure.id: figure for figure in ALL}

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "figures.md"
BEGINNING = """# Figures

Written from the classes in `sightline/insight/figures/` by `python -m sightline.insight.catalogue`;
change a definition there. `sightline figures` lists them, `sightline figures s0.table1` prints one,
`--from` and `--to` set the first and the last day, `--format csv` writes it for a spreadsheet.
Signed in, they are at `/figures/`. `--as-at` counts what was known when that day was over. At the
terminal counts under 5 are shown: do not publish them.
"""


def translate() -> None:
    """Translate the questions of all figures for the engine over snapshots, which is slow once."""
    for figure in ALL:
        for question in (figure.question, *figure.other_questions):
            snapshot.translate(question, figure.facts)


def document() -> str:
    """Return the text of docs/figures.md."""
    return "\n".join([BEGINNING, *(line for figure in ALL for line in _section(figure))])


def _section(figure: Figure) -> Iterator[str]:
    yield f"## {figure.id}: {figure.name}\n"
    yield f"- **Who is counted.** {figure.who}"
    yield f"- **Dates.** {figure.dates}"
    yield f"- **Repeats.** {figure.repeat}"
    yield from (f"- **Note.** {note}" for note in (*figure.notes, *figure.row_notes.values()))
    if figure.perm != Perm.SEE_FIGURES:
        yield f"- **For.** Users with the permission `{figure.perm}` only."
    yield f"- **Source.** {figure.source}.\n"
    yield "| column | heading |\n|---|---|"
    yield from (f"| `{column.name}` | {column.words} |" for column in figure.columns)
    yield ""


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
