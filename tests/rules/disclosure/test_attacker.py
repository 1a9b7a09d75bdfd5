"""An attacker lays side by side all that is published, and finds no small count.

SIGHTLINE_ATTACKS=50 tries fifty boroughs in place of one.
"""

import os
from functools import cache

import pytest

from sightline.rules.disclosure.hiding import small_alone
from tests.rules.disclosure.attacker import known_to_be_small
from tests.rules.disclosure.borough import THRESHOLD, Borough

SEEDS = range(int(os.environ.get("SIGHTLINE_ATTACKS", "1")))


@cache
def published(seed):
    return Borough(seed, kinds=2, wards=4, forces=2, mean=6).published()


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_finds_a_small_count_in_all_tables_of_all_days_and_places_together(seed):
    universe, hidden = published(seed)
    assert known_to_be_small(universe, hidden, THRESHOLD) == []


def test_with_small_counts_alone_hidden_the_same_attacker_finds_them():
    universe, _ = published(0)
    alone = small_alone(universe, THRESHOLD)
    found = known_to_be_small(universe, alone.keys, THRESHOLD)
    assert len(found) > len(universe.small(THRESHOLD)) / 10


def test_not_everything_is_hidden_to_be_safe():
    universe, hidden = published(0)
    large = [k for k, cell in universe.cells.items() if cell.shown and cell.count >= THRESHOLD]
    assert sum(key not in hidden for key in large) > len(large) / 2
