"""When two adults are referred to MARAC, and how long they are flagged: tables to check."""

from datetime import date

import pytest

from sightline.rules.meetings.marac import Pair, criteria_on, judge, last_day_after
from sightline.rules.meetings.returning import steps_on

TODAY = date(2026, 11, 20)
CRITERIA = criteria_on(TODAY)


def met(**known):
    pair = Pair(**{"on": TODAY} | known)
    return [one.id for one in judge(pair, CRITERIA) if one.met]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"tool": "DASH", "yes_answers": 13}, []),
        ({"tool": "Dash", "yes_answers": 14}, ["visible_high_risk"]),
        ({"tool": "DARA", "yes_answers": 24}, []),  # another tool is never counted as a Dash
        ({"judgement": "She says he will kill her."}, ["professional_judgement"]),
        ({"judgement": "  "}, []),
        ({"events": (date(2026, 11, 20), date(2026, 3, 1), date(2025, 11, 20))},
         ["potential_escalation"]),
        ({"events": (date(2026, 11, 20), date(2026, 3, 1), date(2025, 11, 19))}, []),
        ({"events": (date(2026, 11, 20), date(2026, 11, 20), date(2026, 3, 1))},
         ["potential_escalation"]),  # two incidents on one day are two
        ({"last_hearing": date(2025, 11, 20)}, ["repeat"]),
        ({"last_hearing": date(2025, 11, 19)}, []),
        ({"last_hearing": date(2026, 11, 20)}, ["repeat"]),
        ({"on": date(2028, 2, 28), "last_hearing": date(2027, 2, 28)}, ["repeat"]),
        ({"on": date(2029, 3, 1), "last_hearing": date(2028, 2, 29)}, []),
    ],
)  # fmt: skip
def test_each_criterion_is_judged_alone(known, expected):
    assert met(**known) == expected


def test_every_criterion_says_why_it_is_met_or_not():
    judged = judge(Pair(on=TODAY, last_hearing=date(2025, 12, 3)), CRITERIA)
    assert [one.name for one in judged] == [
        "Visible high risk", "Professional judgement", "Potential escalation", "Repeat",
    ]  # fmt: skip
    assert all(one.because.endswith(".") for one in judged)
    assert (
        judged[-1].because == "Heard at MARAC on 3 December 2025; a repeat until 3 December 2026."
    )


@pytest.mark.parametrize(
    ("heard", "flagged_until"),
    [
        (date(2026, 11, 20), date(2027, 11, 20)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_flag_ends_by_itself_after_twelve_months(heard, flagged_until):
    assert last_day_after(heard, CRITERIA.flag_months) == flagged_until


@pytest.mark.parametrize(
    ("outcome", "agency", "own", "any_agency"),
    [
        ("CONSENT_REFUSED", "police", "safe way to reach", "no consent is needed"),
        ("THRESHOLD_NOT_MET", "health", "Ask the victim alone", "Refer again"),
        ("THRESHOLD_NOT_MET", "school", "Name an adult in school", "Refer again"),
        ("CONSENT_REFUSED", "housing", "", "no consent is needed"),
    ],
)
def test_whoever_reported_is_told_what_they_can_do(outcome, agency, own, any_agency):
    said = " ".join(steps_on(TODAY).for_agency(outcome, agency))
    assert own in said
    assert any_agency in said


def test_other_outcomes_send_nobody_back():
    assert steps_on(TODAY).for_agency("EARLY_HELP", "police") == ()
