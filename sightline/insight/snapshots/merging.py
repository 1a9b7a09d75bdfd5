"""Many small parts become one: eight of a size at a time, so that adding a day stays cheap."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.manifest import Held, Part
from sightline.insight.snapshots.tallies import summed, written

AT_ONCE = 8  # parts of one year and of about one size are merged when there are so many
TOGETHER = "from read_parquet($files)"


def merged(folder: Path, fact: Fact, held: Held) -> Held:
    """Return the same with parts of about one size merged. The old files stay until cleared."""
    return Held(
        _merged(folder, held.rows),
        _merged(folder, held.ends),
        _merged(folder, held.counts, summed(fact)) if fact.tally else (),
    )


def _merged(folder: Path, parts: Iterable[Part], query: str = TOGETHER) -> tuple[Part, ...]:
    by_size: dict[tuple[int, int], list[Part]] = defaultdict(list)
    for part in parts:
        by_size[part.year, _size(part.rows)].append(part)
    kept: list[Part] = []
    for (year, _), alike in sorted(by_size.items()):
        kept += [_one_of(folder, year, alike, query)] if len(alike) >= AT_ONCE else alike
    return tuple(kept)


def _size(rows: int) -> int:
    """Return which power of eight it is about."""
    size = 0
    while rows >= AT_ONCE:
        rows //= AT_ONCE
        size += 1
    return size


def _one_of(folder: Path, year: int, parts: list[Part], query: str) -> Part:
    first, last = (folder / parts[0].file), (folder / parts[-1].file)
    path = first.with_name(f"{year}-{_when(first)}-to-{_when(last)}.parquet")
    files = [str(folder / part.file) for part in parts]
    return written(folder, query, {"files": files}, path, year)


def _when(path: Path) -> str:
    """Return the last moment in the name of a part."""
    return path.stem.partition("-")[2].rpartition("to-")[2]
