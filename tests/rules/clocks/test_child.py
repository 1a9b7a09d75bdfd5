"""Which clocks run for a child: one line a story, to be checked against a diary."""

from datetime import date, datetime

import pytest

from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.child import Course, Happening, Notified, clocks_of
from sightline.rules.due import LONDON

BANK = england_and_wales()
TODAY = date(2026, 11, 22)


def d(text: str) -> date:
    """A day of 2026 as "02.11"."""
    when, month = text.split(".")
    return date(2026, int(month), int(when))


def noon(text: str) -> datetime:
    return datetime.combine(d(text), datetime.min.time(), LONDON).replace(hour=12)


def did(kind: str, on: str, ended: str = "", outcome: str = "") -> Happening:
    return Happening(kind, d(on), d(ended) if ended else None, outcome)


def stand(*what: Notified | Happening, today: date = TODAY) -> dict[str, str]:
    """How each clock stands; of two of one kind, the later one."""
    course = Course(
        tuple(one for one in what if isinstance(one, Notified)),
        tuple(one for one in what if isinstance(one, Happening)),
    )
    return {one.clock.id: one.standing(today).value for one in clocks_of(course, BANK)}


WANTED = Notified(d("02.11"), noon("03.11"), wants_assessment=True)
ENQUIRY = did("section_47", "02.11")
PLAN = did("child_protection_plan", "02.11")


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([Notified(d("20.11"))], {"referral_decision": "running"}),  # a Friday: until Monday
        ([Notified(d("18.11"))], {"referral_decision": "missed"}),
        ([Notified(d("18.11"), noon("19.11"))], {"referral_decision": "met"}),
        ([Notified(d("17.11"), noon("19.11"))], {"referral_decision": "met late"}),
        # an assessment
        ([WANTED], {"referral_decision": "met", "assessment": "running"}),
        ([did("referral", "02.09")], {"assessment": "missed"}),
        ([did("referral", "02.09"), did("family_assessment", "04.09")], {"assessment": "missed"}),
        (
            [did("referral", "02.09"), did("family_assessment", "04.09", "04.11")],
            {"assessment": "met"},
        ),
        (
            [did("referral", "02.09"), did("family_assessment", "04.09", "05.11")],
            {"assessment": "met late"},
        ),
        ([did("referral", "02.09"), did("closed", "09.09")], {"assessment": "stopped"}),
        ([did("referral", "02.09", outcome="advice")], {"assessment": "stopped"}),
        ([did("referral", "02.09", outcome="assessment")], {"assessment": "missed"}),
        ([did("family_assessment", "02.11")], {"assessment": "running"}),  # from its own start
        # an enquiry and its conference
        ([ENQUIRY], {"initial_conference": "running"}),
        ([did("strategy_discussion", "29.10"), ENQUIRY], {"initial_conference": "missed"}),
        ([ENQUIRY, did("initial_conference", "20.11")], {"initial_conference": "met"}),
        (
            [did("section_47", "02.11", "10.11", "no_further_action")],
            {"initial_conference": "stopped"},
        ),
        ([did("strategy_discussion", "02.11")], {}),  # no enquiry began
        # a plan
        ([PLAN], {"core_group": "missed", "first_review": "running"}),
        (
            [PLAN, did("core_group", "12.11")],
            {"core_group": "met", "first_review": "running"},
        ),
        (
            [did("child_protection_plan", "02.01"), did("core_group", "12.01"),
             did("review_conference", "01.04")],
            {"core_group": "met", "first_review": "met", "later_review": "missed"},
        ),
        (
            [did("child_protection_plan", "02.01", "15.06"), did("core_group", "12.01"),
             did("review_conference", "01.04")],
            {"core_group": "met", "first_review": "met", "later_review": "stopped"},
        ),
        (
            [Notified(d("16.11"), noon("16.11"), wants_strategy=True)],
            {"referral_decision": "met", "strategy_discussion": "missed"},
        ),
        (
            [Notified(d("16.11"), noon("16.11"), wants_strategy=True),
             did("strategy_discussion", "17.11")],
            {"referral_decision": "met", "strategy_discussion": "met"},
        ),
        (
            [Notified(d("16.11"), noon("16.11"), wants_strategy=True),
             did("referral", "16.11", outcome="assessment")],
            {"referral_decision": "met", "strategy_discussion": "stopped",
             "assessment": "running"},
        ),
    ],
)  # fmt: skip
def test_the_clocks_of_a_child(story, expected):
    assert stand(*story) == expected


def test_an_assessment_counts_from_the_referral_that_was_accepted():
    course = Course((WANTED,), (did("referral", "05.11"),))
    [one] = [c for c in clocks_of(course, BANK) if c.clock.id == "assessment"]
    assert one.due.because.startswith("45 working days after the referral on Thursday 5 November")


def test_a_second_notification_while_an_assessment_runs_begins_no_second_clock():
    second = Notified(d("16.11"), noon("16.11"), wants_assessment=True)
    course = Course((WANTED, second), (did("family_assessment", "04.11"),))
    assert [c.clock.id for c in clocks_of(course, BANK)].count("assessment") == 1


def test_the_order_in_which_things_were_written_down_does_not_matter():
    happened = (did("initial_conference", "20.11"), ENQUIRY, did("strategy_discussion", "30.10"))
    backwards = tuple(reversed(happened))
    assert clocks_of(Course((), happened), BANK) == clocks_of(Course((), backwards), BANK)
