"""What became known, and what ended, between two moments: read from the records, which keep when
everything was known. The time it takes depends on what changed, not on how much there is."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict
from datetime import datetime

from django.db import DatabaseError, connection

from sightline.insight.engine.live import Known, named
from sightline.insight.facts.base import Fact
from sightline.insight.facts.steps import changed
from sightline.insight.snapshots.parts import Cells

AT_ONCE = 20_000  # rows
# Things that changed: of more the planner, which cannot know how many rows policies let through,
# would go through one half for each of the other.
THINGS_AT_ONCE = 2_000

# Every place has moved, perhaps, when another edition of the geography came into use.
MOVED = f"""
select exists (
    select from geography_edition
    where {changed("finished_at", "withdrawn_at", "holds_from::timestamptz")}
)
"""


def all_rows(fact: Fact, at: datetime) -> Iterator[Cells]:
    """Yield every row of a fact as known at a moment."""
    with _by_hashing(), connection.chunked_cursor() as cursor:
        cursor.execute(named(fact), {**asdict(Known.at(at)), "touched": None})
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def difference(fact: Fact, since: datetime, until: datetime) -> tuple[list[Cells], list[Cells]]:
    """Return the rows that hold at the later moment only, and those that held at the earlier, in
    an order that does not depend on chance."""
    made: list[Cells] = []
    ended: list[Cells] = []
    for things in touched(fact, since, until):
        before, after = _rows(fact, since, things), _rows(fact, until, things)
        made += after - before
        ended += before - after
    return sorted(made, key=repr), sorted(ended, key=repr)


def touched(fact: Fact, since: datetime, until: datetime) -> Iterator[list[int] | None]:
    """Yield the things whose rows may have changed, some of them at once; None is all."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, {"since": since, "until": until})
        [[moved]] = cursor.fetchall()
        if moved:
            yield None
            return
        cursor.execute(fact.touched, {"since": since, "until": until})
        found = sorted({thing for (thing,) in cursor.fetchall()})
    for begin in range(0, len(found), THINGS_AT_ONCE):
        yield found[begin : begin + THINGS_AT_ONCE]


@contextmanager
def _by_hashing() -> Iterator[None]:
    """Read whole tables within this block (engine/live.py says why). A cursor of the server takes
    one statement, so that this one is of the session."""
    with connection.cursor() as cursor:
        cursor.execute("set enable_nestloop = off")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # of a connection that is gone
            cursor.execute("reset enable_nestloop")


def _rows(fact: Fact, at: datetime, things: list[int] | None) -> set[Cells]:
    with nullcontext() if things else _by_hashing(), connection.cursor() as cursor:
        cursor.execute(named(fact), {**asdict(Known.at(at)), "touched": things})
        return set(cursor.fetchall())
