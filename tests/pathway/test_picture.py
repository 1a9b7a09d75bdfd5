"""The geometry of a family picture: nothing overlaps, nobody is lost."""

from itertools import combinations

import pytest

from sightline.pathway.picture.layout import draw
from sightline.pathway.picture.parts import Bond, Card, Frame


def card(number, row, order=""):
    return Card(number, (f"Person {number}",), ("born: not known",), row, order)


def frame(label, *cards, notes=()):
    return Frame(label, cards, notes)


def family(children=3):
    mother, father, gran = card(1, 1, "b"), card(2, 1, "a"), card(3, 0)
    kids = [card(10 + n, 2, f"{n:02}") for n in range(children)]
    frames = [frame("12 Brook Lane", mother, father, *kids), frame("30 Weavers Court", gran)]
    bonds = [Bond(1, kid.id, "", "said", down=True) for kid in kids]
    bonds += [Bond(2, kids[0].id, "father?", "said", down=True), Bond(3, 1, "", "said", down=True)]
    bonds += [Bond(2, 1, "partner", "said"), Bond(2, 1, "perpetrator in 3 incidents", "abuse")]
    return frames, bonds


def overlap(one, other):
    return (
        one.x < other.x + other.width and other.x < one.x + one.width
        and one.y < other.y + other.height and other.y < one.y + one.height
    )  # fmt: skip


@pytest.mark.parametrize("children", [1, 3, 4, 5, 9])
def test_no_two_cards_or_homes_overlap_and_every_card_is_in_its_home(children):
    picture = draw(*family(children))
    assert len(picture.cards) == children + 3
    assert not [pair for pair in combinations(picture.cards, 2) if overlap(*pair)]
    assert not [pair for pair in combinations(picture.frames, 2) if overlap(*pair)]
    for placed in picture.cards:
        home = next(f for f in picture.frames if placed.card in f.frame.cards)
        assert home.x < placed.x
        assert placed.x + placed.width < home.x + home.width
        assert placed.y + placed.height < home.y + home.height <= picture.height


def test_generations_are_rows_and_the_younger_stand_lower():
    cards = {placed.card.id: placed for placed in draw(*family()).cards}
    assert cards[3].y < cards[1].y == cards[2].y < cards[10].y == cards[12].y


def test_a_couple_stands_side_by_side_and_children_from_the_eldest():
    gran, bonds = card(4, 1, "aa"), [Bond(1, 2, "partner", "said")]
    frames = [frame("Home", card(1, 1, "a"), gran, card(2, 1, "z"))]
    order = [p.card.id for p in sorted(draw(frames, bonds).cards, key=lambda p: p.x)]
    assert order in ([1, 2, 4], [2, 1, 4])
    kids = [p for p in draw(*family()).cards if p.card.row == 2]
    assert [p.card.id for p in sorted(kids, key=lambda p: p.x)] == [10, 11, 12]


def test_whatever_binds_two_is_one_line_and_abuse_is_what_it_looks_like():
    (line,) = [line for line in draw(*family()).lines if "partner" in line.words]
    assert line.words == "partner, perpetrator in 3 incidents"
    assert line.style == "abuse"


def test_words_of_lines_do_not_stand_on_each_other():
    lines = [line for line in draw(*family(9)).lines if line.words]
    assert len(lines) > 1
    for one, other in combinations(lines, 2):
        wide = (len(one.words) + len(other.words)) * 3
        assert abs(one.y - other.y) >= 12 or abs(one.x - other.x) > wide


def test_homes_that_find_no_room_are_left_out_and_their_people_counted():
    frames = [frame(f"Home {n}", card(2 * n, 0), card(2 * n + 1, 0)) for n in range(9)]
    picture = draw(frames, [Bond(0, 17, "cousin", "said")])
    assert picture.left_out > 0
    assert len(picture.cards) + picture.left_out == 18
    assert picture.width < 1400
    assert 0 in {placed.card.id for placed in picture.cards}
    assert picture.lines == ()


def test_a_home_is_as_wide_as_its_address():
    (narrow,) = draw([frame("12 Brook Lane", card(1, 0))], []).frames
    (wide,) = draw([frame("Flat 2, The Old Rectory, 14 Mill Street", card(1, 0))], []).frames
    assert wide.width > narrow.width


def test_an_elder_who_stands_below_the_younger_is_no_line_and_no_error():
    frames = [frame("Home", card(1, 1), card(2, 0))]
    assert draw(frames, [Bond(1, 2, "", "said", down=True)]).lines == ()
