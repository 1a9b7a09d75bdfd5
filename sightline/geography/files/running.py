"""Taking a reference file in, block by block: killed, it goes on where it was.

A block's records, its bad lines and the place in the file are one transaction. A bad line is kept
with its reason and the others go on.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from sightline.audit.commands import record
from sightline.common.errors import NotUnderstood
from sightline.common.models import Record
from sightline.geography.files import boundaries
from sightline.geography.files.columns import Recognised
from sightline.geography.files.lines import HEAD, Block, beginning, blocks, cells_of
from sightline.geography.files.rows import OF_PLACES, BadRow, records
from sightline.geography.known import known_small_areas, say_wards
from sightline.geography.models import BadLine, Edition, Kind

Progress = Callable[[int, int], None]
AT_ONCE = 1000
LONGEST = 1000


class OvertakenError(Exception):
    """Another process is taking this file in; it has done lines that we were about to do."""


@dataclass
class Taken:
    """What became of the lines of a block."""

    records: list[Record] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    rows: int = 0
    elsewhere: int = 0


@dataclass
class Reading:
    """What is needed to read the rows of one file."""

    edition: Edition
    file: Recognised
    known: frozenset[str]  # small areas of the councils, where rows do not say the council
    seen: set[tuple[str, int]] = field(default_factory=set)

    @property
    def says_council(self) -> bool:
        return self.edition.kind in OF_PLACES and "council" in self.file.places


def run(
    edition_id: int,
    *,
    file: BinaryIO | None = None,
    now: Callable[[], datetime],
    progress: Progress | None = None,
) -> Edition:
    """Take an edition in from where it was, out of `file` or out of what was uploaded.

    progress: told bytes done and bytes in all. Returns the edition as it then is; when another
    process does it, it is not finished.
    """
    edition = Edition.objects.get(pk=edition_id)
    if edition.finished_at is not None:
        return edition
    because = ""
    try:
        _take_in(edition, file or io.BytesIO(bytes(edition.content or b"")), progress)
    except NotUnderstood as problem:
        because = " ".join(problem.reasons)
    except OvertakenError:
        return edition
    return _finish(edition, because, now())


def _take_in(edition: Edition, file: BinaryIO, progress: Progress | None) -> None:
    if edition.kind in (Kind.SMALL_AREAS, Kind.WARDS):
        boundaries.take_in(edition, file.read())
        return
    file.seek(0)
    begins = beginning(file.read(HEAD))
    known = _must_know_where(edition, begins.recognised)
    position, lines = max((edition.position, edition.lines), (begins.position, begins.lines))
    reading = Reading(edition, begins.recognised, known)
    for block in blocks(file, position, lines):
        _keep(edition, block, _read(reading, block))
        if progress:
            progress(edition.position, edition.size)


def _must_know_where(edition: Edition, file: Recognised) -> frozenset[str]:
    """Return the small areas of the councils, where the file itself does not say whose they are."""
    if edition.kind not in OF_PLACES or "council" in file.places:
        return frozenset()
    known = known_small_areas(edition.councils)
    if not known:
        raise NotUnderstood(
            "This file does not say which council an area belongs to. Take in one that does first: "
            "the postcode directory, a lookup of small areas and wards, or the deprivation file."
        )
    return known


def _read(reading: Reading, block: Block) -> Taken:
    taken = Taken()
    for number, line in _worth_parting(reading, block, taken):
        cells = cells_of(line)
        if not any(cells):
            continue
        if not _is_here(reading, cells):
            taken.elsewhere += 1
            continue
        try:
            made = _new(reading, records(reading.edition, reading.file, cells))
        except BadRow as problem:
            taken.bad.append(_bad(reading.edition, number, line, str(problem)))
        else:
            taken.records += made
            taken.rows += bool(made)
    return taken


def _worth_parting(reading: Reading, block: Block, taken: Taken) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that may be of these councils; in a national file those are few."""
    if not reading.says_council:
        yield from enumerate(block.lines, start=block.first)
        return
    codes = [code.encode() for code in reading.edition.councils]
    for number, line in enumerate(block.lines, start=block.first):
        if any(code in line for code in codes):
            yield number, line
        else:
            taken.elsewhere += bool(line.strip())


def _is_here(reading: Reading, cells: list[str]) -> bool:
    """Whether a row is of these councils. One that is too short to tell is read, and refused."""
    file, edition = reading.file, reading.edition
    if edition.kind not in OF_PLACES or len(cells) < len(file.header):
        return True
    if reading.says_council:
        return file.cell(cells, "council") in edition.councils
    return file.cell(cells, "small_area") in reading.known


def _new(reading: Reading, made: list[Record]) -> list[Record]:
    """Return the records of a row, unless an earlier one spoke of the same. Raises BadRow."""
    for one in made[:1]:
        key = one.code, getattr(one, "year", 0)  # type: ignore[attr-defined]
        if key in reading.seen:
            raise BadRow("an earlier row of this file is of the same place")
        reading.seen.add(key)
    return made


def _bad(edition: Edition, number: int, line: bytes, reason: str) -> BadLine:
    text = line.decode("utf-8", "replace").strip().replace("\0", "")
    return BadLine(edition=edition, number=number, text=text[:LONGEST], reason=reason[:300])


@transaction.atomic
def _keep(edition: Edition, block: Block, taken: Taken) -> None:
    held = Edition.objects.select_for_update().only("position").get(pk=edition.pk)
    if held.position != edition.position:
        raise OvertakenError
    write(taken.records)
    edition.rows_kept += taken.rows
    BadLine.objects.bulk_create(taken.bad, batch_size=AT_ONCE, ignore_conflicts=True)
    edition.elsewhere += taken.elsewhere
    edition.position, edition.lines = block.ends, block.first + len(block.lines) - 1
    edition.save(update_fields=["position", "lines", "rows_kept", "elsewhere"])


def write(found: Iterable[Record]) -> None:
    """Write records of any kinds; what an edition has already stays as it is."""
    by_model: dict[type[Record], list[Record]] = defaultdict(list)
    for one in found:
        by_model[type(one)].append(one)
    for model, rows in by_model.items():
        model._base_manager.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


@transaction.atomic
def _finish(edition: Edition, because: str, at: datetime) -> Edition:
    if not because and not edition.rows_kept:
        because = _nothing_kept(edition)
    if edition.kind == Kind.POSTCODES and not because:
        say_wards(edition)
    edition.finished_at, edition.failed_because, edition.content = at, because[:400], None
    edition.save(update_fields=["finished_at", "failed_because", "content"])
    record(
        "reference.taken_in", edition, by=edition.started_by, at=at,
        kind=edition.kind, failed=bool(because),
    )  # fmt: skip
    return edition


def _nothing_kept(edition: Edition) -> str:
    if edition.elsewhere:
        councils = ", ".join(edition.councils)
        return f"None of its rows lies in {councils}. Is that the code of the council?"
    return "No row of the file could be understood."
