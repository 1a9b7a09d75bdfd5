"""Two figures of the same records, one with a column more: an attacker has the tables of both.

Repeats, and those of them within a year; the shorter table leaves the first out.
"""

from functools import cache

import numpy as np
import pytest

from sightline.rules.disclosure.beside import Beside, Same
from sightline.rules.disclosure.settling import settle
from sightline.rules.disclosure.tables import EVERYWHERE, Laid, Shape, key_of, universe_of
from sightline.rules.rounding import percent
from tests.rules.disclosure.attacker import known_to_be_small
from tests.rules.disclosure.borough import DAYS, SPANS, THRESHOLD, join

SHORT = Shape(labels=frozenset({0}), parts=((2, 1),))
LONG = Shape(labels=frozenset({0}), parts=((2, 1), (3, 2)))
PLACES = 8
IN_BOTH = ((1, 1), (2, 3))  # the columns of the short table, and where they stand in the long one


@cache
def counts():
    chance = np.random.default_rng(1)
    many = chance.poisson(15 * chance.exponential(1, PLACES)[:, None], (PLACES, 12))
    repeats = chance.binomial(many, 0.45)
    return many, repeats, chance.binomial(repeats, 0.93)


def tables(*columns, divided):
    return [
        Laid(when, place, max(months), [("", *(_of(each, place, months) for each in columns))])
        for when, months in DAYS.items() if not (divided and len(months) == 1)
        for place in [EVERYWHERE, *(f"{n}" for n in range(PLACES) if divided)]
    ]  # fmt: skip


def _of(each, place, months):
    kept = each[:, [month - 1 for month in months]].sum(axis=1)
    return int(kept.sum() if place == EVERYWHERE else kept[int(place)])


def same(short, long, *, divided):
    return tuple(
        Same(key_of(one, ("",), a), one.rows[0][a], one.step, (key_of(two, ("",), b),))
        for one, two in zip(short, long, strict=True) if not (divided and one.place == EVERYWHERE)
        for a, b in IN_BOTH
    )  # fmt: skip


def known(*, tied):
    """What the attacker finds in the long tables, who reads in the short ones what they show."""
    many, repeats, lately = counts()
    universe, hidden, margins = None, set(), (None, None)
    for divided in (False, True):
        short = tables(many, lately, divided=divided)
        long = tables(many, repeats, lately, divided=divided)
        both = same(short, long, divided=divided)
        of_short = settle(short, SHORT, SPANS, THRESHOLD, margins[0])
        beside = [Beside(both, of_short)] if tied else []
        of_long = settle(long, LONG, SPANS, THRESHOLD, margins[1], beside)
        hidden |= of_long[12].keys
        hidden -= {each.ours[0] for each in both if each.theirs not in of_short[12].keys}
        margins, laid = (of_short, of_long), universe_of(long, LONG, SPANS)
        universe = join(universe, laid) if universe else laid
    return known_to_be_small(universe, hidden, THRESHOLD), hidden


def test_nobody_finds_a_small_count_in_the_tables_of_two_figures_together():
    found, hidden = known(tied=True)
    assert found == []
    assert hidden


def test_figures_that_are_protected_each_for_itself_give_one_another_away():
    found, _ = known(tied=False)
    assert len(found) > 5


def test_what_the_other_figure_hides_is_hidden_here_too():
    cell = ("year", "", ("",), 1)
    tables_of_one = [Laid("year", EVERYWHERE, 12, [("", 40)])]
    hidden = settle(tables_of_one, Shape(frozenset({0})), {}, THRESHOLD)
    beside = Beside((Same(cell, 40, 12, (cell,)),), {12: type(hidden[12])(frozenset({cell}))})
    assert cell not in hidden[12].keys
    assert (
        cell in settle(tables_of_one, Shape(frozenset({0})), {}, THRESHOLD, None, [beside])[12].keys
    )


@pytest.mark.parametrize(("rows", "found"), [
    ([("a", percent(3, 9), percent(6, 9)), ("b", percent(1, 4), percent(3, 4))], ((1, 2),)),
    ([("a", percent(3, 9), percent(6, 9)), ("b", percent(1, 4), percent(2, 4))], ()),
])  # fmt: skip
def test_shares_that_make_up_their_whole_in_one_row_by_chance_are_not_taken_to(rows, found):
    assert Shape(frozenset({0})).like(rows).wholes == found
