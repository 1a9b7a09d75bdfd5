"""How fast a search is and how often it finds, among many people whose names are like each other.

Invents a region of mentions with its truth (benchmarks/linkage), loads it linked as the truth says
(what is measured is the search, not the linking), with the doors of the team as five years leave
them: most cases closed, some open. Then searches as the chair, for a thousand people of each kind
of query, made of the truth with errors: the person must be among the first five results.

    python benchmarks/search.py [--mentions 280000 1000000] [--seed 7] [--queries 300]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.linkage import slips
from benchmarks.linkage.generate import generate
from benchmarks.machine import header, times
from sightline.config.database import stop

FIRST = 5  # a person is found who is among so many
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)  # the generated five years end then


def main(sizes: list[int], seed: int, queries: int) -> None:
    print(header())
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
            measure(folder, size, seed, queries)
            stop(Path(folder))


def measure(folder: str, size: int, seed: int, queries: int) -> None:
    from sightline.cli.boot import boot

    found = boot(folder)
    import psycopg

    from benchmarks.search_load import load
    from sightline.demo.cast import build_cast

    cast = build_cast(now=NOW)
    mentions, truth = generate(size, seed, "usual")
    with psycopg.connect(found.owner, autocommit=True) as owner:
        began = time.perf_counter()
        load(owner, mentions, truth, cast)
        print(f"\n{size:,} mentions loaded in {time.perf_counter() - began:.0f} s\n")
    people = truth_of(truth)
    print("| query | found first | in the first five | time |\n|---|---|---|---|")
    everything: list[float] = []
    for name, corrupt in KINDS.items():
        everything += _measure(name, corrupt, people, cast.users["chair"], Random(seed), queries)
    print(f"| all | | | {times(everything)} |", flush=True)


def truth_of(truth: Any) -> list[tuple[int, str, str, date]]:
    """Return (person, first name, surname, born) of everybody born and named once."""
    found: dict[int, tuple[int, str, str, date]] = {}
    columns = ("person_id", "true_name", "born", "unborn")
    for person, name, born, unborn in zip(
        *(truth[column].to_pylist() for column in columns), strict=True
    ):
        given, *rest = (name or "").title().split()
        if rest and not unborn:
            found[person] = (person, given, rest[-1], date.fromisoformat(born))
    return list(found.values())


def _measure(
    name: str, corrupt: "Corrupt", people: list[Any], user: Any, dice: Random, queries: int
) -> list[float]:
    from django.db import transaction

    from sightline.sharing.searching import search

    places, taken = [], []
    for person, line in _lines(corrupt, people, dice, queries):
        began = time.perf_counter()
        with transaction.atomic():
            hits = search(line, by=user, page="people", now=NOW).hits
        taken.append(time.perf_counter() - began)
        ids = [hit.person_id for hit in hits[:FIRST]]
        places.append(ids.index(person) if person in ids else None)
    at_first = sum(place == 0 for place in places) / len(places)
    in_five = sum(place is not None for place in places) / len(places)
    print(f"| {name} | {at_first:.1%} | {in_five:.1%} | {times(taken)} |", flush=True)
    return taken


def _lines(
    corrupt: "Corrupt", people: list[Any], dice: Random, queries: int
) -> Iterator[tuple[int, str]]:
    """Yield so many (person, line); people of whom no such line can be made are passed over."""
    made = 0
    for person, given, surname, born in dice.sample(people, len(people)):
        line = corrupt(dice, given, surname, born)
        if line is not None:
            yield person, line
            made += 1
        if made == queries:
            return


Corrupt = Callable[[Random, str, str, date], str | None]


def _nickname(dice: Random, given: str, surname: str, born: date) -> str | None:
    short = slips.NICKNAMES.get(given)
    return f"{dice.choice(list(short))} {surname} {born:%d/%m/%Y}" if short else None


def _respelt(dice: Random, given: str, surname: str, born: date) -> str | None:
    other = slips.respelt(dice, given, another_script=True)
    return f"{other} {surname} {born.year}" if other != given else None


def _swapped(dice: Random, given: str, surname: str, born: date) -> str | None:
    if born.day > 12 or born.day == born.month:
        return None
    return f"{given} {surname} {born:%m/%d/%Y}"


def _digit(dice: Random, given: str, surname: str, born: date) -> str | None:
    text = f"{born:%d%m%Y}"
    at = dice.choice((0, 1, 3, 6, 7))
    text = text[:at] + dice.choice("0123456789") + text[at + 1 :]
    return f"{given} {surname} {text[:2]}/{text[2:4]}/{text[4:]}"


KINDS: dict[str, Corrupt] = {
    "as written": lambda d, g, s, b: f"{g} {s} {b:%d/%m/%Y}",
    "surname first, no date": lambda d, g, s, b: f"{s} {g}",
    "first name and year": lambda d, g, s, b: f"{g} {b.year}",
    "short form and date": _nickname,
    "another spelling and year": _respelt,
    "both names mistyped and date": lambda d, g, s, b: (
        f"{slips.typo(d, g)} {slips.typo(d, s)} {b:%d.%m.%y}"
    ),
    "first letters of the surname": lambda d, g, s, b: f"{s[:4]} {g} {b.year}",
    "initial, surname and date": lambda d, g, s, b: f"{g[0]} {s} {b:%-d %b %Y}",
    "day and month swapped": _swapped,
    "one digit of the date wrong": _digit,
    "surname and date": lambda d, g, s, b: f"{s} {b:%d/%m/%Y}",
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, nargs="+", default=[280_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--queries", type=int, default=300)
    asked = parser.parse_args()
    main(asked.mentions, asked.seed, asked.queries)
