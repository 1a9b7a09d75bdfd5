"""`sightline link` run on small tables, and what it wrote."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sightline.cli import main
from tests.linkage.tables import COLUMNS, Row, row, write_csv

JAYDEN: dict[str, Any] = {
    "role": "child", "given_name": "Jayden", "surname": "Pemberton", "dob": "2015-05-17",
    "sex": "M", "house_no": "12", "postcode": "DY1 1HF", "phone": "01632 960122",
}  # fmt: skip


def jayden(number: int, notification: int, **changed: Any) -> Row:
    """Jayden Pemberton, with something written differently."""
    return row(number, notification, **{**JAYDEN, **changed})


FAMILY = (
    jayden(0, 1),
    jayden(1, 1, given_name="Kayden"),  # his twin
    jayden(2, 2, phone=""),
    jayden(3, 2, given_name="Kayden"),
    jayden(4, 3, given_name="J"),  # one of them
    row(5, 3, given_name="Fatima", surname="Okafor", dob="1988-03-09", role="victim"),
)


def link(folder: Path, rows: Sequence[Row] = FAMILY, *more: str, columns=COLUMNS, name="in.csv"):
    """Write the rows, link them, and return (persons by mention, pairs)."""
    path = folder / name
    if path.suffix == ".parquet":
        table = [{column: each.get(column) for column in columns} for each in rows]
        pq.write_table(pa.Table.from_pylist(table), path)
    else:
        write_csv(path, rows, columns)
    return link_file(path, *more)


def link_file(path: Path, *more: str):
    """Link a file, and return (persons by mention, pairs)."""
    out, pairs = path.with_name("out.csv"), path.with_name("pairs.csv")
    done = main(["link", "--mentions", str(path), "--out", str(out), "--pairs", str(pairs), *more])
    assert done == 0
    written = read(out)
    assert len({each["mention_id"] for each in written}) == len(written)
    return {each["mention_id"]: each["person_id"] for each in written}, read(pairs)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
