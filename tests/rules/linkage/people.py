"""A child, her twin brothers, their mother and others, as officers wrote them down."""

from datetime import date
from typing import Any

from sightline.rules.linkage.compare import Comparison, compare, reasons
from sightline.rules.linkage.decide import Band, decide
from sightline.rules.linkage.describe import Described, describe
from sightline.rules.linkage.model import shipped
from sightline.rules.linkage.resolve import resolve
from sightline.rules.linkage.verdicts import Known, Resolution, Verdict

MODEL = shipped()
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
    compared = compare(a, b, MODEL)
    return decide(compared, MODEL.bands), compared


def weight(a: Described, b: Described) -> float:
    """What speaks for two mentions being one person, in bits."""
    return compare(a, b, MODEL).weight


def words(a: Described, b: Described) -> set[str]:
    """The reasons of a comparison."""
    return {reason.words for reason in reasons(a, b, MODEL)}


def known(person: int, *mentions: Described, sources: tuple[int, ...] = (), **more: Any) -> Known:
    """A person held, each mention from a source of its own unless `sources` says otherwise."""
    return Known(person, mentions, sources or tuple(range(1, len(mentions) + 1)), **more)


def resolved(*mentions: Described, among: tuple[Known, ...], **more: Any) -> Resolution:
    """Who the mentions of source 0 are, each compared with everybody `among`."""
    return resolve(mentions, dict.fromkeys(range(len(mentions)), among), MODEL, **more)


def verdict(mention: Described, *among: Known) -> Verdict:
    """What is done with the only mention of a source."""
    return resolved(mention, among=among).verdicts[0]
