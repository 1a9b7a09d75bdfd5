"""Whether it was confirmed in time that somebody still needs access."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.rules.access.rules_file import Confirming
from sightline.rules.due import say


class State(StrEnum):
    """How it stands with a confirmation."""

    CONFIRMED = "confirmed"
    DUE = "due"
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    """How it stands, the last day of access without a new confirmation, and why, in words."""

    state: State
    last_day: date
    because: str


def standing(confirmed_on: date, today: date, rule: Confirming) -> Standing:
    """How it stands on a day with somebody who was last confirmed on another."""
    last = confirmed_on + rule.every
    if today > last:
        return Standing(State.OVER, last, f"Nobody confirmed by {say(last)} that it is needed.")
    if today >= last - rule.remind:
        return Standing(State.DUE, last, f"Confirm by {say(last)}, or access ends.")
    return Standing(State.CONFIRMED, last, f"Confirmed on {say(confirmed_on)}.")
