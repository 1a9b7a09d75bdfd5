"""The five answers to a screening question."""

from enum import StrEnum


class Answer(StrEnum):
    """What is known about one item. The value is what is stored, the label what a page shows.

    Suspected: there is reason to believe it, and nobody has confirmed it.
    Not known: somebody asked or looked, and could not find out.
    Not asked: nobody has asked yet. A question left alone is this, never No.
    """

    YES = "yes"
    SUSPECTED = "suspected"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_concern(self) -> bool:
        """Yes or suspected."""
        return self in (Answer.YES, Answer.SUSPECTED)

    @property
    def is_answered(self) -> bool:
        """Yes, suspected or no: somebody could say."""
        return self in (Answer.YES, Answer.SUSPECTED, Answer.NO)
