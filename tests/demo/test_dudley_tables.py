"""The history counts to the published tables, at full size and, to its own, at a reduced one."""

import csv
import io
from fractions import Fraction

import pytest

from sightline.demo.dudley import REDUCED, build, expected_csv, write
from tests.demo import dudley_counts as counts

REDUCED_SEEDS = range(2, 8)


class Counted:
    """A history and what its files hold."""

    def __init__(self, history, folder):
        self.history = history
        files = write(history, folder)
        self.people = counts.read(files.notifications)
        self.decisions = counts.read(files.decisions)
        self.events = counts.read(files.social_care)

    def expected(self, table):
        return list(self.history.expected[table].rows)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return Counted(build(1), tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="module", params=REDUCED_SEEDS)
def reduced(request, tmp_path_factory):
    return Counted(build(request.param, REDUCED), tmp_path_factory.mktemp("reduced"))


def published(table):
    return [tuple(row) for row in csv.reader(io.StringIO(expected_csv(table)))][1:]


def test_children_by_notifications_are_as_published(full):
    found = counts.table1(full.people)
    assert found == published(1)
    assert found[-1] == ("total", "7398", "11839")


def test_households_by_notifications_are_as_published(full):
    found = counts.table2(full.people)
    assert found == published(2)
    assert found[-1] == ("total", "4220", "6684")


@pytest.mark.parametrize(
    "band", [counts.by_calendar, counts.by_thirty_days, counts.by_average_month]
)
def test_time_since_previous_is_as_published_however_months_are_counted(full, band):
    found = counts.table3(full.people, band)
    assert found == published(3)
    assert found[-1] == ("Grand Total", "4441", "100.0")


def test_outcomes_by_scale_are_as_published_but_for_the_row_that_no_counts_give(full):
    found = counts.table4(full.decisions)
    impossible = ("January 2012 - March 2012", "44.4", "27.5", "26.7", "1.7")
    nearest = ("January 2012 - March 2012", "44.3", "27.4", "26.7", "1.7")
    assert impossible in published(4)
    assert found == [nearest if row == impossible else row for row in published(4)]


def test_the_one_row_that_differs_is_explained(full):
    [sentence] = full.history.differences
    assert "January 2012 - March 2012" in sentence
    assert "44.4 / 27.5 / 26.7 / 1.7" in sentence
    assert "44.3 / 27.4 / 26.7 / 1.7" in sentence
    assert "add up to 100.3" in sentence


def test_what_followed_the_contacts_of_each_year_is_as_published(full):
    found = counts.table5(full.people, full.events)
    assert found == published(5)
    assert found[0][:4] == ("2009-10", "2915", "195", "6.7")


def test_the_full_history_expects_the_published_tables(full):
    for table in (1, 2, 3, 5):
        assert full.history.expected[table].csv() == expected_csv(table)
    assert counts.table4(full.decisions) == full.expected(4)


def test_recorded_outcomes_are_a_large_part_of_the_contacts_of_their_period(full):
    contacts = [counts.notified_on(row).isoformat() for row in counts.children(full.people)]
    for starts, ends in counts.PERIODS.values():
        recorded = sum(starts <= row["decided_on"] <= ends for row in full.decisions)
        came = sum(starts <= day <= ends for day in contacts)
        assert 0.6 * came < recorded < came


def test_the_samples_behind_table_4_are_the_decisions_of_each_period(full):
    for sample in full.history.samples:
        starts, ends = sample.published.starts.isoformat(), sample.published.ends.isoformat()
        within = [r["scale"] for r in full.decisions if starts <= r["decided_on"] <= ends]
        assert sample.counts == tuple(within.count(scale) for scale in "1234")


def test_a_reduced_history_counts_to_its_own_tables(reduced):
    assert counts.table1(reduced.people) == reduced.expected(1)
    assert counts.table2(reduced.people) == reduced.expected(2)
    assert counts.table3(reduced.people, counts.by_calendar) == reduced.expected(3)
    assert counts.table4(reduced.decisions) == reduced.expected(4)
    assert counts.table5(reduced.people, reduced.events) == reduced.expected(5)


def test_a_reduced_history_has_about_three_hundred_child_notifications(reduced):
    assert 270 <= len(counts.children(reduced.people)) <= 330


def test_a_reduced_history_explains_each_row_of_table_4_that_is_not_as_published(reduced):
    found = {row[0]: row for row in counts.table4(reduced.decisions)}
    differing = [row[0] for row in published(4) if found.get(row[0], row) != row]
    assert [sentence.split(": ")[0] for sentence in reduced.history.differences] == [
        f"Table 4, {period}" for period in differing
    ]


@pytest.mark.parametrize("fraction", [Fraction(1, 100), 0.1, Fraction(1, 3)])
def test_any_size_from_a_hundredth_counts_to_its_own_tables(fraction, tmp_path):
    sized = Counted(build(3, fraction), tmp_path)
    assert counts.table1(sized.people) == sized.expected(1)
    assert counts.table2(sized.people) == sized.expected(2)
    assert counts.table3(sized.people, counts.by_calendar) == sized.expected(3)
    assert counts.table4(sized.decisions) == sized.expected(4)
    assert counts.table5(sized.people, sized.events) == sized.expected(5)


@pytest.mark.parametrize("fraction", [0, -1, 1.5, Fraction(1, 101)])
def test_a_fraction_out_of_range_is_refused(fraction):
    with pytest.raises(ValueError, match="a fraction from 1/100 to 1"):
        build(1, fraction)
