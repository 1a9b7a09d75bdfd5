"""What a chapter of the handbook is made of. Each kind of rule describes itself in these."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Table:
    """Rows under headings; every row has a cell for each heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading, sentences that say the rule, and the tables that belong to it."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One set of rules: where it comes from, from when until when it holds, and what it says.

    `key` is what records keep, such as "child-matrix 2026.1"; `where` is the file to correct,
    from the root of the project.
    """

    title: str
    key: str
    source: str
    where: str
    commencement: date
    sections: tuple[Section, ...]
    end: date | None = None

    @property
    def slug(self) -> str:
        """Return the key as it stands in an address: "sharing-2026-1"."""
        return re.sub(r"[^a-z0-9]+", "-", self.key.lower()).strip("-")

    @property
    def digest(self) -> str:
        """Return what tells these words from any others."""
        return hashlib.sha256(repr(self).encode()).hexdigest()
