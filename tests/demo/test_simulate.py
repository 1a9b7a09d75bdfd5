"""A synthetic country: the same from the same seed, coming again as Dudley's homes do."""

import duckdb
import pytest

from sightline.cli import main
from sightline.demo.country.simulate import COUNCILS, simulate
from sightline.demo.dudley.published import REPEATS
from sightline.insight.catalogue import BY_ID
from sightline.insight.engine.snapshot import Snapshot
from sightline.insight.periods import Period
from sightline.insight.snapshots.manifest import verify
from sightline.rules.repeats import BANDS, band

A_YEAR, YEARS = 600, 5


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("country")
    return folder, simulate(folder, seed=7, a_year=A_YEAR, years=YEARS)


def digests(manifest):
    return [part.digest for part in manifest.parts]


def asked(folder, query):
    with duckdb.connect() as database:
        for fact in ("notification", "contact"):
            files = f"{folder}/{fact}/rows/*.parquet"
            database.execute(f"create view {fact} as from read_parquet('{files}')")
        database.execute(
            f"create view ended as from read_parquet('{folder}/contact/ends/*.parquet')"
        )
        return database.execute(query).fetchall()


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(country, tmp_path):
    _, first = country
    again, other = (
        simulate(tmp_path / str(seed), seed=seed, a_year=A_YEAR, years=YEARS) for seed in (7, 8)
    )
    assert digests(again) == digests(first)
    assert not set(digests(other)) & set(digests(first))


def test_it_is_as_large_as_it_should_be_and_says_what_it_holds(country):
    folder, manifest = country
    verify(folder, manifest)
    assert manifest.rows("notification") == A_YEAR * YEARS
    assert len(manifest.moments) == 12 * YEARS + 1
    [[councils, wards]] = asked(
        folder, "select count(distinct left(ward, 4)), count(distinct ward) from notification"
    )
    assert councils > COUNCILS * 0.9  # so few notifications leave some small council without any
    assert wards > councils


def test_which_notification_of_a_child_it_is_and_how_long_since_is_what_its_own_rows_say(country):
    folder, _ = country
    rows = asked(folder, """
        select child, day, nth, previous, band from contact
        where row_id not in (select row_id from ended) order by child, nth
    """)  # fmt: skip
    days: dict[int, list] = {}
    for child, day, nth, previous, place in rows:
        before = days.setdefault(child, [])
        before.append(day)
        assert nth == len(before)
        if previous is not None and nth > 1:
            assert previous == before[-2]
        assert (place is None) == (previous is None)
        assert place is None or BANDS[place] == band(previous, day)
    assert max(map(len, days.values())) > 3


def test_children_come_again_after_the_times_that_dudley_published(country):
    folder, _ = country
    *rows, (_, repeats, _) = BY_ID["s0.table3"].rows(Period(), Snapshot(folder))
    wanted = sum(REPEATS.values())
    for (words, _, percent), published in zip(rows, REPEATS.values(), strict=True):
        assert abs(float(percent) - 100 * published / wanted) < 6, words
    assert repeats > A_YEAR * YEARS / 5


def test_the_command_writes_it_once_and_figures_count_it_without_a_database(tmp_path, capsys):
    out = str(tmp_path / "out")
    assert main(["simulate", "--out", out, "--years", "1", "--incidents", "400"]) == 0
    assert "400 notifications" in capsys.readouterr().out
    assert main(["figures", "s0.table1", "--snapshot", out, "--format", "csv"]) == 0
    total = capsys.readouterr().out.splitlines()[-1]
    assert total.startswith("total,")
    assert main(["simulate", "--out", out]) != 0
    assert "is not empty" in capsys.readouterr().err
