"""By when a thing must be done, and why: the statutory clocks of the field.

Every rule takes its calendar in and gives a reason out. The reason is shown to the worker and kept
in the audit; it holds dates only, nothing about a person.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sightline.rules.calendar import (
    Holidays,
    SchoolCalendar,
    SchoolDay,
    add_working_days,
    next_school_day,
)

LONDON = ZoneInfo("Europe/London")
SCHOOL_STARTS = time(9)

ASSESSMENT_WORKING_DAYS = 45
REFERRAL_DECISION_WORKING_DAYS = 1
CONFERENCE_WORKING_DAYS = 15


@dataclass(frozen=True, slots=True)
class Due:
    """A moment (aware, Europe/London) before which something must have been done, and why."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day by whose end something must have been done, and why."""

    by: date
    because: str

    @property
    def at(self) -> datetime:
        """The moment the day is over: midnight in London, aware."""
        return datetime.combine(self.by + timedelta(days=1), time(0), LONDON)


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
    here = _in_london(received)
    day = here.date()
    if here.time() < SCHOOL_STARTS and calendar.is_school_day(day, holidays):
        school_day = SchoolDay(day, assumed=not calendar.knows(day))
    else:
        school_day = next_school_day(day, calendar, holidays)
    at = datetime.combine(school_day.day, SCHOOL_STARTS, LONDON)
    return Due(at, _why_school(here, school_day))


def _why_school(received: datetime, school_day: SchoolDay) -> str:
    which = f"the next school day, {_say(school_day.day)},"
    if school_day.day == received.date():
        which = "that school day"
    because = f"Received {_say(received.date())} at {received:%H:%M}; {which} starts at 09:00."
    if school_day.assumed:
        because += (
            " Term dates are not known for that day, so every weekday"
            " that is no bank holiday is taken as a school day."
        )
    return because


def is_late(due: Due | DueDay, told_at: datetime | None, now: datetime) -> bool:
    """Whether it was done too late, or is still not done and the moment has passed.

    The limit is "before": done exactly at the limit is late. Times must be aware.
    """
    return (told_at or now) >= due.at


def assessment_due(referred: date, holidays: Holidays) -> DueDay:
    """A child and family assessment ends within 45 working days of the referral.

    Source: Working Together to Safeguard Children, timescales of assessment. Commencement: 2013,
    when one assessment took the place of the initial and the core assessment. Not confirmed against
    the 2026 edition. The text is silent on the day of referral; we count from the day after.
    """
    return in_working_days(referred, ASSESSMENT_WORKING_DAYS, holidays, "the referral")


def referral_decision_due(received: date, holidays: Holidays) -> DueDay:
    """Children's social care decides what to do with a referral within one working day.

    Source: Working Together to Safeguard Children, responding to a referral; a professional who
    referred is told the decision. Commencement: in every edition since 2013; not confirmed against
    the 2026 edition. Counted from the day after receipt.
    """
    return in_working_days(received, REFERRAL_DECISION_WORKING_DAYS, holidays, "the referral")


def conference_due(strategy_discussion: date, holidays: Holidays) -> DueDay:
    """An initial child protection conference meets within 15 working days.

    They run from the strategy discussion at which the section 47 enquiry began.

    Source: Working Together to Safeguard Children; children in need census rule 8675Q.
    Commencement: in every edition since 2013; not confirmed against the 2026 edition. Counted from
    the day after.
    """
    return in_working_days(
        strategy_discussion, CONFERENCE_WORKING_DAYS, holidays, "the strategy discussion"
    )


def in_working_days(start: date, days: int, holidays: Holidays, since: str) -> DueDay:
    """Due by the end of the `days`-th working day after `start`; `since` says what `start` was."""
    by = add_working_days(start, days, holidays)
    unit = "working day" if days == 1 else "working days"
    return DueDay(by, f"{days} {unit} after {since} on {_say(start)}: by {_say(by)}.")


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone has no deadline")
    return moment.astimezone(LONDON)


def _say(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
