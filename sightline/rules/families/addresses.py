"""When two written addresses are one home.

A miss makes two households of one, which a person can see; a wrong match mixes two families. So
whatever might tell two homes apart stays in the key: flat, block, house name, number and letter.
"""

import re
import unicodedata
from functools import lru_cache

from sightline.rules.linkage.identifiers import postcode as tidy

KEPT = 1 << 14
MOST = 200  # characters of a key

_SHORT = {
    "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "drv": "drive",
    "cl": "close", "clo": "close", "ct": "court", "crt": "court", "cres": "crescent",
    "gdns": "gardens", "gdn": "gardens", "gr": "grove", "gro": "grove", "pl": "place",
    "sq": "square", "ter": "terrace", "terr": "terrace", "pk": "park", "str": "street",
    "pde": "parade", "wy": "way", "hse": "house", "bldgs": "buildings", "mt": "mount",
    "nth": "north", "sth": "south",
}  # fmt: skip
_STREET = frozenset({
    "road", "street", "avenue", "lane", "drive", "close", "court", "crescent", "gardens",
    "grove", "place", "square", "terrace", "park", "parade", "way", "row", "walk", "hill",
    "green", "mews", "rise", "view", "north", "south", "east", "west",
})  # fmt: skip
_LETTERED = re.compile(r"\b(\d+) ([a-z])\b(?! \d)")  # "12 a" is 12a; of "2 b 14" nobody knows
_FLAT = re.compile(r"\b(?:flat|flt|apartment|apt|unit) (?:no )?(\d+[a-z]?|[a-z])\b")
_RANGE = re.compile(r"(?<=\d)\s*[-–/]\s*(?=\d)")
_NUMBER = re.compile(r"\b(?:no|number) (?=\d)")


@lru_cache(KEPT)
def uprn_key(uprn: str) -> str:
    """Return the key of a unique property reference number, or "" where it is none.

    Source: GeoPlace, a UPRN is a number of up to twelve digits; leading zeros say nothing.
    """
    digits = uprn.strip()
    known = digits.isascii() and digits.isdecimal() and len(digits) <= 12 and int(digits) > 0
    return f"uprn {int(digits)}" if known else ""


@lru_cache(KEPT)
def address_key(lines: str, postcode: str) -> str:
    """Return one spelling of an address, or "" where nothing is written of it but the postcode.

    Abbreviations are written out, the flat stands first, "12 A" is "12a". With a whole postcode
    the town says nothing more, so it is left out; without one it stays.
    """
    known = tidy(postcode)
    parts = [words for part in lines.split(",") if (words := _words(part))]
    if not parts:
        return ""
    flat, parts = _without_flat(parts)
    kept = _up_to_street(parts) if known else parts
    return " ".join([*flat, *kept, known or " ".join(postcode.casefold().split())]).strip()[:MOST]


def _words(part: str) -> str:
    """Return a part of an address in plain words, abbreviations written out."""
    folded = unicodedata.normalize("NFKD", part.casefold().replace("&", " and "))
    plain = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’.")
    found = re.findall(r"\d+(?:-\d+)+|[^\W_]+", _RANGE.sub("-", plain))
    words = [_SHORT.get(word, word) for word in found]
    if len(words) > 1 and words[-1] == "st":  # at the end it is a street, before that a saint
        words[-1] = "street"
    return _LETTERED.sub(r"\1\2", _NUMBER.sub("", " ".join(words)))


def _without_flat(parts: list[str]) -> tuple[list[str], list[str]]:
    """Return the flat, in one spelling, and the parts without it."""
    for number, part in enumerate(parts):
        if found := _FLAT.search(part):
            rest = " ".join((part[: found.start()] + part[found.end() :]).split())
            others = [rest] if rest else []
            return [f"flat {found[1]}"], parts[:number] + others + parts[number + 1 :]
    return [], parts


def _up_to_street(parts: list[str]) -> list[str]:
    """Return the parts up to the one with the street; whatever follows it is the town."""
    for number, part in enumerate(parts):
        words = part.split()
        ends = [at for at, word in enumerate(words) if word in _STREET]
        if ends and ends[-1] > 0:
            return [*parts[:number], " ".join(words[: ends[-1] + 1])]
        if words[0][0].isdecimal() and len(words) > 1:
            return parts[: number + 1]
    return parts[:1]
