"""Percentages, checked against every one that Dudley printed with its counts."""

import pickle
from decimal import Decimal

import pytest

from sightline.rules.rounding import percent

# Table 3: time since the previous notification, of 4,441 repeats.
TABLE_3 = [
    (103, "2.3"), (249, "5.6"), (344, "7.7"), (1035, "23.3"),
    (730, "16.4"), (876, "19.7"), (827, "18.6"), (277, "6.2"), (4441, "100.0"),
]  # fmt: skip

# Table 5: what became of a year's contacts.
TABLE_5 = [
    (195, 2915, "6.7"), (34, 2915, "1.2"), (26, 2915, "0.9"), (15, 2915, "0.5"),
    (153, 2970, "5.2"), (24, 2970, "0.8"), (14, 2970, "0.5"), (10, 2970, "0.3"),
    (109, 2606, "4.2"), (14, 2606, "0.5"), (10, 2606, "0.4"), (5, 2606, "0.2"),
]  # fmt: skip


@pytest.mark.parametrize(("repeats", "printed"), TABLE_3)
def test_table_3_comes_out_as_printed(repeats, printed):
    assert str(percent(repeats, 4441)) == printed


@pytest.mark.parametrize(("part", "contacts", "printed"), TABLE_5)
def test_table_5_comes_out_as_printed(part, contacts, printed):
    assert str(percent(part, contacts)) == printed


def test_the_figures_of_the_text_come_out_as_printed():
    assert percent(5023, 7398, places=0) == 68  # children notified once
    assert percent(2970 - 2606, 2970, places=0) == 12  # the fall in contacts
    assert percent(1035 + 730 + 876 + 827, 4441, places=0) == 78  # between 1 month and 2 years


def test_a_half_is_rounded_up():
    assert percent(9, 400) == Decimal("2.3")  # 2.25
    assert percent(1, 800, places=2) == Decimal("0.13")  # 0.125
    assert percent(1, 200, places=0) == 1  # 0.5


def test_of_nothing_there_is_no_percentage():
    assert percent(0, 0) is None
    assert percent(0, 7) == Decimal("0.0")


def test_a_share_out_of_a_cache_still_knows_what_it_is_worked_out_of():
    share = pickle.loads(pickle.dumps(percent(3, 40)))  # noqa: S301 - our own
    assert (share, share.part, share.whole) == (Decimal("7.5"), 3, 40)
