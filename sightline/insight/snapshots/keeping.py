"""Writing a snapshot on, from where the last one ended to now."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path

from django.conf import settings
from django.db import connection
from filelock import FileLock, Timeout

from sightline.common.clock import local_date, midnight
from sightline.insight.facts import ALL
from sightline.insight.facts.base import Fact
from sightline.insight.snapshots.changes import all_rows, difference
from sightline.insight.snapshots.manifest import SHAPE, Held, Manifest, Part, publish, read
from sightline.insight.snapshots.merging import merged
from sightline.insight.snapshots.parts import Disguise, Writer, by_year
from sightline.insight.snapshots.pseudonyms import Pseudonyms, pseudonyms
from sightline.insight.snapshots.tallies import NO_YEAR, added, counted_up

# What is written down as of a moment may be committed a little later.
SETTLED = timedelta(minutes=1)
IN_MEMORY = 250_000  # rows
OLDEST_AT_WORK = """
select min(xact_start) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()
"""

Progress = Callable[[str], None]


def keep_snapshot(now: datetime, progress: Progress | None = None) -> Manifest | None:
    """Write the snapshot of the data folder on, up to what is settled by now.

    None where there is no folder for it, or another process is writing. Killed at any moment, the
    last whole snapshot stays, and the next run goes on from there.
    """
    folder = settings.SNAPSHOTS
    if folder is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(Timeout), FileLock(folder / ".lock", timeout=0):
        latest, names = settled(now), pseudonyms()
        for moment in _months_begun(folder, latest):
            write_on(folder, moment, names, progress)
        return write_on(folder, latest, names, progress)
    return None


def _months_begun(folder: Path, latest: datetime) -> Iterator[datetime]:
    """Yield when each month since the last snapshot began, or this month if there is none: what
    is published is as at the beginning of a month."""
    last = read(folder)
    begun = _begin(latest)
    moments = [begun]
    while last and moments[-1] > last.as_at:
        moments.append(_begin(moments[-1] - timedelta(days=1)))
    yield from (moment for moment in reversed(moments) if not last or moment > last.as_at)


def _begin(moment: datetime) -> datetime:
    return midnight(moment - timedelta(days=local_date(moment).day - 1))


def settled(now: datetime) -> datetime:
    """Return the latest moment of which nothing can be written down any more."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_AT_WORK)
        [[oldest]] = cursor.fetchall()
    return min(now, oldest or now) - SETTLED


def write_on(
    folder: Path, moment: datetime, names: Pseudonyms, progress: Progress | None = None
) -> Manifest:
    """Write what became known up to a moment, and return the manifest that holds now."""
    last = read(folder)
    definition = definition_of(ALL)
    if last and (last.definition, last.key) != (definition, names.fingerprint):
        last = None
    if last and last.as_at >= moment:
        return last
    _clear_away(folder, last)
    whole = last or Manifest(definition, names.fingerprint, ())
    writer = Writer(folder, moment)
    facts = {}
    for fact in ALL:
        if progress:
            progress(fact.name)
        held = _written_on(fact, whole, writer, Disguise(fact, names))
        facts[fact.name] = merged(folder, fact, held)
    manifest = replace(whole, moments=(*whole.moments, moment), facts=facts)
    publish(folder, manifest)
    return manifest


@cache
def definition_of(facts: tuple[Fact, ...]) -> str:
    """Return what tells the definitions of these facts from others."""
    said = repr([(SHAPE, fact.name, dict(fact.columns), fact.live, fact.tally) for fact in facts])
    return hashlib.sha256(said.encode()).hexdigest()


def _written_on(fact: Fact, whole: Manifest, writer: Writer, disguise: Disguise) -> Held:
    held = whole.facts.get(fact.name, Held())
    if not whole.moments:
        return _whole(fact, writer, disguise)
    made, ended = difference(fact, whole.as_at, writer.moment)
    return Held(
        (*held.rows, *writer.rows(fact, by_year(made, disguise))),
        (*held.ends, *writer.ends(fact, by_year(ended, disguise))),
        (*held.counts, *added(writer, fact, made, ended)) if fact.tally else (),
    )


def _whole(fact: Fact, writer: Writer, disguise: Disguise) -> Held:
    held = Held(tuple(_all(fact, writer, disguise)))
    if not (fact.tally and held.rows):
        return held
    path = writer.path(fact, "counts", (NO_YEAR, 0))
    return replace(held, counts=(counted_up(writer.folder, fact, held, path),))


def _all(fact: Fact, writer: Writer, disguise: Disguise) -> Iterator[Part]:
    """Write all rows, so many at once that they fit into memory."""
    rows = all_rows(fact, writer.moment)
    for batch in count():
        if not (some := list(islice(rows, IN_MEMORY))):
            return
        yield from writer.rows(fact, by_year(some, disguise), batch)


def _clear_away(folder: Path, manifest: Manifest | None) -> None:
    """Delete the files that the manifest does not name: of a writer who died, and merged ones.

    Readers of the manifest before the last merge have had until now.
    """
    named = {part.file for part in manifest.parts} if manifest else set()
    for path in folder.glob("*/*/*.parquet"):
        if path.relative_to(folder).as_posix() not in named:
            path.unlink()
