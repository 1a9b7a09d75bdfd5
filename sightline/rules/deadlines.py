"""By when a thing must be done, and why: the clocks that the field runs by.

Every rule takes its calendar in and gives a reason out. How long each clock runs is dated data
(`rules/clocks/data`); only the school's is a rule of its own, for it counts in school days.
"""

from datetime import date, datetime, time

from sightline.rules.calendar import Holidays, SchoolCalendar, SchoolDay, next_school_day
from sightline.rules.clocks.clock import clock_on
from sightline.rules.clocks.reckoning import due_day, in_working_days
from sightline.rules.due import LONDON, Due, DueDay, in_london, is_late, say

__all__ = [
    "LONDON", "Due", "DueDay", "assessment_due", "conference_due", "in_working_days", "is_late",
    "referral_decision_due", "school_told_by",
]  # fmt: skip

SCHOOL_STARTS = time(9)


def school_told_by(received: datetime, calendar: SchoolCalendar, holidays: Holidays) -> Due:
    """A school is told of an incident before 09:00 of the next school day.

    Source: Domestic Abuse Act 2021 section 49A, inserted by the Victims and Prisoners Act 2024
    section 20 ("as soon as reasonably practicable"); Operation Encompass statutory guidance,
    7 November 2025 (before the start of the next school day); 09:00 from the 2017 joint inspection
    report. Commencement: guidance from 7 November 2025; the day on which section 49A came into
    force is not confirmed, and forces kept to this limit before it by agreement.

    Reading: what arrives before 09:00 on a school day is due at 09:00 of that same day, for the
    child is about to walk in; what arrives at 09:00 or later is due on the next school day.

    `received` must be aware; a naive time raises ValueError.
    """
    here = in_london(received)
    day = here.date()
    if here.time() < SCHOOL_STARTS and calendar.is_school_day(day, holidays):
        school_day = SchoolDay(day, assumed=not calendar.knows(day))
    else:
        school_day = next_school_day(day, calendar, holidays)
    at = datetime.combine(school_day.day, SCHOOL_STARTS, LONDON)
    return Due(at, _why_school(here, school_day))


def _why_school(received: datetime, school_day: SchoolDay) -> str:
    which = f"the next school day, {say(school_day.day)},"
    if school_day.day == received.date():
        which = "that school day"
    because = f"Received {say(received.date())} at {received:%H:%M}; {which} starts at 09:00."
    if school_day.assumed:
        because += (
            " Term dates are not known for that day, so every weekday"
            " that is no bank holiday is taken as a school day."
        )
    return because


def assessment_due(referred: date, holidays: Holidays) -> DueDay:
    """By when a child and family assessment ends; LookupError before there were any."""
    return due_day(clock_on("assessment", referred), referred, holidays)


def referral_decision_due(received: date, holidays: Holidays) -> DueDay:
    """By when children's social care decides what to do with a referral."""
    return due_day(clock_on("referral_decision", received), received, holidays)


def conference_due(strategy_discussion: date, holidays: Holidays) -> DueDay:
    """By when an initial conference meets after the discussion at which the enquiry began."""
    clock = clock_on("initial_conference", strategy_discussion)
    return due_day(clock, strategy_discussion, holidays)
