"""Actions and decisions in words: where an action stands, what an outcome is called."""

from dataclasses import dataclass
from datetime import date

from sightline.actions.models import Action, Ending
from sightline.common.words import plural, short_day
from sightline.meetings.models import Decision
from sightline.rules.screening.outcomes import name_of


@dataclass(frozen=True)
class State:
    """Where an action stands: a word, the colour that goes with it, the rest of the sentence."""

    word: str
    kind: str
    more: str


def state_of(action: Action, today: date) -> State:
    """Say whether it is done, late, going on or not taken up; silence is said, never left blank."""
    if action.completed_at is not None:
        return State("Done", "done", short_day(action.done_on or action.completed_at))
    if action.ended_at is not None:
        return _ended(action)
    how_far = _how_far(action)
    if action.is_overdue(today):
        late = plural((today - action.due_on).days, "day")
        return State("Overdue", "late", f"by {late}, {how_far}")
    kind = "going" if action.started_at else "due" if action.accepted_at else "waiting"
    return State(how_far.capitalize(), kind, f"due {short_day(action.due_on)}")


def _ended(action: Action) -> State:
    ending = Ending(action.ending)
    on = short_day(action.ended_at) if action.ended_at else ""
    if ending is Ending.WITHDRAWN:
        return State("Withdrawn", "plain", on)
    if action.closed_at is None:
        return State(ending.label, "late", f"{on}, back with the team")
    return State(ending.label, "plain", f"{on}, settled {short_day(action.closed_at)}")


def _how_far(action: Action) -> str:
    if action.started_at is not None:
        return "started"
    return "accepted, not started" if action.accepted_at is not None else "not accepted"


def outcome_name(decision: Decision) -> str:
    """Return what the outcome of a decision is called."""
    return name_of(decision.outcome_set, decision.outcome)
