"""When two adults are referred to MARAC, and how long they are flagged: tables to check."""

from datetime import date

import pytest

from sightline.rules.meetings.marac import Assessed, Pair, criteria_on, judge, last_day_after
from sightline.rules.meetings.returning import steps_on

TODAY = date(2026, 11, 20)
CRITERIA = criteria_on(TODAY)


def met(**known):
    pair = Pair(**{"on": TODAY} | known)
    return [one.id for one in judge(pair, CRITERIA) if one.met]


def dash(yes_answers, **more):
    given = {"tool": "dash", "title": "the Dash", "on": TODAY, "by": "Refuge"} | more
    return (Assessed(yes_answers=yes_answers, **given),)


def dara(grade, **more):
    return dash(more.pop("yes_answers", None), tool="DARA", title="the DARA", grade=grade, **more)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"assessed": dash(13)}, []),
        ({"assessed": dash(14)}, ["visible_high_risk"]),
        ({"assessed": dash(13, grade="high")}, []),  # the count of a Dash holds
        ({"assessed": dash(14, grade="standard")}, ["visible_high_risk"]),  # up, never down
        ({"assessed": dash(16, enough=17)}, []),  # a partnership's own threshold
        ({"assessed": dash(None, grade="high")}, ["visible_high_risk"]),
        ({"assessed": dara("")}, []),
        ({"assessed": dara("medium", yes_answers=24)}, []),  # never counted as a Dash
        ({"assessed": dara("High")}, ["visible_high_risk"]),
        ({"assessed": dash(15, on=date(2026, 1, 1)) + dash(3)}, []),  # the newest of a tool holds
        ({"assessed": dash(3) + dara("high")}, ["visible_high_risk"]),  # of each tool alone
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


def test_visible_high_risk_names_the_assessment_it_rests_on():
    (judged, *_) = judge(Pair(on=TODAY, assessed=dash(15) + dara("high")), CRITERIA)
    assert judged.because == (
        "15 yes answers (the Dash, 20 November 2026, Refuge); 14 or more are visible high risk. "
        "Graded high (the DARA, 20 November 2026, Refuge)."
    )


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
