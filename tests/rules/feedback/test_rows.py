"""Who may know what of what came of their report."""

from datetime import date

import pytest

from sightline.rules.feedback import feedback_for, rules_on

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "extent"),
    [
        ("police", "summary"),
        ("social_care", "summary"),
        ("health", "fact"),
        ("school", "fact"),
        ("housing", "fact"),  # of no kind that is listed: the least
        ("", "fact"),
    ],
)
def test_who_reported_may_know_so_much(kind, extent):
    assert feedback_for(kind, DAY).extent == extent
    assert feedback_for(kind, DAY).because


def test_before_the_rules_began_nobody_is_told():
    with pytest.raises(LookupError):
        rules_on(date(2019, 12, 31))
