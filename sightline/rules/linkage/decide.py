"""What is done with a comparison: the machine joins, a person reviews, or it is somebody new.

A missed link hides a pattern; a wrong one shows a family's life to the wrong agency. So the machine
joins only what is all but certain, and a queue for people lies in between.
"""

from enum import StrEnum

from sightline.rules.linkage.compare import Comparison
from sightline.rules.linkage.vetoes import Veto

MODEL_VERSION = "hand-1"  # changes whenever a weight, a level, a veto or a threshold does

# In bits. Among a million people, twenty say "more likely than not"; four more leave one in
# sixteen of those doubtful pairs, and the pairs that just pass are few.
JOIN_AT = 24.0
REVIEW_AT = 13.0


class Band(StrEnum):
    """Join by machine, review by a person, or a new person."""

    JOIN = "join"
    REVIEW = "review"
    NEW = "new"


def decide(comparison: Comparison) -> Band:
    """The band of one comparison. A veto never joins, however great the weight.

    An identifier shared by two people who agree in nothing else is always reviewed: one of the
    two records holds somebody else's number.
    """
    if Veto.IDENTIFIER_UNBACKED in comparison.vetoes:
        return Band.REVIEW
    if comparison.weight < REVIEW_AT:
        return Band.NEW
    return Band.REVIEW if comparison.vetoes or comparison.weight < JOIN_AT else Band.JOIN
