"""Taking addresses and numbers out of what an officer or a child is quoted with.

A safe address must not reach a school, and words quoted word by word may hold one. What is taken
out is said to be missing. Too much is better taken out than too little.
"""

import re
from collections.abc import Iterable, Iterator

POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)
NUMBER = re.compile(r"\+?[0-9](?:[\s().-]*[0-9]){8,}")  # telephone, NHS number
NO_PLACE, NO_NUMBER = "[address left out]", "[number left out]"
HOUSE_NUMBER = re.compile(r"^[0-9]+\s*[a-z]?\s+", re.IGNORECASE)
# "Flat 2" or "Mill" alone name no place; taken out, they would spoil what was said for nothing.
PLACE = re.compile(r"[0-9].*[a-z]{2}|[a-z]{2,}\W+[a-z]{2,}|[a-z]{7}", re.IGNORECASE)


def without_addresses(text: str, addresses: Iterable[str]) -> str:
    """Return `text` without postcodes, long numbers and the lines of these addresses.

    Of "12 Brook Lane, Castlebrook" the house with its number and the street go, not the town.
    """
    for line in sorted({line for a in addresses for line in _lines(a)}, key=len, reverse=True):
        text = re.sub(_loosely(line), NO_PLACE, text, flags=re.IGNORECASE)
    return NUMBER.sub(NO_NUMBER, POSTCODE.sub(NO_PLACE, text))


def _lines(address: str) -> Iterator[str]:
    """Yield the lines that name a place more closely than a town, and their streets."""
    parts = [part.strip() for part in address.split(",")]
    for part in parts[: max(1, len(parts) - 1)]:
        street = HOUSE_NUMBER.sub("", part)
        begun = " ".join(street.split()[:2])  # the town may follow without a comma
        yield from (line for line in (part, street, begun) if PLACE.search(line))


def _loosely(line: str) -> str:
    """A pattern for a line however it is spaced, and never within a longer word."""
    return r"(?<!\w)" + r"[\s,]+".join(map(re.escape, line.split())) + r"(?!\w)"
