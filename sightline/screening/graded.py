"""The police's grade, given in isolation, and what the record says beside it."""

from dataclasses import dataclass

from sightline.intake.models import Notification
from sightline.intake.schema import Notification as Content
from sightline.intake.schema import Risk
from sightline.screening.history_words import history_words
from sightline.screening.record import History
from sightline.screening.sight import Sight
from sightline.sharing.models import Item


@dataclass(frozen=True)
class Graded:
    """police: grade and tool. because: the reason the police gave. history: what the record says,
    empty where it may not be seen. look_again: why the two are to be read together."""

    police: str
    because: str
    history: str
    look_again: str


def graded_as_seen(sight: Sight, history: History | None) -> Graded:
    """Return the grade and history of an incident as far as a user may see them. One query."""
    seen = {item for link in sight.shown for item in sight.answers[link.person_id].items}
    return graded(
        _risk(sight) if Item.INCIDENT in seen else None,
        history if Item.HISTORY in seen else None,
    )


def _risk(sight: Sight) -> Risk:
    """How the police graded it in their newest document."""
    sources = {link.mention.source_id for link in sight.links}
    kept = Notification.objects.filter(source__in=sources).only("content").order_by("-pk").first()
    return Content.model_validate(kept.content).risk if kept else Risk()


def graded(risk: Risk | None, history: History | None) -> Graded:
    """Return the grade of one incident and its history. Reads nothing.

    risk: as notified, None where it may not be seen. history: None where it may not be seen.
    """
    return Graded(
        police=grade_words(risk) if risk else "Not shared with your agency",
        because=risk.reason if risk else "",
        history=history_words(history) if history else "",
        look_again=_look_again(risk, history),
    )


def grade_words(risk: Risk) -> str:
    """Return "Medium by the officer, high by the supervisor, with DARA", or "Not graded"."""
    by = (("officer", risk.officer_grade), ("supervisor", risk.supervisor_grade))
    grades = [f"{grade} by the {who}" for who, grade in by if grade]
    if not grades:
        return "Not graded"
    tool = " ".join(part for part in (risk.tool, risk.version) if part)
    score = f", score {risk.score}" if risk.score is not None else ""
    words = ", ".join(grades) + (f", with {tool}{score}" if tool else ", no tool named")
    return words[:1].upper() + words[1:]


def _look_again(risk: Risk | None, history: History | None) -> str:
    """The joint inspections of 2017 found incidents graded one by one: say when there is more."""
    if risk is None or history is None or not history.earlier:
        return ""
    grade = risk.supervisor_grade or risk.officer_grade
    if grade in ("", "standard", "medium"):
        return "The grade is of this incident alone. Read it with the history."
    return ""
