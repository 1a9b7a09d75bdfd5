"""Both executors beside each other: the same pairs weighed by DuckDB and in our process.

    python -m benchmarks.linkage.same_weights [--mentions 200000] [--pairs 1000000] [--seed 7]

Pairs are those that share a key, as many as there are, and pairs drawn at random among mentions of
one surname or one forename, so that every level comes up. Prints the largest difference of weight,
and every pair of which one executor would join what the other would not.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from benchmarks.linkage.generate import write
from benchmarks.linkage.profiles import PROFILES
from benchmarks.machine import header
from sightline.linkage import blocking, reading, scoring, standard, training
from sightline.linkage.clustering import load
from sightline.rules.linkage.compare import Comparison, compare
from sightline.rules.linkage.describe import Described, describe
from sightline.rules.linkage.model import Model, shipped
from sightline.rules.linkage.vetoes import BARS, COMPANY_ANSWERS, Veto
from sightline.rules.linkage.words import PARTS

CHUNK = 50_000
NEAR = """(select x.id as a, y.id as b from mention x join mention y using ({name})
    where x.id < y.id and hash(x.id, y.id) % 200 = 0 limit {most})"""
EQUAL = 1e-9  # bits
WRITTEN = {
    "given_name": "given", "middle_name": "middle", "surname": "surname", "dob": "dob",
    "sex": "sex", "house_no": "house", "street": "street", "postcode": "postcode",
    "phone": "phone", "nhs_number": "nhs_number", "upn": "upn", "police_id": "police_id",
    "role": "role",
}  # fmt: skip


@dataclass
class Found:
    """What came out: the largest difference in bits, and pairs on which the executors differ."""

    pairs: int = 0
    largest: float = 0.0
    weights: list[str] = field(default_factory=list)
    vetoes: list[str] = field(default_factory=list)


def main() -> None:
    asked = _arguments()
    print(header())
    with TemporaryDirectory(prefix="sightline-same-") as folder:
        write(asked.mentions, asked.seed, asked.profile, Path(folder))
        con = open_table(Path(folder, "mentions.parquet"))
        model = training.adapt(con, shipped())
        found = beside_each_other(con, model, asked.pairs)
    print(f"{found.pairs:,} pairs; the largest difference of weight is {found.largest:.1e} bits.")
    print("\n".join(found.weights + found.vetoes) or "No pair differs in weight or in veto.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Weigh the same pairs by both executors.")
    parser.add_argument("--mentions", type=int, default=200_000)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", choices=PROFILES, default="usual")
    return parser.parse_args()


def open_table(mentions: Path) -> DuckDBPyConnection:
    """Read and standardise a file of mentions."""
    con = duckdb.connect()
    reading.read(con, mentions)
    standard.standardise(con)
    return con


def described(con: DuckDBPyConnection) -> Mapping[int, Described]:
    """Every mention as the rules compare it, by its number."""
    columns = ", ".join(WRITTEN)
    rows = con.execute(f"select id, {columns} from raw").fetchall()
    return {n: describe(**dict(zip(WRITTEN.values(), row, strict=True))) for n, *row in rows}


def beside_each_other(
    con: DuckDBPyConnection, model: Model, most: int, among: Sequence[tuple[int, int]] = ()
) -> Found:
    """Weigh up to `most` pairs of a standardised table by both executors, or those `among`."""
    if among:
        load(con, "drawn", ("a", "b"), among)
    else:
        blocking.block(con)
        _draw_pairs(con, most)
    scoring.prepare(con, model)
    scoring.score(con, model, pairs="drawn", out="weighed")
    people, found = described(con), Found()
    for a, b, weight, veto, *levels in _rows(con):
        here = compare(people[a], people[b], model)
        _hold_together(found, (a, b), here, weight, None if veto is None else list(Veto)[veto])
        _hold_levels(found, (a, b), here, levels)
    return found


def _draw_pairs(con: DuckDBPyConnection, most: int) -> None:
    near = " union ".join(NEAR.format(name=name, most=most // 4) for name in ("s", "g"))
    con.execute(
        f"create or replace table drawn as select distinct a, b from"
        f" (select a, b from pair union {near}) order by hash(a, b) limit {most}"
    )


def _rows(con: DuckDBPyConnection) -> Iterator[tuple[int | float | None, ...]]:
    columns = ", ".join(("a", "b", "weight", "veto", *PARTS))
    cursor = con.execute(f"select {columns} from weighed")
    while chunk := cursor.fetchmany(CHUNK):
        yield from chunk


def _hold_together(
    found: Found, pair: tuple[int, int], here: Comparison, weight: float, veto: Veto | None
) -> None:
    found.pairs += 1
    difference = abs(here.weight - weight)
    found.largest = max(found.largest, difference)
    if difference > EQUAL:
        found.weights.append(f"{pair}: {here.weight} here, {weight} in the table")
    if not same_veto(here.vetoes, veto):
        found.vetoes.append(f"{pair}: {[v.name for v in here.vetoes]} here, {veto!r} in the table")


def _hold_levels(
    found: Found, pair: tuple[int, int], here: Comparison, levels: list[int | float | None]
) -> None:
    for part, there in zip(PARTS, levels, strict=True):
        level = getattr(here.found, part)
        if (level is None) != (there is None) or (level is not None and level != there):
            found.weights.append(f"{pair}: {part} is {level!r} here, {there} in the table")


def same_veto(here: tuple[Veto, ...], there: Veto | None) -> bool:
    """The one veto that the table keeps means what all of those found here mean.

    It is one of them, and tells as they do whether persons contradict each other, and whether
    their company could answer.
    """
    if there is None or not here:
        return there is None and not here
    if there not in here or (there in BARS) == BARS.isdisjoint(here):
        return False
    hard = BARS - COMPANY_ANSWERS
    answered = COMPANY_ANSWERS.issuperset
    return (there in hard) != hard.isdisjoint(here) and answered({there}) == answered(here)


if __name__ == "__main__":
    main()
