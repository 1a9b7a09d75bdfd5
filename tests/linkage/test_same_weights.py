"""One model, two executors: a whole table and one pair at a time give the same answer."""

from itertools import combinations

import pytest

from benchmarks.linkage.same_weights import beside_each_other
from sightline.linkage import training
from sightline.rules.linkage.model import shipped
from tests.linkage.tables import odd_rows, region, standardised

PAIRS = 20_000


def _hold(found, at_least):
    assert found.pairs >= at_least
    assert found.weights == []
    assert found.vetoes == []
    assert found.largest <= 1e-9


@pytest.mark.parametrize("profile", ["usual", "city"])
def test_pairs_of_an_invented_region_weigh_the_same(tmp_path, profile):
    con = region(tmp_path, 4_000, profile)
    _hold(beside_each_other(con, training.adapt(con, shipped()), PAIRS), 3_000)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_does_whatever_may_be_written(tmp_path, seed):
    con = standardised(tmp_path, odd_rows(150, seed))
    every = [(a, b) for a, b in combinations(range(150), 2) if a // 3 != b // 3]
    _hold(beside_each_other(con, shipped(), PAIRS, among=every), len(every))
