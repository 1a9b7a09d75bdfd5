"""A decision as a letter for the record. It names no address, of anybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.access.models import User
from sightline.actions.models import Action
from sightline.actions.words import outcome_name
from sightline.common.words import day, moment, short_day
from sightline.meetings.attendance import rooms_of
from sightline.meetings.dissenting import dissent_words
from sightline.meetings.models import Decision
from sightline.people.models import Person
from sightline.rules.meetings.kinds import kind_called
from sightline.screening.presenters import reasons_words, scale_words
from sightline.screening.sight import Opened
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item

HELD_BACK = "Held back: it speaks of people who have not been shared with your agency."


@dataclass(frozen=True)
class Letter:
    """A decision about one child, to be printed or kept with the child's file."""

    child: str
    facts: tuple[tuple[str, str], ...]
    rationale: str
    reasons: tuple[str, ...]
    actions: tuple[str, ...]
    dissents: tuple[str, ...]
    held_back: str
    agreed_shared: bool


def letter_of(decision: Decision, opened: Opened) -> Letter:
    """Return the letter; `decision` with its actions and STANDING_DISSENTS. One query."""
    whole = opened.sight.sees_all(Item.DECISION)
    scale = opened.sees(Item.SCALE)
    agreed = decision.actions.select_related("agency").order_by("due_on", "pk")
    actions = agreed if opened.sees(Item.ACTIONS) else agreed.none()
    return Letter(
        child=opened.child.name,
        facts=tuple(_facts(decision, opened.child, scale=scale)),
        rationale=decision.rationale if whole else HELD_BACK,
        reasons=reasons_words(opened.screening) if whole and scale else (),
        actions=tuple(action_words(action) for action in actions),
        dissents=tuple(dissent_words(decision, whole=whole)),
        held_back=not_shared(opened.items, (Item.SCALE, Item.ACTIONS)),
        agreed_shared=opened.sees(Item.ACTIONS),
    )


def _facts(decision: Decision, child: Person, *, scale: bool) -> Iterator[tuple[str, str]]:
    screening = decision.screening
    if child.birth_date:
        yield "Born", day(child.birth_date)
    yield "After the incident of", moment(screening.incident.started_at)
    if screening.incident.reference:
        yield "Police reference", screening.incident.reference
    yield "Decided", outcome_name(decision)
    if scale:
        yield "Scale", scale_words(decision.scale)
    yield "When", moment(decision.decided_at)
    if decision.decided_by:
        yield "By", _by(decision.decided_by)
    if decision.meeting:
        kind = kind_called(decision.meeting.rules).name
        yield "In", f"{kind}, {day(decision.meeting.starts)}"
        yield "In the room", "; ".join(rooms_of([decision])[decision.pk]) or "Nobody was noted"
    if decision.replaced_at:
        yield "Replaced", f"{moment(decision.replaced_at)}: another decision stands now"


def _by(user: User) -> str:
    return ", ".join(filter(None, (user.name, user.job_title, user.agency.name)))


def action_words(action: Action) -> str:
    """Return what an agency is to do and by when."""
    return f"{action.agency.name}: {action.what}, by {short_day(action.due_on)}"
