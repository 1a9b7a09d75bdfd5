"""What gives an address or a number away: its signs. Text is searched for the signs of all of it.

A sign is one spelling of a postcode, of a house with its street, or of a telephone number. Whoever
protects an address keeps its signs (or digests of them, so that no address need be opened to search
for it); whoever lets a text out asks which signs are in it.
"""

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from sightline.rules.scanning.words import BUILDINGS, ENDINGS, NO_NAMES, folded, words


class Kind(StrEnum):
    POSTCODE = "postcode"
    HOUSE = "house"
    TELEPHONE = "telephone"


class Sign(NamedTuple):
    """One thing that gives an address or a number away, in one spelling."""

    kind: Kind
    value: str


_POSTCODE = re.compile(
    r"(?<![a-z0-9])([a-z]{1,2}[0-9][a-z0-9]?)[^a-z0-9]{0,4}([0-9o][a-z]{2})(?![a-z0-9])"
)
_RUN = re.compile(r"[0-9](?:[0-9]|[ \t().+/\u2010-\u2015-]{1,4}(?=[0-9(+]))+")
_GROUP = re.compile(r"[0-9]+")
_PREFIX = re.compile(r"(?:00)?44(?:0(?=\d{9}))?|0")
_NUMBER = re.compile(r"[0-9]{1,4}[a-z]?")
_MONTHS = {name.lower() for name in (*month_name, *month_abbr)} | {"sept"}
FLATS = frozenset({"flat", "apartment", "apt", "unit", "room", "no", "number"})
LONGEST_NUMBER = 5  # of a house: 1234a
LONGEST, SHORTEST = 13, 9  # digits of a number without its leading zero or country


def signs(text: str) -> Counter[Sign]:
    """Return every sign in a text and how often it stands there."""
    plain = folded(text)
    spelled = words(plain)
    houses = (*_houses(spelled), *_named(spelled), *_buildings(spelled))
    return Counter((*_postcodes(plain), *_telephones(plain), *houses))


def signs_of_address(lines: str, postcode: str = "") -> frozenset[Sign]:
    """Return the signs of an address: of each house or flat with its street, and its postcode.

    A house with a name is found by its last word and a street of up to three words that ends as
    streets do; a building that is called one (a refuge, say) by its name alone; any other by its
    postcode.
    """
    parts = _parts(lines)
    found = set(_postcodes(folded(f"{lines} | {postcode}")))
    for part in parts:
        found |= _of_part(part) | set(_buildings(part))
    if not any(sign.kind is Kind.HOUSE for sign in found):
        found |= set(_of_name(parts))
    return frozenset(found)


def signs_of_telephone(number: str) -> frozenset[Sign]:
    """Return the signs of a telephone number; none where there are too few digits for one."""
    return frozenset(_telephones(folded(number)))


def _postcodes(plain: str) -> Iterator[Sign]:
    for outward, inward in _POSTCODE.findall(plain):
        figure = "0" if inward[0] == "o" else inward[0]  # a letter typed for a figure
        yield Sign(Kind.POSTCODE, outward + figure + inward[1:])


def _telephones(plain: str) -> Iterator[Sign]:
    """Yield every number that may begin and end at groups of figures, however these are grouped."""
    for run in _RUN.findall(plain):
        if len(run) < SHORTEST:
            continue
        groups = _GROUP.findall(run)
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group
                if len(digits) > LONGEST + 5:
                    break
                significant = _PREFIX.sub("", digits, count=1) if _begins(digits) else digits
                if SHORTEST <= len(significant) <= LONGEST:
                    yield Sign(Kind.TELEPHONE, significant)


def _begins(digits: str) -> bool:
    return _PREFIX.match(digits) is not None


def _houses(spelled: list[str]) -> Iterator[Sign]:
    """Yield each number with what may be its street: the two words after it.

    A number may be followed by its letter, or by another number: "12 a", "12 to 14", "3, 12".
    """
    for at in [place for place, word in enumerate(spelled) if word[0] <= "9"]:
        number, rest = spelled[at], at + 1
        if len(number) > LONGEST_NUMBER:
            continue
        letter = spelled[rest] if rest < len(spelled) else ""
        if len(letter) == 1 and letter > "9" and number.isdecimal():
            yield from _with_street(number + letter, spelled[rest + 1 : rest + 3])
        while rest < len(spelled) and (spelled[rest][0] <= "9" or spelled[rest] == "to"):
            rest += 1
        yield from _with_street(number, spelled[rest : rest + 2])


def _with_street(number: str, street: list[str]) -> Iterator[Sign]:
    if street and street[0] not in _MONTHS:
        yield Sign(Kind.HOUSE, f"{number} {street[0]}")
        if len(street) > 1:
            yield Sign(Kind.HOUSE, f"{number} {street[0]} {street[1]}")


def _named(spelled: list[str]) -> Iterator[Sign]:
    """Yield what may be a house with a name: a word, and a street of two words or three."""
    for at, word in enumerate(spelled):
        if word in ENDINGS:
            for length in (3, 4):
                if at + 1 >= length and not _NUMBER.fullmatch(spelled[at + 1 - length]):
                    yield Sign(Kind.HOUSE, " ".join(spelled[at + 1 - length : at + 1]))


def _buildings(spelled: list[str]) -> Iterator[Sign]:
    """Yield what may be a building known by its name: "haven house"."""
    for name, kind in pairwise(spelled):
        names_it = name not in NO_NAMES and name not in BUILDINGS and name[0] > "9"
        if kind in BUILDINGS and names_it:
            yield Sign(Kind.HOUSE, f"{name} {kind}")


def _parts(lines: str) -> list[list[str]]:
    """Return the words of an address line by line; a lone number belongs to the line after it."""
    parts: list[list[str]] = []
    for line in re.split(r"[,;\n|]+", lines):
        spelled = words(folded(line))
        if parts and all(map(_is_number_or_flat, parts[-1])):
            parts[-1] += spelled
        elif spelled:
            parts.append(spelled)
    return parts


def _is_number_or_flat(word: str) -> bool:
    return bool(_NUMBER.fullmatch(word)) or word in FLATS


def _of_part(part: list[str]) -> set[Sign]:
    """The signs of a house with its street; a street of one word is a sign only where it is whole.

    Of a flat in a house with a number the house is the sign: the flat's number with the street
    would be another house.
    """
    if part[0] in FLATS and any(map(_NUMBER.fullmatch, part[2:])):
        part = part[2:]
    return {
        sign
        for sign in _houses(part)
        if sign.value.count(" ") > 1 or sign.value.endswith(f" {part[-1]}")
    }


def _of_name(parts: list[list[str]]) -> Iterator[Sign]:
    for name, street in pairwise(parts):
        if street[-1] in ENDINGS and len(street) in (2, 3):
            yield Sign(Kind.HOUSE, " ".join((name[-1], *street)))
