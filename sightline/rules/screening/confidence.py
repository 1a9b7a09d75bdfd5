"""How much of the picture is missing, in numbers and in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.child import ChildFacts

# From here on a suggestion that found nothing says that it has hardly looked. Our own line: no
# source gives one.
NEARLY_ALL = Fraction(3, 4)


@dataclass(frozen=True)
class Counts:
    """How the questions were answered. The first three add up to `total`."""

    answered: int
    not_known: int
    not_asked: int
    total: int

    @property
    def open(self) -> int:
        """Questions nobody could answer or nobody asked."""
        return self.not_known + self.not_asked

    @property
    def nearly_all_open(self) -> bool:
        return self.open >= NEARLY_ALL * self.total


def count(answers: Iterable[Answer]) -> Counts:
    """Counts of one answer for each item of the instrument."""
    seen = Counter(answers)
    answered = sum(number for answer, number in seen.items() if answer.is_answered)
    return Counts(
        answered=answered,
        not_known=seen[Answer.NOT_KNOWN],
        not_asked=seen[Answer.NOT_ASKED],
        total=seen.total(),
    )


def confidence(counts: Counts, child: ChildFacts) -> str:
    """What the suggestion could not take into account, for the person who sets the scale."""
    return " ".join([_about_questions(counts), *_about_child(child)])


def nothing_found(counts: Counts) -> str:
    """Why the scale is lowest: nothing recorded, which may only mean that nobody has asked."""
    words = "Nothing recorded that raises the scale"
    if counts.nearly_all_open:
        return (
            f"{words}, but {counts.open} of {counts.total} questions are not known or not asked: "
            "too little to say that the risk is low"
        )
    if counts.open:
        return f"{words}; {counts.open} of {counts.total} questions are not known or not asked"
    return words


def _about_questions(counts: Counts) -> str:
    if not counts.open:
        return f"All {counts.total} questions are answered."
    asked = "none" if not counts.not_known else str(counts.not_known)
    return f"{counts.open} of {counts.total} not known, {asked} of these asked and not answered."


def _about_child(child: ChildFacts) -> list[str]:
    """The facts that would move the scale, where they are not known."""
    missing = []
    if not child.age_is_known:
        missing.append("The child's age is not known.")
    if child.disability is None:
        missing.append("Whether the child has a disability or additional need is not known.")
    return missing
