"""Small tables of mentions, made by the tests themselves."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from duckdb import DuckDBPyConnection

from benchmarks.linkage.generate import write
from benchmarks.linkage.same_weights import open_table

COLUMNS = (
    "mention_id", "notification_id", "role", "given_name", "middle_name", "surname", "dob", "sex",
    "house_no", "street", "postcode", "phone", "nhs_number", "upn", "notified_on", "police_id",
)  # fmt: skip
Row = Mapping[str, Any]

# Whatever officers write: names of many traditions and scripts, dates and numbers right and wrong.
ODD: dict[str, tuple[str, ...]] = {
    "role": ("", "child", "Child ", "victim", "perpetrator", "unborn child", "other"),
    "given_name": (
        "", "Jayden", "JAYDN", "Kayden", "Mohammed", "Muhammad", "Mohammed Ali", "Md Ali",
        "Mhammed", "Ali", "J", "A", "Hassan", "Hussain", "Anna Maria", "Annamaria", "Anna Sofia",
        "Bill", "William", "Zaviyar", "Zaviyan", "Wang", "Li Wang", "O'Shea", "Baby Boy", "unborn",
        "Łukasz", "Шевченко", "محمد", "张伟", "Mr John", "Ng", "Bb", "B", "Jo-Ann", "Xiao Ming",
        "N/K", "Syed", "Jaiden", "Pemberton", "Abdul Ali", "Abdi", "Abdirahman", "Ghulam Ali",
    ),
    "middle_name": ("", "", "", "Kofi", "K", "Jayden", "Ali", "T", "Maria", "Luke James"),
    "surname": (
        "", "Pemberton", "Pembertn", "Pemberton-Ali", "Ali", "Khan", "Jayden", "Kowalska",
        "Kowalski", "Wang", "van der Berg", "Berg", "O'Brien", "OBrien", "McDonald", "Mac Donald",
        "Smith", "Smyth", "Smith-Jones", "Jones Smith", "N/K", "Шевченко", "Ng", "Oo", "Lee",
    ),
    "dob": (
        "", "2015-05-07", "2015-07-05", "2015-05-08", "2015-01-01", "2015-01-01", "2016-01-01",
        "1978-03-09", "1987-03-09", "17/05/2015", "2051-05-07", "not known", "1985-05-07",
        "2015-05-17", "1975-05-17", "1995-05-17", "2000-02-29", "0015-05-07",
    ),
    "sex": ("", "M", "F", "female", "u", "m"),
    "house_no": ("", "12", "14", "Flat 3, 12A", "flat 3 12a", "The Lodge"),
    "street": ("", "High Street", "High St.", "Mill Ln"),
    "postcode": ("", "DY1 1HF", "dy11hf", "DY1 1AA", "LE2 1AA", "ZZ99 3VZ", "Dudley", "75001"),
    "phone": ("", "07700 900123", "+44 7700 900123", "01632 960122", "00000", "07700900456"),
    "nhs_number": ("", "", "9990000018", "999 000 0026", "9990000019"),
    "upn": ("", "", "K332123420001", "A33212342000A", "A332123420001"),
    "police_id": ("", "", "77/A 1", "77a1", "12", "771234A", "77/1243A", "771234B"),
}  # fmt: skip


def row(number: int, notification: int, **written: Any) -> Row:
    """A mention as a row of a file."""
    ids = {"mention_id": f"m{number:05}", "notification_id": f"n{notification:05}"}
    return {**ids, **written}


def odd_rows(many: int, seed: int) -> list[Row]:
    """Mentions in which anything may stand beside anything, three to a notification."""
    rng = Random(seed)
    return [
        row(n, n // 3, **{column: rng.choice(values) for column, values in ODD.items()})
        for n in range(many)
    ]


def write_csv(path: Path, rows: Sequence[Row], columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def standardised(folder: Path, rows: Sequence[Row]) -> DuckDBPyConnection:
    """The rows read from a file and standardised, as `sightline link` does."""
    return open_table(write_csv(folder / "mentions.csv", rows))


def region(folder: Path, mentions: int, profile: str, seed: int = 5) -> DuckDBPyConnection:
    """A small invented region, standardised."""
    write(mentions, seed, profile, folder)
    return open_table(folder / "mentions.parquet")
