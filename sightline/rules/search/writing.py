"""A person as one source wrote them down, and the terms by which that is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sightline.rules.linkage import identifiers
from sightline.rules.linkage.text import KEPT, words
from sightline.rules.search.parts import Kind

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ.")
_WRITTEN_SHORT = {
    "rd": "road", "st": "street", "ln": "lane", "ave": "avenue", "av": "avenue", "dr": "drive",
    "cl": "close", "ct": "court", "cres": "crescent", "gdns": "gardens", "sq": "square",
    "pl": "place", "tce": "terrace", "ter": "terrace",
}  # fmt: skip
_HOUSE = re.compile(r"(?<![\w])\d{1,4}[a-z]?(?![\w])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Writing:
    """What one source says of a person. Empty or None: it does not say.

    on: the day of the source. due: when an unborn child is expected. numbers: of registers, as
    written. reference: of the incident, which is not the person's own.
    """

    on: date
    given: str = ""
    middle: str = ""
    surname: str = ""
    aliases: tuple[str, ...] = ()
    birth_date: date | None = None
    due: date | None = None
    age: int | None = None
    address: str = ""
    postcode: str = ""
    phone: str = ""
    numbers: tuple[str, ...] = ()
    reference: str = ""


def terms(writing: Writing) -> frozenset[str]:
    """Return everything by which a writing can be looked up, some fifteen terms."""
    found = {f"{Kind.NAME}:{word}" for word in name_words(writing)}
    found |= {f"{Kind.INITIAL}:{word[0]}" for word in words(writing.given)}
    found.update(_birth(writing), _phone(writing.phone), _place(writing))
    found |= {
        f"{Kind.NUMBER}:{plain_number(number)}"
        for number in (*writing.numbers, writing.reference)
        if number
    }
    return frozenset(found)


def name_words(writing: Writing) -> frozenset[str]:
    """Return the words of all its names; two of one name also run together."""
    texts = (writing.given, writing.middle, writing.surname, *writing.aliases)
    found = {word for text in texts for word in words(text)}
    for text in (writing.given, writing.surname):
        parts = words(text)
        if len(parts) == 2:
            found.add("".join(parts))
    return frozenset(found)


@lru_cache(KEPT)
def address_words(text: str) -> frozenset[str]:
    """Return the words of an address, "Tanner's Rd" as "tanners" and "road"."""
    plain = "".join(c if c.isalnum() else " " for c in text.casefold().translate(_APOSTROPHES))
    return frozenset(
        _WRITTEN_SHORT.get(word, word) for word in plain.split() if word.isalpha() and len(word) > 1
    )


@lru_cache(KEPT)
def plain_number(text: str) -> str:
    """Return a number of a register in one spelling: letters and figures only, capitals."""
    return "".join(c for c in text.upper() if c.isalnum())


def _birth(writing: Writing) -> Iterator[str]:
    day = writing.birth_date or writing.due
    if writing.birth_date:
        yield f"{Kind.BIRTH}:{writing.birth_date.isoformat()}"
    if day:
        yield f"{Kind.MONTH}:{day:%Y-%m}"
        yield f"{Kind.YEAR}:{day.year}"
    elif writing.age is not None:
        year = writing.on.year - writing.age
        yield from (f"{Kind.ESTIMATED}:{year}", f"{Kind.ESTIMATED}:{year - 1}")


def _phone(written: str) -> Iterator[str]:
    digits = identifiers.phone(written)
    if digits:
        yield f"{Kind.PHONE}:{digits}"
        yield f"{Kind.PHONE_6}:{digits[-6:]}"
        yield f"{Kind.PHONE_4}:{digits[-4:]}"


def _place(writing: Writing) -> Iterator[str]:
    yield from (f"{Kind.STREET}:{word}" for word in address_words(writing.address))
    yield from (f"{Kind.HOUSE}:{no.lower()}" for no in _HOUSE.findall(writing.address))
    code = identifiers.postcode(writing.postcode) or writing.postcode.strip().upper()
    if " " in code:
        yield f"{Kind.POSTCODE}:{code}"
        yield f"{Kind.SECTOR}:{code[:-2]}"
        yield f"{Kind.OUTWARD}:{code.split(' ')[0]}"
