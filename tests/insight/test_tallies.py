"""What only counts rows is asked of how many there are; many counts read a fact once."""

from datetime import timedelta

import pytest

from sightline.insight.catalogue import BY_ID
from sightline.insight.engine.copied import Copied
from sightline.insight.engine.live import Live
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.engine.tallied import over_counts
from sightline.insight.facts.contact import CONTACT
from sightline.insight.periods import Period
from tests.insight.engines import snapshot
from tests.world import LEILA, MARIA, SAM

TABLES = [f"s0.table{number}" for number in range(1, 6)]


@pytest.mark.django_db
def test_the_five_tables_read_no_row(world, tmp_path):
    world.earlier(40, "NM-1", MARIA, LEILA, SAM)
    world.earlier(20, "NM-2", MARIA, LEILA)
    held = snapshot(tmp_path, world.now + timedelta(minutes=1))
    counted = {table: BY_ID[table].rows(Period(), held) for table in TABLES}
    for part in held.manifest.parts:
        if "/rows/" in part.file:
            (tmp_path / part.file).unlink()
    again = Snapshot(tmp_path)
    assert {table: BY_ID[table].rows(Period(), again) for table in TABLES} == counted
    assert counted["s0.table1"] == [(1, 1, 1), (2, 1, 2), ("total", 2, 3)]
    assert counted["s0.table2"][-1] == ("total", 1, 2)


@pytest.mark.django_db
def test_a_fact_is_read_once_however_many_parts_of_it_are_counted(world, django_assert_num_queries):
    world.earlier(40, "NM-1", MARIA, LEILA, SAM)
    copied = Copied(Live())
    with django_assert_num_queries(1):
        everywhere = BY_ID["trend.repeats"].rows(Period(), copied)
        nowhere = BY_ID["trend.repeats"].rows(Period(), copied.narrowed(ward="E05000001"))
        unknown = BY_ID["trend.repeats"].rows(Period(), copied.narrowed(ward=""))
    assert everywhere == unknown == BY_ID["trend.repeats"].rows(Period())
    assert everywhere
    assert not nowhere


@pytest.mark.parametrize(
    "question",
    [
        "select count(*) from contact where ward = 'E05'",
        "select count(distinct nth) from contact",
        "select nth, count(band) from contact group by nth",
        "select max(nth), count(*) from contact",
        "select count(*) from (select nth from contact group by nth) as each_one",
        "select count(*) from contact join contact as other using (day)",
        "select nth, count(*) over (partition by nth) from contact",
        "with some as (select day from contact) select count(*) from some",
        "select nth from contact",
        "select *, count(*) from contact group by all",
    ],
)
def test_what_needs_rows_is_asked_of_the_rows(question):
    assert over_counts(question, CONTACT) is None


def test_what_came_and_ended_is_no_kind_any_more():
    question = "select nth, count(*), count(*) filter (where band > 2) from contact group by nth"
    assert over_counts(question, CONTACT) == (
        "SELECT nth, COALESCE(SUM(times), 0), COALESCE(SUM(times) FILTER(WHERE band > 2), 0) "
        "FROM contact_counts GROUP BY nth HAVING SUM(times) <> 0",
        frozenset(),
    )
