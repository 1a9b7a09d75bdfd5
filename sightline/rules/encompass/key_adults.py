"""How it stands with the name of a key adult: confirmed, to be asked for, or for the council."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.rules.due import say
from sightline.rules.encompass.rules_file import EncompassRules


class State(StrEnum):
    """How it stands with a name."""

    CONFIRMED = "confirmed"
    OLD = "old"
    OFFICER = "officer"


@dataclass(frozen=True)
class Standing:
    """How it stands, and why in words."""

    state: State
    because: str


def standing(confirmed_on: date | None, today: date, rules: EncompassRules) -> Standing:
    """How it stands on a day with a name that was last confirmed on another, or never."""
    if confirmed_on is None:
        return Standing(State.OFFICER, "Nobody has ever confirmed it.")
    age, rule = today - confirmed_on, rules.key_adults
    because = f"Confirmed on {say(confirmed_on)}."
    if age > rule.officer_after:
        return Standing(State.OFFICER, because)
    return Standing(State.OLD if age > rule.old_after else State.CONFIRMED, because)


def to_ask(asked_on: date | None, today: date, rules: EncompassRules) -> bool:
    """Whether a school is asked (again) today for a name that is old."""
    return asked_on is None or today - asked_on >= rules.key_adults.ask_again
