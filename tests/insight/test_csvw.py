"""A figure's CSV is what its metadata say it is, as a reader of others finds (csvw, CLDF)."""

import json
import warnings
from datetime import UTC, datetime

import pytest
from csvw import CSVW

from sightline.insight.catalogue import ALL, BY_ID
from sightline.insight.exports.csvw import metadata
from sightline.insight.periods import Period
from sightline.insight.printing import as_csv
from sightline.insight.reading import Asked, Reading, as_it_is
from sightline.rules.disclosure.showing import HIDDEN
from tests.world import DANIEL, LEILA, MARIA, SAM

AT = datetime(2026, 11, 20, 23, 40, tzinfo=UTC)
TABLE1 = BY_ID["s0.table1"]


def written(reading, folder):
    """Write the two files as they are downloaded, and return the path of the metadata."""
    path = folder / f"{reading.figure.id}.csv-metadata.json"
    csv = folder / f"{reading.figure.id}.csv"
    csv.write_bytes(b"\xef\xbb\xbf" + as_csv(reading.figure, reading.rows).encode())
    path.write_text(json.dumps(metadata(reading)), "utf-8")
    return path


def complaints(path):
    """What is wrong with the metadata, by the vocabulary, and with the CSV, by its metadata."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = CSVW(str(path), validate=True)
        is_valid = found.is_valid
    return [] if is_valid else [str(one.message) for one in [*said, *found.warnings]]


def back(path):
    """The rows as they are read back by the metadata, in the types that those name."""
    [table] = CSVW(str(path)).tables
    return [list(row.values()) for row in table.iterdicts()]


def is_same(found, cell):
    """Whether a cell read back is the one that was written; what there is none of is null."""
    if cell in (None, "", HIDDEN):
        return found is None
    return found == (str(cell) if isinstance(found, str) else cell)


@pytest.mark.django_db
def test_every_figure_is_read_back_in_its_types(world, tmp_path):
    world.earlier(300, "NM-1", MARIA, DANIEL, LEILA, SAM)
    world.earlier(20, "NM-2", MARIA, DANIEL, LEILA, SAM)
    with_rows = 0
    for figure in ALL:
        reading = as_it_is(figure, Asked(Period()), world.now)
        path = written(reading, tmp_path)
        assert complaints(path) == [], figure.id
        for found, row in zip(back(path), reading.rows, strict=True):
            assert all(map(is_same, found, row)), (figure.id, found, row)
        with_rows += bool(reading.rows)
    assert with_rows > 10


def test_hidden_numbers_are_null_and_whole_numbers_stay_whole(tmp_path):
    rows = [["1", HIDDEN, 4], ["2", 7, 14], ["total", None, 18]]
    path = written(Reading(TABLE1, Asked(Period()), AT, rows, 3), tmp_path)
    assert complaints(path) == []
    assert back(path) == [["1", None, 4], ["2", 7, 14], ["total", None, 18]]
    assert [type(row[2]) for row in back(path)] == [int] * 3


def test_a_csv_that_is_not_what_its_metadata_say_is_found(tmp_path):
    rows = [["1", 3, 3], ["total", 3, 3]]
    path = written(Reading(TABLE1, Asked(Period()), AT, rows, 3), tmp_path)
    csv = tmp_path / "s0.table1.csv"
    csv.write_text(csv.read_text("utf-8-sig").replace("total,3", "total,many"), "utf-8")
    assert complaints(path)
