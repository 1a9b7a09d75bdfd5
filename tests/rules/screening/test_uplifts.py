"""What the child's age and needs add."""

from dataclasses import replace

import pytest

from sightline.rules.screening.child import ChildFacts
from tests.rules.screening.cast import TEN, suggestion

UNBORN = replace(TEN, age_in_months=None, unborn=True)


def aged(months: int | None, **facts) -> ChildFacts:
    return replace(TEN, age_in_months=months, **facts)


@pytest.mark.parametrize(
    ("who", "child", "scale"),
    [
        ("unborn", UNBORN, 3),
        ("born today", aged(0), 3),
        ("11 months", aged(11), 3),
        ("12 months", aged(12), 1),
        ("age not known", aged(None), 1),
    ],
)
def test_an_unborn_child_or_baby_is_at_scale_3_at_least(who, child, scale):
    assert suggestion("V1", child=child).scale == scale, who
    assert suggestion("V5", child=child).scale == 4, "a minimum never lowers"


def test_the_minimum_is_a_reason_beside_what_was_found():
    reasons = {r.item: r.words for r in suggestion("V1", child=UNBORN).reasons}
    assert reasons["U1"] == "Unborn, or under 12 months: scale 3 at least"
    assert "V1" in reasons


def test_the_minimum_does_not_hide_that_nothing_was_recorded():
    assert [r.item for r in suggestion(child=UNBORN).reasons] == ["U1", None]


@pytest.mark.parametrize(
    ("child", "yes", "scale", "with_offers", "offered"),
    [
        (aged(83), "V1", 1, 1, []),
        (aged(83), "K2", 2, 3, ["U2"]),
        (aged(83), "K3", 3, 4, ["U2"]),
        (aged(83), "V5", 4, 4, []),
        (aged(84), "K3", 3, 3, []),
        (aged(None), "K3", 3, 3, []),
        (aged(120, disability=True), "K2", 2, 3, ["U3"]),
        (aged(120, disability=True), "K3", 3, 4, ["U3"]),
        (aged(120, disability=None), "K3", 3, 3, []),
        (aged(60, disability=True), "K2", 2, 3, ["U2", "U3"]),  # two facts are still one step
        (aged(6), "K2", 3, 3, []),  # the age has already lifted it
        (aged(6), "K3", 3, 4, ["U2"]),
        (UNBORN, "K3", 3, 4, ["U2"]),
    ],
)
def test_under_7_and_additional_needs_offer_one_step_up(child, yes, scale, with_offers, offered):
    result = suggestion(yes, child=child)
    assert (result.scale, result.scale_with_offers) == (scale, with_offers)
    assert [offer.uplift for offer in result.offered] == offered


def test_an_offer_says_what_it_would_do():
    (offer,) = suggestion("K2", child=aged(60)).offered
    assert (offer.start, offer.to) == (2, 3)
    assert offer.words == "Under 7: may be raised from scale 2 to 3"


@pytest.mark.parametrize(
    ("child", "route"),
    [
        (UNBORN, "midwife or the health visitor"),
        (aged(3), "midwife or the health visitor"),
        (aged(120, open_to_social_care=True), "allocated worker the same day"),
        (aged(120, home_educated=True), "responsible officer"),
        (aged(120, without_school=True), "responsible officer"),
        (aged(120, new_to_area=True, home_educated=True), "responsible officer"),
        (aged(120, needs_interpreter=True), "outside the family"),
        (aged(192, unstable_housing=True), "youth support"),
        (aged(227, unstable_housing=True), "youth support"),
        (aged(120, siblings=2), "screen each alone"),
    ],
)
def test_a_fact_opens_its_route_once_and_leaves_the_scale(child, route):
    result = suggestion("V5", child=child)
    (words,) = result.routes
    assert route in words
    assert result.scale == 4


@pytest.mark.parametrize(
    "child",
    [TEN, aged(191, unstable_housing=True), aged(228, unstable_housing=True), aged(192)],
)
def test_without_its_fact_and_age_no_route_opens(child):
    assert suggestion("V1", child=child).routes == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"age_in_months": 3, "unborn": True}, "unborn child has no age"),
        ({"age_in_months": -1}, "age in months"),
        ({"siblings": -1}, "number of siblings"),
    ],
)
def test_facts_that_cannot_be_are_refused(facts, words):
    with pytest.raises(ValueError, match=words):
        replace(TEN, **facts)
