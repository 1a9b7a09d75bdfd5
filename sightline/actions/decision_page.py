"""What a decision about one child rests on, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.actions.family import Decided, decisions_about
from sightline.actions.letter import HELD_BACK
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.words import moment, short_day
from sightline.meetings.dissenting import dissent_words
from sightline.meetings.models import Decision
from sightline.screening.models import Screening
from sightline.screening.presenters import child_words, reasons_words, scale_words
from sightline.screening.sight import Opened
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item

NOT_SHARED = "Not shared with your agency"


@dataclass(frozen=True)
class Before:
    """An earlier decision, where each of its actions stands, and which agencies dissent."""

    words: str
    actions: tuple[tuple[str, State], ...]
    dissents: tuple[str, ...]


@dataclass(frozen=True)
class DecisionPage:
    """standing: the decision that stands now, if any; room: who was there when it was made;
    dissents: of agencies that do not agree. why_not: why none can be made now. held_back: which
    items of the child the reader does not see."""

    screening: Screening
    child: str
    suggested: str
    scale: str
    reasons: tuple[str, ...]
    standing: Decision | None
    standing_words: str
    rationale: str
    room: str
    dissents: tuple[str, ...]
    before: tuple[Before, ...]
    why_not: str
    held_back: str


def decision_page(opened: Opened, today: date) -> DecisionPage:
    """Return the page. Five queries."""
    screening = opened.screening
    decided = decisions_about([opened.child.pk], opened.sight)
    found = next((d for d in decided if d.decision.screening_id == screening.pk), None)
    standing = found.decision if found else None
    whole, scale = opened.sight.sees_all(Item.DECISION), opened.sees(Item.SCALE)
    return DecisionPage(
        screening=screening,
        child=child_words(screening.mention, opened.child, today),
        suggested=scale_words(screening.suggested) if scale else NOT_SHARED,
        scale=scale_words(screening.scale) if scale else NOT_SHARED,
        reasons=reasons_words(screening) if scale else (),
        standing=standing,
        standing_words=_words(standing, scale=scale) if standing else "",
        rationale=(standing.rationale if whole else HELD_BACK) if standing else "",
        room="; ".join(found.room) if found else "",
        dissents=tuple(dissent_words(standing, whole=whole)) if standing else (),
        before=_before(decided, today, whole),
        why_not=_why_not(screening),
        held_back=not_shared(opened.items),
    )


def _words(decision: Decision, *, scale: bool) -> str:
    by = f" by {decision.decided_by.name}" if decision.decided_by else ""
    at_scale = f", scale {decision.scale}" if scale else ""
    return f"{outcome_name(decision)}{at_scale}, {moment(decision.decided_at)}{by}"


def _before(decided: Sequence[Decided], today: date, whole: bool) -> tuple[Before, ...]:
    return tuple(
        Before(
            f"{short_day(one.decision.decided_at)}: {outcome_name(one.decision)}",
            tuple((f"{a.what} ({a.agency.name})", state_of(a, today)) for a in one.actions),
            tuple(dissent_words(one.decision, whole=whole)),
        )
        for one in decided
    )


def _why_not(screening: Screening) -> str:
    if screening.withdrawn_at is not None:
        return "A correction took this child out of the notification."
    if screening.scale is None:
        return "Set the scale of this child first, then decide."
    return ""
