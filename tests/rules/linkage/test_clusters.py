"""Persons grow from pairs, strongest first, and what keeps two apart keeps their persons apart."""

from itertools import combinations, permutations

import pytest

from sightline.rules.linkage.clusters import Clusters, Pair


def agree(_a, _b):
    return False


def persons(clusters):
    """Who is together, as sets of mentions."""
    return {frozenset(clusters.members(clusters.of(n))) for n in range(clusters.size)}


def grown(sources, pairs, contradict=agree, apart=None):
    clusters = Clusters(sources, apart)
    clusters.grow([Pair(a, b, weight, (a, b)) for a, b, weight in pairs], contradict)
    return persons(clusters)


def test_pairs_make_persons():
    assert grown([1, 2, 3, 4], [(0, 1, 30), (1, 2, 25)]) == {frozenset({0, 1, 2}), frozenset({3})}


def test_nobody_is_two_people_in_one_source_and_the_stronger_pair_wins():
    pairs = [(0, 2, 25), (1, 2, 30)]
    assert grown([1, 1, 2], pairs) == {frozenset({0}), frozenset({1, 2})}


def test_not_even_through_a_third_record():
    """0 and 3 are of one source; 0 is 1, 1 is 2, and 2 would be 3."""
    pairs = [(0, 1, 30), (1, 2, 29), (2, 3, 28)]
    assert grown([1, 2, 3, 1], pairs) == {frozenset({0, 1, 2}), frozenset({3})}


@pytest.mark.parametrize("said", [{0: {3}}, {0: {3}, 3: {0}}])
def test_a_humans_not_the_same_binds_through_a_third_record(said):
    pairs = [(0, 1, 30), (1, 2, 29), (2, 3, 28)]
    for order in permutations(pairs):
        found = grown([1, 2, 3, 4], order, apart={**said, 3: {0}})
        assert found == {frozenset({0, 1, 2}), frozenset({3})}


def test_a_contradiction_binds_through_a_third_record():
    def contradict(a, b):
        return {a, b} == {0, 2}

    assert grown([1, 2, 3], [(0, 1, 30), (1, 2, 29)], contradict) == {
        frozenset({0, 1}),
        frozenset({2}),
    }


def test_what_is_known_to_be_one_person_moves_as_one():
    clusters = Clusters([1, 2, 3, 4])
    clusters.put_together([2, 3])
    clusters.grow([Pair(0, 3, 30), Pair(1, 0, 20)], agree)
    assert persons(clusters) == {frozenset({0, 1, 2, 3})}
    assert clusters.sources(0) == {1, 2, 3, 4}


def test_of_equal_pairs_what_was_written_decides_and_not_when_it_came():
    pairs = [Pair(0, 2, 30, ("b",)), Pair(1, 2, 30, ("a",))]
    for order in permutations(pairs):
        clusters = Clusters([1, 1, 2])
        clusters.grow(order, agree)
        assert persons(clusters) == {frozenset({0}), frozenset({1, 2})}


def test_with_nothing_in_the_way_persons_are_what_hangs_together():
    pairs = [(a, b, 30) for a, b in combinations(range(5), 2)]
    assert grown(range(5), pairs) == {frozenset(range(5))}
