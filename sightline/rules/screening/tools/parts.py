"""What a tool is made of. Every part is frozen, and in the order of its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class About(StrEnum):
    """Whom a tool assesses."""

    VICTIM = "victim"
    CHILD = "child"


class Kind(StrEnum):
    """How an item is answered: one of several, in words, or with a number from each person."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBERS = "numbers"


class BandIs(StrEnum):
    """Where a band comes from."""

    COUNTED = "counted"  # from the answers; the assessor may judge otherwise
    JUDGED = "judged"  # by the assessor alone
    NONE = "none"


@dataclass(frozen=True)
class Choice:
    """One possible answer; `counts` where the tool adds it up."""

    id: str
    label: str
    counts: bool


@dataclass(frozen=True)
class AnswerSet:
    id: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Section:
    id: str
    name: str


@dataclass(frozen=True)
class ToolItem:
    """One question. `paired_with`: the item that must be answered whenever this is. `quoted`:
    the answer is somebody's own words."""

    id: str
    section: str
    question: str
    kind: Kind
    choices: tuple[Choice, ...]
    paired_with: str
    required: bool
    quoted: bool


@dataclass(frozen=True)
class Band:
    """One level, lowest first. `start`: the count from which it is reached; None when judged."""

    id: str
    label: str
    meaning: str
    start: int | None


@dataclass(frozen=True)
class Threshold:
    """A count from which something else is to be thought of, such as MARAC."""

    id: str
    label: str
    start: int


@dataclass(frozen=True)
class Tool:
    """One version of a tool, in force from `commencement` to `end`, both included.

    one_an_episode: agencies share one of a person and an incident. countersigned: a manager of the
    agency that made it signs it too.
    """

    id: str
    version: str
    title: str
    source: str
    note: str
    about: About
    band: BandIs
    commencement: date
    end: date | None
    sections: tuple[Section, ...]
    items: tuple[ToolItem, ...]
    bands: tuple[Band, ...]
    thresholds: tuple[Threshold, ...]
    one_an_episode: bool = False
    countersigned: bool = False

    @property
    def key(self) -> str:
        """What a record stores to say which version asked."""
        return f"{self.id} {self.version}"

    @cached_property
    def items_by_id(self) -> Mapping[str, ToolItem]:
        return {item.id: item for item in self.items}

    def items_of(self, section: str) -> tuple[ToolItem, ...]:
        return tuple(item for item in self.items if item.section == section)

    def band_called(self, id_: str) -> Band:
        """The band of that id; LookupError for one that is not this tool's."""
        for band in self.bands:
            if band.id == id_:
                return band
        raise LookupError(f"{self.title} has no band {id_!r}.")
