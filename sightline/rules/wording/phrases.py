"""The dated list of phrases, read from TOML."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from sightline.rules.datafile import (
    Table,
    heading,
    in_force,
    in_order,
    no_duplicates,
    read,
)

DATA = Path(__file__).parent / "data"
WRITTEN = re.compile(r"[a-z0-9'*.\- ]+")
APOSTROPHE = "['\u2019]"  # typed, or as a word processor writes it
GAP = r"(?:[\s-]+[\w'\u2019]+){0,3}?[\s-]+"
NOT_IN_A_WORD = r"(?<![\w]){}(?![\w])"


@dataclass(frozen=True)
class Phrase:
    """Words to look for, why they mislead, and the shape of a better sentence."""

    id: str
    words: tuple[str, ...]
    why: str
    instead: str

    @cached_property
    def pattern(self) -> str:
        """One expression for all its words, as both Python and a browser read it."""
        return NOT_IN_A_WORD.format(f"(?:{'|'.join(_expression(one) for one in self.words)})")


@dataclass(frozen=True)
class PhraseList:
    """One version of the list, in force from `commencement` to `end`, both included."""

    id: str
    version: str
    title: str
    source: str
    commencement: date
    end: date | None
    phrases: tuple[Phrase, ...]

    @property
    def key(self) -> str:
        return f"{self.id} {self.version}"


def load_phrases(path: Path) -> PhraseList:
    """The list in a TOML file. DataFileError (a ValueError) names what is wrong in it."""
    table = read(path)
    table.only(PhraseList)
    phrases = tuple(_phrase(t) for t in table.tables("phrases"))
    no_duplicates((phrase.id for phrase in phrases), table)
    no_duplicates((words for phrase in phrases for words in phrase.words), table)
    return PhraseList(
        **heading(table),
        phrases=phrases,
    )


@cache
def shipped_phrases() -> tuple[PhraseList, ...]:
    """Every version that comes with Sightline, oldest first."""
    return in_order(DATA, "phrases_*.toml", load_phrases)


def phrases_on(day: date) -> PhraseList | None:
    """The list in force on `day`, the one that commenced last; None before the first."""
    current = [one for one in shipped_phrases() if in_force(one, day)]
    return current[-1] if current else None


def describe(phrases: PhraseList) -> list[tuple[str, str, str]]:
    """For the handbook: of each phrase its words, why they mislead, and what to write instead."""
    return [(", ".join(one.words), one.why, one.instead) for one in phrases.phrases]


def _phrase(table: Table) -> Phrase:
    table.only(Phrase)
    phrase = Phrase(
        table.text("id"), table.texts("words"), table.text("why"), table.text("instead")
    )
    if not phrase.words:
        raise table.fault("words must hold at least one")
    for words in phrase.words:
        if not WRITTEN.fullmatch(words) or not any(c.isalpha() for c in words):
            raise table.fault(f"words are small letters, spaces, * and ..., not {words!r}")
    return phrase


def _expression(words: str) -> str:
    """`fail* to ... protect`: * is the rest of a word, ... up to three words between."""
    parts = (part.strip() for part in words.split("..."))
    return GAP.join(r"[\s-]+".join(_word(w) for w in re.split(r"[ -]+", part)) for part in parts)


def _word(word: str) -> str:
    return word.replace("'", APOSTROPHE).replace("*", r"\w*")
