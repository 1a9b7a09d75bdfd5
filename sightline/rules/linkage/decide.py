"""What is done with a comparison: the machine joins, a person reviews, or it is somebody new.

A missed link hides a pattern; a wrong one shows a family's life to the wrong agency. So the machine
joins only what is all but certain, and a queue for people lies in between.
"""

from enum import StrEnum

from sightline.rules.linkage.compare import Comparison
from sightline.rules.linkage.model import Bands


class Band(StrEnum):
    """Join by machine, review by a person, or a new person."""

    JOIN = "join"
    REVIEW = "review"
    NEW = "new"


def decide(comparison: Comparison, bands: Bands, *, together: bool = False) -> Band:
    """The band of one comparison. A veto never joins, however great the weight.

    An identifier shared by two people who agree in nothing else is always reviewed: one of the
    two records holds somebody else's number. `together`: another person of both notifications is
    known to be the same.
    """
    weight = comparison.weight + (bands.together if together else 0.0)
    if weight < bands.review_at:
        return Band.REVIEW if comparison.found.identified else Band.NEW
    return Band.REVIEW if comparison.vetoes or weight < bands.join_at else Band.JOIN
