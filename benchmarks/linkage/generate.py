"""Write a world of mentions with its truth: the input and the answers of every other script here.

    python -m benchmarks.linkage.generate --mentions 1000000 --seed 7 --profile usual --out DIR

`mentions.parquet` (or .csv with `--csv`) has the columns of `sightline link`; `truth.parquet` says
who each mention is. The same arguments give the same files. Rows are in the order of the
notifications' dates, so that nothing but the mentions themselves says who belongs together.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.linkage.people import Person
from benchmarks.linkage.profiles import PROFILES
from benchmarks.linkage.world import Incident, World
from benchmarks.linkage.writing import FIELDS, Pen, iso
from benchmarks.linkage.writing_names import UNKNOWN

MENTION_COLUMNS = ("mention_id", "notification_id", *FIELDS, "notified_on")
TRUTH_COLUMNS = (
    "person_id", "tradition", "age_band", "completeness", "kind", "family_id", "twin_of",
    "true_name", "born", "true_postcode", "unborn",
)  # fmt: skip
TOLD = ("given_name", "surname", "dob", "postcode")  # what makes a mention complete
AGE_BANDS = ((5, "0-4"), (11, "5-10"), (18, "11-17"), (30, "18-29"), (50, "30-49"))
CHUNK = 20_000
_TEXT = {"person_id": pa.int64(), "family_id": pa.int64(), "twin_of": pa.int64(),
         "unborn": pa.bool_(), "notification": pa.int64()}  # fmt: skip


def generate(mentions: int, seed: int, profile: str) -> tuple[pa.Table, pa.Table]:
    """Return the mentions and their truth, `mentions` rows each."""
    columns = ("notification", *FIELDS, "notified_on", *TRUTH_COLUMNS)
    schema = pa.schema([(name, _TEXT.get(name, pa.string())) for name in columns])
    chunks = _chunks(_rows(mentions, seed, profile), mentions, schema)
    together = pa.Table.from_batches(chunks, schema)
    del chunks
    return _by_date(together, seed)


def _rows(mentions: int, seed: int, profile: str) -> Iterator[tuple[Any, ...]]:
    world = World(PROFILES[profile], seed, mentions)
    pen = Pen(PROFILES[profile], Random(seed + 1))
    for number, incident in enumerate(world.incidents()):
        notified = iso(incident.day)
        for who, row in zip(incident.people, pen.notification(incident), strict=True):
            yield number, *row, notified, *_truth(who.person, row, incident)


def _truth(person: Person, row: tuple[str | None, ...], incident: Incident) -> tuple[Any, ...]:
    home = person.home or incident.family.home
    return (
        person.id, person.tradition.name, _age_band(person.age(incident.day)), _completeness(row),
        person.kind, incident.family.id, person.twin_of, person.name_at_birth, iso(person.born),
        home.postcode, person.born > incident.day,
    )  # fmt: skip


def _age_band(age: float) -> str:
    return next((band for below, band in AGE_BANDS if age < below), "50+")


def _completeness(row: tuple[str | None, ...]) -> str:
    missing = sum(row[FIELDS.index(name)] in (None, *UNKNOWN) for name in TOLD)
    return ("full", "one missing")[missing] if missing < 2 else "two or more missing"


def _chunks(
    rows: Iterator[tuple[Any, ...]], wanted: int, schema: pa.Schema
) -> list[pa.RecordBatch]:
    """Gather rows into Arrow batches, which are a tenth of the size of Python's."""
    batches, left = [], wanted
    while left:
        part = [next(rows) for _ in range(min(CHUNK, left))]
        left -= len(part)
        arrays = [
            pa.array(*pair) for pair in zip(zip(*part, strict=True), schema.types, strict=True)
        ]
        batches.append(pa.record_batch(arrays, schema=schema))
    return batches


def _by_date(together: pa.Table, seed: int) -> tuple[pa.Table, pa.Table]:
    """Sort by date and number anew: neither order nor numbers tell families apart."""
    import numpy as np

    days = together["notified_on"].to_numpy()
    notification = together["notification"].to_numpy()
    shuffled = np.random.default_rng(seed).permutation(int(notification[-1]) + 1)[notification]
    order = np.lexsort((shuffled, days.astype(str)))
    ordered = together.take(pa.array(order))
    changes = np.diff(shuffled[order], prepend=-1) != 0
    numbers = np.cumsum(changes)
    mention_ids = pa.array([f"M{at:08d}" for at in range(1, len(order) + 1)])
    notification_ids = pa.array([f"N{at:08d}" for at in numbers])
    mentions = pa.table([mention_ids, notification_ids, *ordered.select([*FIELDS, "notified_on"])],
                        names=MENTION_COLUMNS)  # fmt: skip
    truth = ordered.select(list(TRUTH_COLUMNS)).add_column(0, "mention_id", mention_ids)
    return mentions, truth


def write(mentions: int, seed: int, profile: str, out: Path, *, csv: bool = False) -> None:
    """Write both tables into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    table, truth = generate(mentions, seed, profile)
    if csv:
        pyarrow.csv.write_csv(table, out / "mentions.csv")
    else:
        pq.write_table(table, out / "mentions.parquet")
    pq.write_table(truth, out / "truth.parquet")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write invented mentions with their truth.")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--profile", choices=PROFILES, default="usual")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--csv", action="store_true", help="write mentions.csv, not .parquet")
    asked = parser.parse_args()
    write(asked.mentions, asked.seed, asked.profile, asked.out, csv=asked.csv)


if __name__ == "__main__":
    main()
