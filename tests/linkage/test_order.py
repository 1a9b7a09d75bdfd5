"""Arriving one by one, in any order, comes to what arriving together comes to.

Where nothing keeps two mentions of somebody apart it is so by itself. Where something does, who
came first can matter until those near the newcomer are looked at again, which is right afterwards
(benchmarks/linkage/order.py counts both).
"""

from itertools import combinations

import pytest

from benchmarks.linkage.order import ORDERS, differing, one_by_one, together
from benchmarks.linkage.same_weights import described
from sightline.rules.linkage.compare import compare
from sightline.rules.linkage.model import shipped
from sightline.rules.linkage.vetoes import BARS
from tests.linkage.tables import region


def _all_beside(number, one, other):
    """Whoever hangs together with a mention in either."""
    found, before = {number}, set()
    while found != before:
        before = set(found)
        found = set().union(*(one[n] | other[n] for n in found))
    return found


def _is_contested(numbers, people, sources):
    """Two of these cannot be one person."""
    return any(
        sources[a] == sources[b]
        or not BARS.isdisjoint(compare(people[a], people[b], shipped()).vetoes)
        for a, b in combinations(sorted(numbers), 2)
    )


@pytest.mark.parametrize("seed", range(12))
def test_nobody_differs_whom_nothing_keeps_apart(tmp_path, seed):
    con = region(tmp_path, 60, "usual", seed)
    at_once, people = together(con, shipped()), described(con)
    sources = dict(con.execute("select id, notice from mention").fetchall())
    for order in ORDERS:
        arrived = one_by_one(con, shipped(), order, seed, look_near=False)
        for number in differing(at_once, arrived):
            assert _is_contested(_all_beside(number, at_once, arrived), people, sources)


@pytest.mark.parametrize(("order", "seed"), [("by date", 37), ("shuffled", 39), ("backwards", 57)])
def test_once_those_near_are_looked_at_nobody_differs(tmp_path, order, seed):
    con = region(tmp_path, 60, "usual", seed)
    at_once = together(con, shipped())
    assert differing(at_once, one_by_one(con, shipped(), order, seed, look_near=False))
    assert not differing(at_once, one_by_one(con, shipped(), order, seed))


@pytest.mark.parametrize("seed", [41, 52])
def test_a_lone_mohamed_written_three_times_is_one_boy_in_any_order(tmp_path, seed):
    con = region(tmp_path, 60, "usual", seed)
    at_once = together(con, shipped())
    assert not any(
        differing(at_once, one_by_one(con, shipped(), order, seed))
        for order in ("by date", "shuffled")
    )


def test_one_by_one_nobody_is_two_people_in_one_notification(tmp_path):
    con = region(tmp_path, 300, "city", 4)
    sources = dict(con.execute("select id, notice from mention").fetchall())
    for persons in (together(con, shipped()), one_by_one(con, shipped(), "shuffled", 4)):
        assert all(len({sources[n] for n in mine}) == len(mine) for mine in persons.values())
