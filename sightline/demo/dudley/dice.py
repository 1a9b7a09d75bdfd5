"""Chance that repeats itself: each part of the history draws from its own named stream.

One stream a part, so that a change in how names are drawn does not move a single date.
"""

import random


def stream(seed: int, part: str) -> random.Random:
    """A generator that gives the same draws for the same seed and part, on any machine."""
    return random.Random(f"{seed}/{part}")  # noqa: S311  (made-up people, not secrets)
