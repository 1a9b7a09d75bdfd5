"""A child, her twin brothers, their mother and others, as officers wrote them down."""

from datetime import date
from typing import Any

from sightline.rules.linkage.compare import Comparison, compare
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import Described, describe

JAYDEN: dict[str, Any] = {
    "given": "Jayden", "surname": "Pemberton", "dob": date(2015, 5, 17), "sex": "M",
    "house": "12", "postcode": "DY1 1HF", "phone": "01632 960 122", "role": "child",
}  # fmt: skip


def jayden(**changed: Any) -> Described:
    """Jayden Pemberton of 12, DY1 1HF, born 17 May 2015, with something written differently."""
    return describe(**{**JAYDEN, **changed})


def bare(**written: Any) -> Described:
    """Somebody of whom only this was written."""
    return describe(**written)


def pair(a: Described, b: Described) -> tuple[Band, Comparison]:
    """What is done with two mentions, and why."""
    compared = compare(a, b)
    return decide(compared), compared


def words(compared: Comparison) -> set[str]:
    """The reasons of a comparison."""
    return {reason.words for reason in compared.reasons}
