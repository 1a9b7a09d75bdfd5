"""Table 3: after how long the same child was notified again; the query bands as the rule does."""

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from django.db import connection

from sightline.insight.engine.dialects import translated
from sightline.insight.facts.steps import BAND
from sightline.rules.repeats import BANDS, band
from tests.world import DANIEL, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

# The fact's own expression, over pairs of days in the place of contacts.
BANDED = f"select previous, day, {BAND}"


@pytest.fixture(scope="module")
def pairs():
    """Two leap days, every end of a month, and each limit with the days around it."""
    starts = [date(2011, 12, 20) + timedelta(days=n) for n in range(100)]
    starts += [date(2010, 8, 25) + timedelta(days=n) for n in range(10)]
    gaps = {limit + n for limit in (0, 7, 14, 30, 91, 182, 365, 730) for n in range(-4, 5)}
    return [(start, start + timedelta(days=gap)) for start in starts for gap in gaps if gap >= 0]


def found(table):
    """The bands that are not empty, and the total."""
    return {words: (repeats, percent) for words, repeats, percent in table if repeats}


def test_every_band_has_its_row_and_a_share_of_nothing_is_empty(world, rows):
    assert rows(3) == [*((each.words, 0, None) for each in BANDS), ("Grand Total", 0, None)]


def test_the_first_notification_of_a_child_is_no_repeat(world, rows):
    world.notify(notification())
    assert found(rows(3)) == {}


def test_a_repeat_is_banded_by_the_previous_notification_of_the_same_child(world, rows):
    world.earlier(400, "NM-0", MARIA, DANIEL, LEILA)
    world.earlier(100, "NM-1", MARIA, DANIEL, SAM)  # of Leila's brother, so no repeat of hers
    world.earlier(10, "NM-2", MARIA, DANIEL, LEILA, SAM)
    world.earlier(5, "NM-3", MARIA, DANIEL, LEILA)
    assert found(rows(3)) == {
        "1 year to 2 years": (1, Decimal("33.3")),  # Leila after 390 days
        "1 month to 3 months": (1, Decimal("33.3")),  # Sam after 90 days, from 12 August
        "Less than 1 week": (1, Decimal("33.3")),
        "Grand Total": (3, Decimal("100.0")),
    }


def test_a_correction_is_no_repeat(world, rows):
    world.notify(notification("NM-1"))
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA, version=2))
    assert found(rows(3)) == {}


def test_two_on_one_day_are_less_than_a_week_apart(world, rows):
    world.earlier(3, "NM-0", MARIA, LEILA)
    world.earlier(3, "NM-1", MARIA, LEILA)
    assert found(rows(3))["Less than 1 week"] == (1, Decimal("100.0"))


def test_a_repeat_within_the_period_looks_back_beyond_it(world, rows):
    world.earlier(400, "NM-0", MARIA, LEILA)
    world.earlier(200, "NM-1", MARIA, LEILA)
    world.earlier(10, "NM-2", MARIA, LEILA)
    assert found(rows(3, "2026-11-01", "2026-11-30")) == {
        "6 months to 1 year": (1, Decimal("100.0")),
        "Grand Total": (1, Decimal("100.0")),
    }
    assert found(rows(3, None, "2026-05-31"))["Grand Total"][0] == 1


def banded_by_postgres(pairs):
    asked = {"previous": [p for p, _ in pairs], "days": [d for _, d in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(f"{BANDED} from unnest(%(previous)s::date[], %(days)s::date[])"
                       " as pair (previous, day)", asked)  # fmt: skip
        return cursor.fetchall()


def banded_by_duckdb(pairs):
    with duckdb.connect() as database:
        database.register("pair", pa.table({"previous": [p for p, _ in pairs],
                                            "day": [d for _, d in pairs]}))  # fmt: skip
        return database.execute(translated(f"{BANDED} from pair", "duckdb")[0]).fetchall()


def check_bands(found, pairs):
    banded = {(previous, day): BANDS[place] for previous, day, place in found}
    assert banded == {pair: band(*pair) for pair in pairs}
    assert set(banded.values()) == set(BANDS)


@pytest.mark.parametrize("banded_by", [banded_by_postgres, banded_by_duckdb])
def test_every_engine_bands_every_pair_of_days_as_the_rule_does(db, pairs, banded_by):
    check_bands(banded_by(pairs), pairs)


def test_spark_bands_every_pair_of_days_as_the_rule_does(pairs, spark):
    spark.createDataFrame(pairs, "previous date, day date").createOrReplaceTempView("pair")
    found = spark.sql(translated(f"{BANDED} from pair", "spark")[0]).collect()
    check_bands(map(tuple, found), pairs)
