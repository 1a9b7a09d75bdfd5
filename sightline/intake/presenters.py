"""How notifications are shown to those who sent them: words and dates, never a name."""

from dataclasses import dataclass
from datetime import datetime

from sightline.intake.models import Channel, Notification


@dataclass(frozen=True)
class State:
    """How far a notification has come: a word, the kind of its tag, and since when."""

    word: str
    kind: str
    since: datetime


def state_of(notification: Notification) -> State:
    """Return how far a notification has come."""
    if notification.superseded_at:
        return State("Superseded", "plain", notification.superseded_at)
    if notification.opened_at:
        return State("With the screening team", "done", notification.opened_at)
    return State("Received", "going", notification.received_at)


def how_complete(score: int) -> str:
    """Return a completeness score, 0 to 100, in words with the number."""
    if score == 100:
        return "Everything that is asked for is there"
    steps = ((75, "Most of what is asked for is there"), (50, "More than half is there"))
    words = next((words for least, words in steps if score >= least), "Less than half is there")
    return f"{words} ({score} of 100)"


@dataclass(frozen=True)
class SentRow:
    """A row of the list of what an agency sent."""

    pk: int
    reference: str
    version: int
    receipt: str
    received_at: datetime
    door: str
    completeness: int
    state: State

    @classmethod
    def of(cls, notification: Notification) -> "SentRow":
        return cls(
            notification.pk, notification.reference, notification.version, notification.receipt,
            notification.received_at, Channel(notification.channel).label,
            notification.completeness, state_of(notification),
        )  # fmt: skip
