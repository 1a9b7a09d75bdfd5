"""Numbers, postcodes and telephones: checked, and left out when they cannot be right.

A wrong identifier is worse than none: it joins strangers. Values are never put into a message.
"""

import re
from functools import lru_cache

from nhs_number.standardise import standardise_format
from nhs_number.validate import is_valid
from uk_postcodes_parsing.fix import fix
from uk_postcodes_parsing.postcode_utils import to_normalised

from sightline.rules.linkage.text import KEPT

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9A-HJ-NP-RT-Z]")
_FOREIGN_CODE = re.compile(r"[0-9]{4,6}")
_NOT_A_PLACE = "ZZ99"  # pseudo-postcodes of the NHS: no fixed abode, not known, overseas


@lru_cache(KEPT)
def nhs_number(raw: str) -> str:
    """Ten digits with a right check digit, or "".

    Source: NHS data dictionary, modulus 11. Ten times the same digit passes the check but is
    what people type to fill a box, so it is refused.
    """
    digits: str = standardise_format(re.sub(r"[^0-9]", "", raw))
    return digits if len(set(digits)) > 1 and is_valid(digits) else ""


@lru_cache(KEPT)
def upn(raw: str) -> str:
    """A unique pupil number, or "" when its form or its check letter is wrong.

    Source: children in need census rules 1510 to 1550: a letter, three digits of the authority,
    eight more, then a digit or, for a temporary number, a letter. The check letter stands for the
    sum of the twelve digits times their places 2 to 13, modulo 23. How a temporary number's last
    letter counts is not published there, so for those only the form is checked.
    """
    text = re.sub(r"[^0-9A-Z]", "", raw.upper())
    if not _UPN.fullmatch(text):
        return ""
    return text if is_temporary(text) or text[0] == _check_letter(text) else ""


def is_temporary(checked_upn: str) -> bool:
    """A temporary UPN ends in a letter and may be replaced; it never speaks against a match."""
    return checked_upn[-1:].isalpha()


def _check_letter(text: str) -> str:
    total = sum(int(digit) * place for place, digit in enumerate(text[1:], start=2))
    return UPN_LETTERS[total % 23]


@lru_cache(KEPT)
def postcode(raw: str) -> str:
    """A postcode as "DY1 1HF", letters typed for figures mended; a code of figures as it is; or "".

    Goes round the package's parse(), which writes postcodes it cannot read into the log.
    """
    text = re.sub(r"[^0-9A-Z]", "", raw.upper())
    normal: str | None = to_normalised(fix(f"{text[:-3]} {text[-3:]}"))
    if normal is None:
        return text if _FOREIGN_CODE.fullmatch(text) else ""
    return "" if normal.startswith(_NOT_A_PLACE) else normal


@lru_cache(KEPT)
def phone(raw: str) -> str:
    """The digits of a telephone with the country code of the UK as 0, or "" when too few."""
    digits = re.sub(r"[^0-9]", "", raw.replace("(0)", ""))
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("44"):
        digits = "0" + digits[2:]
    return digits if len(digits) >= 10 and len(set(digits)) > 2 else ""


def sector(place: str) -> str:
    """The sector of a postcode ("DY1 1"), or "" where it is not one of the UK."""
    return place[:-2] if " " in place else ""


def area(place: str) -> str:
    """The area of a postcode ("DY"), or "" where it is not one of the UK."""
    return place[: 2 if place[1:2].isalpha() else 1] if " " in place else ""


def local(raw: str) -> str:
    """A number that an agency keeps of its own, in capitals without spaces or signs."""
    return re.sub(r"[^0-9A-Z]", "", raw.upper())


_FILLER = frozenset({"flat", "apartment", "apt", "unit", "no", "number", "house"})


@lru_cache(KEPT)
def house(raw: str) -> str:
    """A house name or number in one spelling: "Flat 3, No. 12 A" is "3 12a"."""
    plain = re.sub(r"[^0-9a-z]+", " ", raw.casefold())
    parts = re.sub(r"(\d) ([a-z])\b", r"\1\2", plain).split()
    return " ".join(part for part in parts if part not in _FILLER) or " ".join(parts)


_STREET_ENDINGS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane",
    "cl": "close", "dr": "drive", "cres": "crescent", "ct": "court", "gdns": "gardens",
    "gr": "grove", "pl": "place", "sq": "square", "terr": "terrace",
}  # fmt: skip


@lru_cache(KEPT)
def street(raw: str) -> str:
    """A street in one spelling: "High St." is "high street"."""
    parts = re.sub(r"[^0-9a-z]+", " ", raw.casefold().replace("'", "")).split()
    return " ".join(_STREET_ENDINGS.get(part, part) for part in parts)


_NUMBERED = re.compile(
    r"((?:flat|apartment|apt|unit|no|number)\b\.? *)?\d+ *[/-]? *\d* *[a-z]?\b\.?", re.IGNORECASE
)


@lru_cache(KEPT)
def house_and_street(address: str) -> tuple[str, str]:
    """The house (or flat and house) and the street at the head of an address, as written.

    "Flat 3, 12 High Street, Dudley" gives ("Flat 3 12", "High Street"); a house with a name stands
    before the first comma: ("The Lodge", "Mill Lane").
    """
    houses: list[str] = []
    for part in (each.strip() for each in address.split(",")):
        rest = part
        while number := _NUMBERED.match(rest):
            houses.append(number.group().strip())
            rest = rest[number.end() :].strip()
        if rest and (houses or part is not rest):
            return " ".join(houses), rest
        if rest:
            houses.append(rest)
    return " ".join(houses), ""
