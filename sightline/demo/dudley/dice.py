"""Chance that repeats itself: each part of the history draws from its own named stream.

One stream a part, so that a change in how names are drawn does not move a single date.
"""

import random
from dataclasses import dataclass


class DeadEnd(Exception):
    """The draws so far leave no way to reach the planned counts."""


@dataclass(frozen=True)
class Dice:
    """The streams of one attempt at a seed's history."""

    seed: int
    attempt: int

    def stream(self, part: str) -> random.Random:
        """The same draws for the same seed, attempt and part, on any machine."""
        return random.Random(f"{self.seed}/{self.attempt}/{part}")  # noqa: S311  (no secrets)
