"""What was decided for the children of a family, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.actions.family import Decided, Family
from sightline.actions.models import SocialCareEvent
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.clock import local_date
from sightline.common.words import short_day
from sightline.meetings.dissenting import dissent_words
from sightline.screening.presenters import scale_words
from sightline.sharing.models import Item


@dataclass(frozen=True)
class DecidedRow:
    """A decision, what became of each action agreed with it, who dissents, who was in the room.

    pk: of the decision, where the reader may say that an agency dissents.
    """

    on: str
    child: str
    outcome: str
    earlier: bool
    actions: tuple[tuple[str, str, State], ...]  # what, agency, state
    nothing: str
    dissents: tuple[str, ...] = ()
    room: str = ""
    pk: int = 0


def decided_rows(family: Family, today: date) -> Iterator[DecidedRow]:
    names = {link.person_id: link.person.name for link in family.sight.shown}
    here = {screening.pk for screening in family.screenings.values()}
    for decided in family.decided:
        decision = decided.decision
        yield DecidedRow(
            on=short_day(decision.decided_at),
            child=names[decided.child_id],
            outcome=_outcome(family, decided),
            earlier=decision.screening_id not in here,
            actions=tuple((a.what, a.agency.name, state_of(a, today)) for a in decided.actions),
            nothing=_nothing(family, decided),
            dissents=tuple(dissent_words(decision, whole=family.sight.sees_all(Item.DECISION))),
            room="; ".join(decided.room),
            pk=decision.pk,
        )


def _outcome(family: Family, decided: Decided) -> str:
    name, scale = outcome_name(decided.decision), scale_words(decided.decision.scale)
    return f"{name} (scale {scale})" if family.sight.sees(decided.child_id, Item.SCALE) else name


def _nothing(family: Family, decided: Decided) -> str:
    """What is said where no action stands beside a decision."""
    if decided.actions:
        return ""
    if not family.sight.sees(decided.child_id, Item.ACTIONS):
        return "Actions have not been shared with your agency."
    after = _events_after(family.events, decided)
    return "; ".join(after) if after else "Nothing recorded as done."


def _events_after(events: Sequence[tuple[int, SocialCareEvent]], decided: Decided) -> list[str]:
    return [
        f"{event.get_kind_display()}, {short_day(event.on)}"
        for child, event in events
        if child == decided.child_id and event.on >= local_date(decided.decision.decided_at)
    ]
