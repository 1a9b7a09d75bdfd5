"""Rows of a family picture."""

from datetime import date

from sightline.rules.families.derived import Together, abuse
from sightline.rules.families.generations import generations
from sightline.rules.families.ties import Statement, ties_of

GRAN, MUM, DAD, KID, BABY, AUNT = range(1, 7)


def rows(people, *said, children=frozenset({KID, BABY}), incidents=()):
    ties = ties_of(Statement(a, b, kind, date(2026, 1, 1), "N") for a, kind, b in said)
    return generations(people, [*ties, *abuse(incidents)], children)


def test_parents_stand_above_children_and_couples_beside_each_other():
    found = rows([KID, MUM, DAD, GRAN], (MUM, "mother", KID), (MUM, "partner", DAD),
                 (GRAN, "mother", MUM))  # fmt: skip
    assert found == {GRAN: 0, MUM: 1, DAD: 1, KID: 2}


def test_a_grandparent_stands_two_rows_up_and_no_row_is_empty():
    assert rows([KID, GRAN], (GRAN, "gran", KID)) == {GRAN: 0, KID: 1}
    assert rows([KID, GRAN, AUNT], (GRAN, "gran", KID), (AUNT, "aunt", KID))[AUNT] == 1


def test_without_a_tie_adults_stand_above_children():
    assert rows([KID, MUM, BABY]) == {MUM: 0, KID: 1, BABY: 1}
    assert rows([MUM, KID]) == {MUM: 0, KID: 1}


def test_a_perpetrator_stands_beside_the_victim_whatever_else_is_unknown():
    incident = Together(1, date(2026, 1, 1), "N", frozenset({DAD}), frozenset({MUM}))
    found = rows([GRAN, MUM, KID, DAD], (GRAN, "mother", MUM), (MUM, "mother", KID),
                 incidents=[incident])  # fmt: skip
    assert found[DAD] == found[MUM] == 1


def test_a_child_named_as_perpetrator_towards_a_parent_stays_below():
    incident = Together(1, date(2026, 1, 1), "N", frozenset({KID}), frozenset({MUM}))
    found = rows([MUM, KID], (MUM, "mother", KID), incidents=[incident])
    assert found == {MUM: 0, KID: 1}


def test_ties_that_contradict_each_other_still_give_rows():
    found = rows([KID, MUM], (MUM, "parent", KID), (KID, "parent", MUM))
    assert sorted(found.values()) == [0, 1]
