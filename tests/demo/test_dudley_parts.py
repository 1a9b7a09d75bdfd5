"""The exact arithmetic under the history, the calendar it keeps, and that it repeats itself."""

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from sightline.demo.dudley import REDUCED, build, expected_csv, write
from sightline.demo.dudley import published as source
from sightline.demo.dudley.counting import apportion, nearest_counts, tenths, thin
from sightline.demo.dudley.gaps import BANDS, SAFE_DAYS, band_of
from sightline.demo.dudley.working import working_day_after, working_day_from
from tests.demo import dudley_counts as counts

IMPOSSIBLE = (444, 275, 267, 17)


def row_is_possible(row, size):
    """Whether counts adding up to `size` can round, half up, to this row of tenths."""
    fewest = [-(-(2 * cell - 1) * size // 2000) for cell in row]
    most = [-(-(2 * cell + 1) * size // 2000) - 1 for cell in row]
    fits = all(low <= high for low, high in zip(fewest, most, strict=True))
    return fits and sum(fewest) <= size <= sum(most)


def test_the_published_totals_agree_with_each_other():
    notified = sum(size * many for size, many in source.CHILDREN.items())
    assert notified == 11_839 == sum(year.contacts for year in source.CONTACTS)
    assert sum(source.REPEATS.values()) == notified - sum(source.CHILDREN.values()) == 4_441
    assert sum(size * many for size, many in source.HOUSEHOLDS.items()) == 6_684


def test_periods_and_years_join_without_a_gap():
    for rows in (source.CONTACTS, source.SHARES):
        for earlier, later in pairwise(rows):
            assert later.starts - earlier.ends == timedelta(days=1)
    assert (source.CONTACTS[0].starts, source.CONTACTS[-1].ends) == (
        source.FIRST_DAY,
        source.LAST_DAY,
    )


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (1, "6,83,498"),
        (2, "total,4220,6684"),
        (3, "1 month to 3 months,1035,23.3"),
        (4, "January 2012 - March 2012,44.4,27.5,26.7,1.7"),
        (5, "2009-10,2915,195,6.7,34,1.2,26,0.9,15,0.5,15,5"),
        (5, "period,contacts,initial,initial_pct,core,core_pct,s47,s47_pct,icc,icc_pct,cpp,"
            "lac_after_cpp"),
    ],
)  # fmt: skip
def test_expected_csv_prints_the_published_figures(table, line):
    assert line in expected_csv(table).splitlines()


def test_a_table_that_was_not_published_is_refused():
    with pytest.raises(KeyError):
        expected_csv(6)


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [(195, 2915, 67), (1, 2000, 1), (1, 2001, 0), (0, 7, 0), (7, 7, 1000)],
)
def test_shares_round_half_up(count, of, expected):
    assert tenths(count, of) == expected


def test_apportioning_the_sum_gives_the_weights_back():
    assert apportion(source.REPEATS, 4441) == source.REPEATS


def test_apportioning_gives_the_largest_remainder_first():
    assert apportion({"a": 5, "b": 3, "c": 1}, 4) == {"a": 2, "b": 1, "c": 1}


def test_thinning_by_one_keeps_all_and_thinning_by_half_keeps_every_second():
    assert thin(source.CHILDREN, Fraction(1)) == source.CHILDREN
    assert thin({1: 4, 2: 1, 3: 1}, Fraction(1, 2)) == {1: 2, 2: 1, 3: 0}


@pytest.mark.parametrize("shares", [s.tenths for s in source.SHARES if s.tenths != IMPOSSIBLE])
def test_nearest_counts_find_the_exact_row_when_there_is_one(shares):
    found = nearest_counts(shares, range(600, 1000))
    assert tuple(tenths(count, sum(found)) for count in found) == shares


def test_nearest_counts_take_the_largest_sample_that_is_exact():
    row = (554, 196, 242, 8)
    largest = max(size for size in range(300, 700) if row_is_possible(row, size))
    assert sum(nearest_counts(row, range(300, 700))) == largest


def test_no_counts_give_the_row_of_january_to_march_2012():
    assert not any(row_is_possible(IMPOSSIBLE, size) for size in range(1, 5000))


def test_the_nearest_row_is_one_tenth_off_in_two_cells_for_want_of_anything_nearer():
    found = nearest_counts(IMPOSSIBLE, range(500, 800))
    assert tuple(tenths(count, sum(found)) for count in found) == (443, 274, 267, 17)
    one_cell_off = [
        tuple(cell + step * (at == place) for at, cell in enumerate(IMPOSSIBLE))
        for place in range(4)
        for step in (-1, 1)
    ]
    assert not any(row_is_possible(row, size) for row in one_cell_off for size in range(500, 800))


def test_no_sample_size_to_choose_from_is_refused():
    with pytest.raises(ValueError, match="no sample size"):
        nearest_counts((500, 500), [])


@pytest.mark.parametrize("band", BANDS)
def test_days_drawn_for_a_band_are_counted_in_it(band):
    low, high = SAFE_DAYS[band]
    assert band_of(low) == band_of(high) == band


@pytest.mark.parametrize("days", [0, 7, 14, 28, 30, 31, 89, 91, 92, 181, 184, 360, 366, 720, 731])
def test_days_near_a_limit_are_never_used(days):
    assert band_of(days) is None


def test_a_working_day_is_no_weekend_and_no_fixed_holiday():
    assert working_day_from(date(2010, 5, 14)) == date(2010, 5, 14)
    assert working_day_from(date(2010, 5, 15)) == date(2010, 5, 17)
    assert working_day_after(date(2009, 12, 24)) == date(2009, 12, 28)
    assert working_day_after(date(2010, 5, 11), 4) == date(2010, 5, 17)


def digest(folder, seed):
    written = write(build(seed, REDUCED), folder)
    together = b"".join(
        path.read_bytes()
        for path in (written.notifications, written.decisions, written.social_care)
    )
    return hashlib.sha256(together).hexdigest()


def test_a_seed_gives_the_same_files_in_another_process(tmp_path):
    script = (
        "import sys, pathlib; from sightline.demo.dudley import *; "
        "write(build(11, REDUCED), pathlib.Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "other")], check=True, env=environment
    )
    digest(tmp_path / "here", 11)
    for name in ("notifications.csv", "decisions.csv", "social_care.csv"):
        here = (tmp_path / "here" / name).read_bytes()
        assert here == (tmp_path / "other" / name).read_bytes()


def test_another_seed_gives_another_history(tmp_path):
    assert digest(tmp_path / "one", 1) != digest(tmp_path / "two", 2)


def test_the_files_are_utf_8_with_names_of_every_tradition(tmp_path):
    files = write(build(1, Fraction(1, 10)), tmp_path)
    text = files.notifications.read_text(encoding="utf-8")
    assert text.startswith("reference,version,notified_at,started_at,address,postcode,summary,")
    surnames = {row["surname"] for row in counts.read(files.notifications)}
    for expected in ({"Kovács", "Wójcik", "Szabó", "Król", "Tóth"}, {"Hussain", "Khan", "Ahmed"},
                     {"Singh", "Patel", "Gill"}, {"Okafor", "Mensah", "Moyo", "Kamara", "Eze"},
                     {"Campbell", "Francis", "Reid", "Powell"}):  # fmt: skip
        assert surnames & expected
