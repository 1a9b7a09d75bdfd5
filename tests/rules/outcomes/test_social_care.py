"""What can be so and what cannot, one line each, as a data officer would check an extract."""

from datetime import date

import pytest

from sightline.rules.clocks.child import Happening
from sightline.rules.social_care import FACTORS, Said, problems

TODAY = date(2026, 11, 22)
DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)
ASSESSED = Said("family_assessment", DAY, LATER, factors=("3B", "4B"))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (Said("family_assessment", DAY), ""),
        (ASSESSED, ""),
        (Said("child_protection_plan", DAY, primary_category="EMO", domestic_abuse=True), ""),
        (Said("section_47", DAY, LATER, "conference"), ""),
        (Said("family_assessment", date(2026, 11, 23)), "after today"),
        (Said("family_assessment", LATER, DAY), "ends before it begins"),
        (Said("family_assessment", DAY, date(2026, 12, 1)), "end is after today"),
        (Said("initial_conference", DAY, LATER), "happens on one day"),
        (Said("section_47", DAY, LATER, "tea"), "Write one of: conference"),
        (Said("core_group", DAY, None, "tea"), "Leave it out"),
        (Said("section_47", DAY, primary_category="EMO"), "Only a child protection plan"),
        (Said("family_assessment", DAY, factors=("3B",)), "an assessment that has ended"),
        (Said("section_47", DAY, LATER, factors=("3B",)), "an assessment that has ended"),
        (Said("family_assessment", DAY, LATER, factors=("21",)), ""),
        (Said("family_assessment", DAY, LATER, factors=("21", "3A")), "cannot stand beside"),
        (Said("family_assessment", DAY, LATER, factors=("3A", "3A")), "there twice"),
        (Said("family_assessment", DAY, LATER, factors=("18A",)), "Write 18B or 18C"),
        (Said("family_assessment", DAY, LATER, factors=("3D",)), "no factor 3D"),
    ],
)
def test_what_can_be_so(said, wrong):
    found = " ".join(problems(said, (), TODAY))
    assert (wrong in found) if wrong else found == ""


@pytest.mark.parametrize(
    ("said", "before", "wrong"),
    [
        (
            Said("initial_conference", DAY),
            Happening("strategy_discussion", LATER),
            "not held before",
        ),
        (Said("initial_conference", LATER), Happening("strategy_discussion", DAY), ""),
        (Said("section_47", LATER), Happening("section_47", DAY), "Give its end first"),
        (Said("section_47", LATER), Happening("section_47", DAY, LATER), ""),
        (Said("section_47", DAY, LATER), Happening("section_47", DAY), ""),  # the same one, ended
        (Said("early_help", LATER), Happening("early_help", DAY), ""),
    ],
)
def test_what_can_follow_what(said, before, wrong):
    found = " ".join(problems(said, (before,), TODAY))
    assert (wrong in found) if wrong else found == ""


def test_domestic_abuse_has_its_three_factors():
    assert FACTORS["3A"] == "Domestic abuse: the child"
    assert FACTORS["3B"] == "Domestic abuse: a parent or carer"
    assert FACTORS["3C"] == "Domestic abuse: another person"
