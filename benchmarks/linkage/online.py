"""How long one notification waits for the answer who its people are, as the number of people grows.

Loads invented mentions linked as the truth says (what is measured is the answer, not the linking),
with their keys and search entries, then sends in notifications that were kept back:

* a mention: candidates from PostgreSQL, weights, decision and explanation;
* a notification: its people written down, linked, and made findable, committed; and again those
  of five people or more.

The process has read and compared as many held mentions before as it would in a day or two, so that
it knows the names that people bear here.

    python -m benchmarks.linkage.online [--mentions 100000 1000000 5000000] [--seed 7]
"""

import argparse
import os
import tempfile
import time
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.linkage.filling import NOW, address, at, fields, fill, rows
from benchmarks.linkage.generate import generate
from benchmarks.machine import header, times
from sightline.config.database import stop

KEPT_BACK = 400  # notifications, the newest
READ_BEFORE = 20_000  # mentions: 28 are read to answer for one, and a day brings some 550
MANY = 5  # people
Rows = list[dict[str, Any]]
Spent = list[tuple[float, float]]  # on the wall, of our processor


def main(sizes: list[int], seed: int) -> None:
    print(header())
    print("\n| mentions held, load | one mention | candidates | a notification | people |", end="")
    print(" of five or more |\n|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
            _measure(folder, size, seed)
            stop(Path(folder))


def _measure(folder: str, size: int, seed: int) -> None:
    from sightline.cli.boot import boot

    found = boot(folder)
    mentions, truth = generate(size, seed, "usual")
    held = _held(mentions)
    fill(found.owner, mentions.slice(0, held), truth.slice(0, held))
    report(held, _grouped(mentions.slice(held)))


def _held(mentions: pa.Table) -> int:
    """How many come before the notifications that are kept back."""
    numbers = mentions["notification_id"].to_pylist()
    kept_back = set(sorted(set(numbers))[-KEPT_BACK:])
    return next(n for n, number in enumerate(numbers) if number in kept_back)


def report(held: int, notifications: list[Rows]) -> None:
    """Send in what was kept back, and print how long it took: a row of the table."""
    _read_some(held)
    load = os.getloadavg()[0]
    alone, candidates = _one_mention_each(notifications)
    whole = _whole(notifications)
    people = sum(map(len, notifications)) / len(notifications)
    many = [spent for spent, some in zip(whole, notifications, strict=True) if len(some) >= MANY]
    print(
        f"| {held:,}, {load:.1f} | {_said(alone)} | {candidates:.1f} | {_said(whole)} |"
        f" {people:.1f} | {_said(many)} |",
        flush=True,
    )


def _read_some(held: int) -> None:
    from django.db import connection

    from sightline.people.describing import COLUMNS, describe_row
    from sightline.rules.linkage.compare import compare
    from sightline.rules.linkage.model import shipped

    with connection.cursor() as cursor:
        every = max(1, held // READ_BEFORE)
        cursor.execute(
            f"select {', '.join(COLUMNS)} from people_mention where mod(id, %s) = 0", [every]
        )
        read = [describe_row(*row) for row in cursor.fetchall()]
    for one, other in pairwise(read):
        compare(one, other, shipped())


def _grouped(mentions: pa.Table) -> list[Rows]:
    groups: dict[str, Rows] = defaultdict(list)
    for row in rows(mentions):
        groups[row["notification_id"]].append(row)
    return list(groups.values())


def _entry(people: Rows) -> Any:
    from sightline.people.commands import Document, Entry, Happened, Place, Written

    day = people[0]["notified_on"]
    return Entry(Document(
        label=f"Kept back {people[0]['notification_id']}", on=date.fromisoformat(day),
        happened=Happened(at(day), Place()),
        people=[Written(fields(row), Place(address(row), row["postcode"])) for row in people],
    ))  # fmt: skip


def _said(spent: Spent) -> str:
    wall, ours = zip(*spent, strict=True)
    return f"{times(wall)}; of it our processor {times(ours)}"


class _Clock:
    """Times what stands within it, and keeps that."""

    def __init__(self, spent: Spent) -> None:
        self.spent = spent

    def __enter__(self) -> None:
        self.began = time.perf_counter(), time.process_time()

    def __exit__(self, *ignored: object) -> None:
        wall, ours = self.began
        self.spent.append((time.perf_counter() - wall, time.process_time() - ours))


def _one_mention_each(notifications: list[Rows]) -> tuple[Spent, float]:
    """Time the answer for the first mention of each alone; what was written for it is taken back.

    All are written down before the first is asked about, and taken back after the last: the plans
    that a connection keeps are gone with every step back.
    """
    from django.db import transaction

    from sightline.common.announce import quietly
    from sightline.people.commands import record_sources

    spent: Spent = []
    with transaction.atomic(), quietly("source.recorded"):
        sources = record_sources([_entry(people[:1]) for people in notifications], now=NOW)
        met = [_one_mention(source, spent) for source in sources]
        transaction.set_rollback(True)
    return spent, sum(met) / len(met)


def _one_mention(source: Any, spent: Spent) -> int:
    from sightline.people.candidates import Held
    from sightline.people.model_in_use import model_in_use
    from sightline.rules.linkage.resolve import resolve

    mentions = list(source.mentions.all())
    model = model_in_use()  # as in the transaction of a notification, which has begun by now
    with _Clock(spent):
        held = Held(mentions)
        candidates = held.candidates(mentions)
        resolve(
            [held.described[mentions[0].pk]], candidates, model,
            lambda persons: held.met_with(persons, mentions), source.pk,
        )  # fmt: skip
    return len(candidates[0])


def _whole(notifications: list[Rows]) -> Spent:
    from django.db import transaction

    from sightline.common.announce import quietly
    from sightline.people.commands import record_sources
    from sightline.people.linking import link_sources

    spent: Spent = []
    with quietly("source.recorded", "source.linked", "source.unsettled"):
        for people in notifications:
            with _Clock(spent), transaction.atomic():
                link_sources(record_sources([_entry(people)], now=NOW), now=NOW)
    return spent


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, nargs="+", default=[100_000, 1_000_000, 5_000_000])
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    main(options.mentions, options.seed)
