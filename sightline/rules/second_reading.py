"""How many people must say whether two records are one person, and what settles it.

One answer settles a plain question. Where a wrong join would do most harm two people answer, each
without the other's answer; when they disagree a third, who sees what both said, settles it.
"""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b


class Said(StrEnum):
    """What a reviewer may say. Who cannot tell settles nothing."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


def settled(answers: Sequence[str], *, of_two: bool, doubted: bool) -> str | None:
    """Return what these answers settle, or None where somebody else must answer too.

    answers: one a reviewer, in their order. of_two: two were asked from the beginning. doubted:
    the machine names something that speaks against; "same" then needs a second person.
    """
    said = [answer for answer in answers if answer != Said.UNSURE]
    if not said:
        return None
    alone = not of_two and not (doubted and said[0] == Said.SAME)
    if alone and len(said) == 1:
        return said[0]
    return next((answer for answer in said if said.count(answer) > 1), None)


def disagree(answers: Sequence[str]) -> bool:
    """Whether two reviewers said different things, so that a third is needed."""
    return {Said.SAME, Said.NOT_SAME} <= set(answers)


def drawn_for_quality(number: int, *, one_in: int) -> bool:
    """Whether the question about the mention of this number is read twice, as one in so many is.

    one_in: 0 for none. Drawn by a hash: the last digit of a number follows the place in the
    notification, and then it would always be the same kind of person that is read twice.
    """
    digest = blake2b(str(number).encode(), digest_size=8).digest()
    return one_in > 0 and int.from_bytes(digest, "big") % one_in == 0
