"""Cells of published statistics: a number, or the symbol that says why there is none.

Source: Government Statistical Service, symbols in tables; Department for Education, conventions of
its statistics (c, k, low, u, x, z), and the older ones of its earlier years (":", ".", "..", "~").
A symbol is never nothing: what is suppressed or not collected is not 0.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MEANINGS = {
    "c": "hidden by the publisher, because so few children are in it",
    "k": "under half of the unit it is rounded to, but not 0",
    "low": "under half of the unit it is rounded to, but not 0",
    "~": "under half of the unit it is rounded to, but not 0",
    "u": "too unreliable to be published",
    "w": "withheld by the publisher",
    "x": "not available",
    ":": "not available",
    "..": "not available",
    "": "not available",
    "z": "does not apply",
    ".": "does not apply",
    "-": "does not apply",
}


@dataclass(frozen=True)
class Published:
    """A published number, or None with the symbol that stood in its place and what it means."""

    value: Decimal | None
    symbol: str = ""
    meaning: str = ""


def read_cell(written: str) -> Published:
    """Read a cell as it was published. ValueError for what is neither a number nor a symbol."""
    text = written.strip().strip("[]").lower()
    if text in MEANINGS:
        return Published(None, text, MEANINGS[text])
    try:
        value = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        raise ValueError(f"“{written[:20]}” is neither a number nor a known symbol") from None
    if not value.is_finite():
        raise ValueError(f"“{written[:20]}” is neither a number nor a known symbol")
    return Published(value)
