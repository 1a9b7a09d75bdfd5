"""The words for how people are related, and the other way round of each. Data: `kinds.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

Side = Literal["elder", "younger", "each"]


@dataclass(frozen=True)
class Kind:
    """`a` is ... of `b`. bond: the same for both directions; unknown kinds each have their own."""

    code: str
    bond: str
    side: Side
    words: str
    inverse: str
    ended: bool = False
    known: bool = True


def _plain(written: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", written.casefold()).removesuffix(" of").split())


def _read() -> tuple[dict[str, Kind], dict[str, Kind]]:
    """Return the kinds by code, and by every way of writing them."""
    text = files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8")
    kinds, written = {}, {}
    for code, entry in tomllib.loads(text).items():
        spellings = entry.pop("written")
        kind = kinds[code] = Kind(code=code, **entry)
        for spelling in (code, *spellings):
            if _plain(spelling) in written:
                raise ValueError(f"kinds.toml: {spelling} is written twice")
            written[_plain(spelling)] = kind
    return kinds, written


KINDS, _WRITTEN = _read()
NOT_SAID = Kind("", "not said how", "each", "related, not said how, to", "", known=False)


@lru_cache(1 << 10)
def kind_of(written: str) -> Kind:
    """Return the kind that a source wrote. What we do not know keeps its own words.

    The other way round of an unknown kind cannot be known: "tenant of" is said back as
    "has as tenant".
    """
    plain = _plain(written)
    if known := _WRITTEN.get(plain):
        return known
    if not plain:
        return NOT_SAID
    return Kind(plain, f"as written: {plain}", "elder", f"{plain} of", "", known=False)


def inverse_of(kind: Kind) -> Kind:
    """Return what the other one is: of a parent a child, of an unknown kind its own words."""
    if kind.known:
        return KINDS[kind.inverse]
    if kind is NOT_SAID:
        return kind
    return Kind(kind.code, kind.bond, "younger", f"has as {kind.code}", "", known=False)
