"""Reading a line as people type it: "moreno leila 9.5.17", "khan md", "07700 900123", "DY1"."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from sightline.rules.linkage import identifiers
from sightline.rules.linkage.text import words
from sightline.rules.search import dates
from sightline.rules.search.parts import AGE, Kind, Meaning, Part
from sightline.rules.search.writing import address_words, plain_number

MOST_PARTS = 12
OLDEST = 120  # years

_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_SECTOR = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d(?!\w)", re.IGNORECASE)
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\w)(?:\+44|0044|\(?0)(?:[ ()-]*\d){9,10}(?!\d)")
_NHS = re.compile(r"(?<!\w)[1-9]\d{2}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_AGE = re.compile(r"\baged?:? (\d{1,3})\b|(?<!\w)(\d{1,3}) ?(?:yrs?|years?|yo)\b", re.IGNORECASE)
_HOUSE = re.compile(r"\d{1,4}[a-z]?", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<![\w-])[A-Z]{1,5}[-/ ]?\d[\w/-]{2,}(?!\w)", re.IGNORECASE)


def read(line: str, today: date) -> tuple[Part, ...]:
    """Return the parts of a line, what cannot be mistaken first. Empty where nothing is said."""
    found: list[Part] = []
    for pattern, meanings in _WHOLE:
        line = _take(pattern, line, partial(meanings, today=today), found)
    for token in line.split():
        found += _token(token.strip(',;:!?"“”()'), today)
    return tuple(dict.fromkeys(found))[:MOST_PARTS]


Means = Callable[..., tuple[Meaning, ...]]  # of a match and today


def _take(
    pattern: re.Pattern[str],
    line: str,
    means: Callable[[re.Match[str]], tuple[Meaning, ...]],
    found: list[Part],
) -> str:
    """Take out of the line what the pattern finds and has a meaning; return the rest."""

    def taken(match: re.Match[str]) -> str:
        meanings = means(match)
        if not meanings:
            return match.group()
        found.append(Part(match.group().strip(), meanings))
        return " "

    return pattern.sub(taken, line)


def _day(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    on = dates.day(match, today)
    return (Meaning(Kind.BIRTH, on.isoformat()),) if on else ()


def _month(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    text = dates.month(match)
    return (Meaning(Kind.MONTH, text),) if text else ()


def _postcode(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    text = identifiers.postcode(match.group())
    return (Meaning(Kind.POSTCODE, text),) if text else ()


def _sector(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Meaning(Kind.SECTOR, match.group().upper()),)


def _phone(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    digits = identifiers.phone(match.group())
    return (Meaning(Kind.PHONE, digits),) if digits else ()


def _nhs(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Meaning(Kind.NUMBER, plain_number(match.group())),)


def _age(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    years = match.group(1) or match.group(2)
    return (Meaning(AGE, years),) if int(years) <= OLDEST else ()


def _reference(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """A reference; "AB 123" with a space is two things unless the figures are long."""
    text = match.group()
    if _OUTWARD.fullmatch(text) or (" " in text and sum(map(str.isdigit, text)) < 4):
        return ()
    if " " in text and re.fullmatch(r"(?:19|20)\d\d", text.split(" ")[1]):
        return ()  # "khan 2017"
    return (Meaning(Kind.NUMBER, plain_number(text)),)


_WHOLE: tuple[tuple[re.Pattern[str], Means], ...] = (
    (dates.DAY, _day),
    (dates.MONTH, _month),
    (_POSTCODE, _postcode),
    (_PHONE, _phone),
    (_NHS, _nhs),
    (_AGE, _age),
    (_SECTOR, _sector),
    (_REFERENCE, _reference),
)


def _token(token: str, today: date) -> list[Part]:
    if not any(c.isdecimal() for c in token):
        return _words(token)
    if token.isdecimal():
        meanings = _figures(token, today)
    elif _OUTWARD.fullmatch(token):
        meanings = [Meaning(Kind.OUTWARD, token.upper())]
    elif _HOUSE.fullmatch(token):
        meanings = [Meaning(Kind.HOUSE, token.lower())]
    else:
        meanings = [Meaning(Kind.NUMBER, plain_number(token))]
    return [Part(token, tuple(meanings))]


def _figures(digits: str, today: date) -> list[Meaning]:
    """Figures alone: a year, the end of a telephone number, a house, an age, a reference."""
    found = []
    if len(digits) == 4 and today.year - OLDEST <= int(digits) <= today.year + 1:
        found.append(Meaning(Kind.YEAR, digits))
    if len(digits) >= 6:
        found.append(Meaning(Kind.PHONE_6, digits[-6:]))
    if len(digits) in (4, 5):
        found.append(Meaning(Kind.PHONE_4, digits[-4:]))
    if len(digits) <= 4:
        found.append(Meaning(Kind.HOUSE, digits))
    if len(digits) <= 3 and int(digits) <= OLDEST:
        found.append(Meaning(AGE, str(int(digits))))
    if len(digits) >= 4:
        found.append(Meaning(Kind.NUMBER, digits))
    return found


def _words(token: str) -> list[Part]:
    """The words of a name, each of which may also be one of a street."""
    return [
        Part(
            word,
            (Meaning(Kind.INITIAL, word),)
            if len(word) == 1
            else (
                Meaning(Kind.NAME, word),
                *(Meaning(Kind.STREET, street) for street in address_words(word)),
            ),
        )
        for word in words(token)
    ]
