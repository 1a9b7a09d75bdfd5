"""An unborn child is known again by mother and expected date, never by a name: tables to check."""

from datetime import date

import pytest

from sightline.rules.linkage.unborn import NOT_SAID, Unborn, same_unborn

MARIA, IVY = 1, 2
MARCH, LATE_MARCH, MAY = date(2027, 3, 10), date(2027, 3, 31), date(2027, 5, 1)


def unborn(mother, due=None, *, source=1, incident=7, corrected=False, position=0):
    number = source * 10 + position
    return Unborn(
        mention=number, person=100 + number, mother=mother, due=due, source=source,
        incident=incident, corrected=corrected, position=position,
    )  # fmt: skip


def old(mother, due=None, **more):
    return unborn(mother, due, **{"corrected": True} | more)


def new(mother, due=None, **more):
    return unborn(mother, due, **{"source": 2} | more)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (old(MARIA), new(MARIA), True),
        (old(MARIA, MARCH), new(MARIA), True),
        (old(MARIA, MARCH), new(MARIA, LATE_MARCH), True),  # 21 days: the same pregnancy
        (old(MARIA, MARCH), new(MARIA, MAY), False),
        (old(MARIA), new(IVY), False),
        (old(NOT_SAID), new(NOT_SAID), True),  # one version corrects the other
        (old(NOT_SAID), new(MARIA), True),
        (old(NOT_SAID, MARCH), new(NOT_SAID, MAY), False),
        (old(NOT_SAID, corrected=False), new(NOT_SAID), False),  # two that hold, of nobody said
        (old(NOT_SAID, MARCH, incident=5), new(NOT_SAID, MARCH), False),
        (old(MARIA, incident=5, corrected=False), new(MARIA), False),  # another time, no date
        (old(MARIA, MARCH, incident=5, corrected=False), new(MARIA, LATE_MARCH), True),
        (old(MARIA, MARCH, incident=None), new(MARIA, MARCH, incident=None), True),
    ],
)
def test_who_is_the_same_unborn_child(before, after, same):
    assert bool(same_unborn([after], [before])) is same


def test_twins_are_two_and_each_is_one_of_them():
    before = [old(MARIA, MARCH), old(MARIA, MARCH, position=1)]
    after = [new(MARIA, MARCH), new(MARIA, MARCH, position=1)]
    assert same_unborn(after, before) == {20: 110, 21: 111}
    assert same_unborn(after[:1], before) == {}  # one of two: nobody can say which
    assert same_unborn(after, before[:1]) == {}  # two where one was: a human says
    joined = [before[0], Unborn(**vars(before[1]) | {"person": before[0].person})]
    assert same_unborn(after, joined) == {}
    assert same_unborn([new(NOT_SAID), new(NOT_SAID, position=1)], before) == {}


def test_the_unborn_children_of_two_women_are_not_mixed():
    before = [old(MARIA), old(IVY, position=1)]
    after = [new(IVY), new(MARIA, position=1)]
    assert same_unborn(after, before) == {20: 111, 21: 110}


def test_the_newest_source_that_fits_is_taken():
    first, second = old(MARIA), old(MARIA, source=2)
    assert same_unborn([new(MARIA, source=3)], [first, second]) == {30: second.person}
