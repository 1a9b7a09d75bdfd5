"""Slips of a hand or an ear: single words, digits and dates written a little wrong."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from benchmarks.linkage.draw import table

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT_KEY = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, key in enumerate(row)
}
_HEARD = (
    ("ph", "f"), ("ck", "k"), ("ie", "ei"), ("ee", "ea"), ("ai", "ay"), ("ou", "u"), ("c", "k"),
    ("y", "i"), ("i", "y"), ("z", "s"), ("s", "z"), ("tt", "t"), ("nn", "n"), ("ll", "l"),
    ("e", "a"), ("a", "e"), ("o", "u"), ("j", "g"), ("v", "f"), ("w", "v"),
)  # fmt: skip
_ANOTHER_SCRIPT = (
    ("aa", "a"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("kh", "k"), ("q", "k"), ("gh", "g"),
    ("dh", "d"), ("ei", "ai"), ("ay", "ai"), ("iy", "y"), ("ss", "s"), ("mm", "m"), ("u", "oo"),
    ("i", "ee"), ("a", "aa"), ("f", "ph"), ("y", "i"), ("w", "v"), ("z", "s"), ("e", "i"),
)  # fmt: skip


def _pairs() -> dict[str, Sequence[str]]:
    rows = (pair.split(":") for pair in table("nicknames")["pairs"].split())
    return {name: short.split(",") for name, short in rows}


def _groups() -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for group in table("spellings")["groups"]:
        names = group.split()
        for name in names:
            found.setdefault(name, [other for other in names if other != name])
    return found


NICKNAMES = _pairs()
SPELLINGS = _groups()


def typo(rng: Random, word: str) -> str:
    """One slip: a letter left out, doubled, swapped, hit beside, or heard otherwise."""
    if len(word) < 3:
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.random()
    if kind < 0.2:
        return word[:at] + word[at + 1 :]
    if kind < 0.35:
        return word[: at + 1] + word[at:]
    if kind < 0.55:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind < 0.75:
        near = _NEXT_KEY.get(word[at].lower(), "e")
        return word[:at] + rng.choice(near) + word[at + 1 :]
    return _replaced(rng, word, _HEARD)


def respelt(rng: Random, name: str, *, another_script: bool) -> str:
    """A spelling of the same name by another hand; the name itself when there is none."""
    if name in SPELLINGS:
        return rng.choice(SPELLINGS[name])
    return _replaced(rng, name, _ANOTHER_SCRIPT) if another_script else name


def _replaced(rng: Random, word: str, rules: Sequence[tuple[str, str]]) -> str:
    lower = word.lower()
    fitting = [rule for rule in rules if rule[0] in lower[1:]]
    if not fitting:
        return word
    old, new = rng.choice(fitting)
    at = lower.index(old, 1)
    return word[:at] + new + word[at + len(old) :]


def plain(name: str) -> str:
    """Letters without their accents, as most keyboards here write them."""
    if name.isascii():
        return name
    split = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def one_digit_off(rng: Random, digits: str) -> str:
    """The same with one of its last six figures wrong."""
    at = len(digits) - 1 - rng.randrange(min(6, len(digits)))
    wrong = rng.choice([d for d in "0123456789" if d != digits[at]])
    return digits[:at] + wrong + digits[at + 1 :]


def day_and_month_swapped(day: date) -> date:
    return date(day.year, day.day, day.month) if day.day <= 12 else day


def birth_digit_off(rng: Random, day: date) -> date:
    """One figure of the day, the month or the year is another."""
    part: dict[str, Any] = {}
    kind = rng.random()
    if kind < 0.45:
        part["day"] = min(28, max(1, day.day + rng.choice((-10, -2, -1, 1, 2, 10))))
    elif kind < 0.7:
        part["month"] = (day.month - 1 + rng.choice((-1, 1))) % 12 + 1
        part["day"] = min(day.day, 28)
    else:
        part["year"] = day.year + rng.choice((-10, -1, 1, 10) if day.year < 2005 else (-1, 1))
        part["day"] = min(day.day, 28)
    return day.replace(**part)


def first_of_january(rng: Random, day: date) -> date:
    """What is put where only the age is known: often the right year, or one beside it."""
    return date(day.year + rng.choice((0, 0, 0, -1, 1, -2, 2)), 1, 1)
