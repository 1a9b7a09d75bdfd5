"""The manifest: which parts belong to a snapshot, as at when, with a digest of each.

It is replaced in one step once every part it names is on disk, so that a writer who dies leaves
the last whole snapshot.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

NAME = "manifest.json"
SHAPE = 2  # of manifest and parts


class Damaged(Exception):
    """A part is missing, or holds something else than was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of rows; its path is relative to the folder."""

    file: str
    year: int
    rows: int
    digest: str  # SHA-256


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one fact: rows that became known, which of them ended, and how many of each
    kind of its tally stand at the last moment (more became known than ended, so it adds up)."""

    rows: tuple[Part, ...] = ()
    ends: tuple[Part, ...] = ()
    counts: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.rows + self.ends + self.counts


@dataclass(frozen=True)
class Manifest:
    """A whole snapshot. `definition` and `key` tell by what it was made: with others it is made
    anew. `moments`: all those as at which it can be asked, the last one is its own."""

    definition: str
    key: str
    moments: tuple[datetime, ...]
    facts: dict[str, Held] = field(default_factory=dict, hash=False)

    @property
    def as_at(self) -> datetime:
        return self.moments[-1]

    @property
    def parts(self) -> Iterator[Part]:
        for held in self.facts.values():
            yield from held.parts

    def rows(self, fact: str) -> int:
        """Return how many rows of a fact are held, ended ones too."""
        return sum(part.rows for part in self.facts[fact].rows)

    def as_json(self) -> str:
        """Return it as it is written: totals first, for whoever reads it by eye."""
        return json.dumps(
            {
                "shape": SHAPE,
                "as_at": self.as_at.isoformat(),
                "rows": {name: self.rows(name) for name in self.facts},
                "ended": {
                    name: sum(part.rows for part in held.ends) for name, held in self.facts.items()
                },
                "definition": self.definition,
                "key": self.key,
                "moments": [moment.isoformat() for moment in self.moments],
                "facts": {name: asdict(held) for name, held in self.facts.items()},
            },
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises Damaged where it is of another shape."""
        said = json.loads(text)
        if said["shape"] != SHAPE:
            raise Damaged(f"the manifest is of shape {said['shape']}, not {SHAPE}")
        return cls(
            said["definition"], said["key"],
            tuple(datetime.fromisoformat(moment) for moment in said["moments"]),
            {name: Held(*(_parts(held[what]) for what in ("rows", "ends", "counts")))
             for name, held in said["facts"].items()},
        )  # fmt: skip


def _parts(said: Sequence[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(**one) for one in said)


def read(folder: Path) -> Manifest | None:
    """Return the manifest of the last whole snapshot in a folder, if there is one."""
    path = folder / NAME
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(8)
def _read(path: Path, _changed: int) -> Manifest:
    return Manifest.from_json(path.read_text("utf-8"))


def publish(folder: Path, manifest: Manifest) -> None:
    """Make this the snapshot of the folder, in one step."""
    temporary = folder / f"{NAME}.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(manifest.as_json())
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(folder: Path, manifest: Manifest) -> None:
    """Read every part through. Raises Damaged at the first that is not as it was written."""
    for part in manifest.parts:
        path = folder / part.file
        if not path.exists():
            raise Damaged(f"{part.file} is missing")
        if digest_of(path) != part.digest:
            raise Damaged(f"{part.file} holds something else than was written")
