"""A letter in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sightline.common.words import moment, plural
from sightline.insight.whole import month
from sightline.letters.models import SenderLetter
from sightline.rules.rounding import percent


@dataclass(frozen=True)
class LetterRow:
    """One letter in a list."""

    pk: int
    month: str
    sender: str
    notifications: int
    read: str


@dataclass(frozen=True)
class LetterShown:
    """What a letter says: the month in a few facts, what to mend, and since when it is better."""

    facts: list[tuple[str, str]]
    mend: list[tuple[str, str, str, str]]
    compared: list[tuple[str, str]]
    worst: list[tuple[str, str]]


def rows_of(letters: Iterable[SenderLetter]) -> list[LetterRow]:
    """Return the rows. Reads what was fetched with the letters."""
    return [
        LetterRow(
            one.pk, month(one.month).name, one.sender.name,
            one.content["this"]["notifications"],
            f"{one.read_by.name}, {moment(one.read_at)}" if one.read_at and one.read_by else "No",
        )
        for one in letters
    ]  # fmt: skip


def letter_shown(letter: SenderLetter) -> LetterShown:
    """Return a letter, as it was written, in words."""
    content: dict[str, Any] = letter.content
    return LetterShown(
        facts=_facts(content["this"], content["refused"]),
        mend=[
            (
                one["field"].capitalize(),
                f"{one['missing']:,} of {one['asked']:,}",
                one["advice"],
                one["compared"],
            )
            for one in content["mend"]
        ],
        compared=[(words, said) for words, said in content["compared"]],
        worst=[(one["reference"], "; ".join(one["missing"])) for one in content["worst"]],
    )


def _facts(this: dict[str, Any], refused: int) -> list[tuple[str, str]]:
    children = this["children"]
    facts = [
        ("Notifications", f"{this['notifications']:,}"),
        ("Half of them are at least so complete", f"{this['complete']} per cent"),
        ("What the child said is there", _of(this["words"], children, "child", "children")),
        ("How the child seemed is there", _of(this["demeanour"], children, "child", "children")),
        ("Came 24 hours or more after the incident", _of(this["late"], this["timed"], "", "")),
        ("Somebody is asked who a person is", _of(this["asked"], this["mentions"], "", "")),
        ("Could not be understood, and are not among these", f"{refused:,}"),
    ]
    if this["half_hours"] is not None:
        facts.insert(2, ("Half came within", plural(this["half_hours"], "hour")))
    return facts


def _of(part: int, whole: int, one: str, many: str) -> str:
    """Return "12 of 40 children (30.0 per cent)"."""
    share = percent(part, whole)
    of = f"{part:,} of {plural(whole, one, many)}" if one else f"{part:,} of {whole:,}"
    return f"{of} ({share} per cent)" if share is not None else of
