"""Which clocks run for one child, from what was notified, decided and done.

A clock that began is met, met late, running or missed; or it stopped, because what it was for was
no longer wanted. Nothing is guessed: what is not recorded counts as not done, and says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import zip_longest

from sightline.rules.calendar import Holidays
from sightline.rules.clocks.clock import Clock, Unit, clock_on
from sightline.rules.clocks.reckoning import due_day, due_moment
from sightline.rules.due import Due, DueDay, in_london

REFERRAL, ASSESSMENT = "referral", "family_assessment"
STRATEGY, ENQUIRY, CONFERENCE = "strategy_discussion", "section_47", "initial_conference"
PLAN, CORE_GROUP, REVIEW, CLOSED = (
    "child_protection_plan", "core_group", "review_conference", "closed",
)  # fmt: skip
TO_CONFERENCE = "conference"  # the outcome of an enquiry that leads to one
GOES_ON = ("", "assessment", "enquiry")  # outcomes of a referral after which a clock runs on
SAME_ENQUIRY = timedelta(days=28)  # how long before its enquiry a strategy discussion may be


class Standing(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met late"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Happening:
    """Something social care did: its kind, when it began, when it ended, what came of it."""

    kind: str
    on: date
    ended_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Notified:
    """A notification that names the child, when it was decided what follows, and what was wanted.

    `decided_at` is aware; None while nothing is decided.
    """

    on: date
    decided_at: datetime | None = None
    wants_assessment: bool = False
    wants_strategy: bool = False


@dataclass(frozen=True)
class Course:
    """What is known of one child, in any order."""

    notified: tuple[Notified, ...] = ()
    happened: tuple[Happening, ...] = ()

    def all_of(self, kind: str) -> list[Happening]:
        return sorted((h for h in self.happened if h.kind == kind), key=lambda h: h.on)

    def first(self, kind: str, since: date) -> Happening | None:
        """The first of a kind that began on `since` or later."""
        return next((h for h in self.all_of(kind) if h.on >= since), None)


@dataclass(frozen=True)
class Running:
    """A clock that began for a child: since when, until when, and what ended it.

    `met`: the day on which what it asks for was done. `stopped`: the day from which nobody asks
    for it any more.
    """

    clock: Clock
    started: date
    due: Due | DueDay
    met: date | None = None
    stopped: date | None = None

    @property
    def last(self) -> date:
        """The last day on which it is met in time."""
        return self.due.by if isinstance(self.due, DueDay) else self.due.at.date()

    def standing(self, today: date) -> Standing:
        if self.met is not None:
            return Standing.MET if self.met <= self.last else Standing.MET_LATE
        if self.stopped is not None and self.stopped <= self.last:
            return Standing.STOPPED
        return Standing.MISSED if (self.stopped or today) > self.last else Standing.RUNNING


def clocks_of(course: Course, holidays: Holidays) -> tuple[Running, ...]:
    """Every clock that ever began for the child, by when it is due.

    A clock that was not in force on the day it would have begun did not begin.
    """
    found = (
        *_decisions(course, holidays), *_strategies(course), *_assessments(course, holidays),
        *_conferences(course, holidays), *_of_plans(course, holidays),
    )  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.due.at))


def _clock(clock_id: str, on: date) -> Clock | None:
    try:
        return clock_on(clock_id, on)
    except LookupError:
        return None


def _from(
    clock_id: str, on: date, holidays: Holidays, met: date | None, stopped: date | None = None
) -> Iterator[Running]:
    if clock := _clock(clock_id, on):
        yield Running(clock, on, due_day(clock, on, holidays), met, stopped)


def _decisions(course: Course, holidays: Holidays) -> Iterator[Running]:
    """Of each notification it is decided what follows."""
    for one in course.notified:
        decided = in_london(one.decided_at).date() if one.decided_at else None
        yield from _from("referral_decision", one.on, holidays, decided)


def _strategies(course: Course) -> Iterator[Running]:
    """Where a strategy discussion was decided on, one is held."""
    for one in course.notified:
        if not one.wants_strategy or one.decided_at is None:
            continue
        on = in_london(one.decided_at).date()
        held = course.first(STRATEGY, on) or course.first(ENQUIRY, on)
        clock = _clock("strategy_discussion", on)
        if clock and clock.unit is Unit.HOURS:
            met = held.on if held else None
            stopped = _otherwise(course, on, ("", "enquiry")) or _closed(course, on)
            yield Running(clock, on, due_moment(clock, one.decided_at), met, stopped)


def _assessments(course: Course, holidays: Holidays) -> Iterator[Running]:
    """An assessment that was asked for, or is under way, ends."""
    done = course.all_of(ASSESSMENT)
    starts = _referrals(course)
    for one in done:
        if not any(start <= one.on for start in starts):
            starts = sorted([*starts, one.on])  # no referral is recorded: from its own start
    for start, following in zip_longest(starts, starts[1:]):
        if any(a.on < start and (a.ended_on or date.max) >= start for a in done):
            continue  # one was under way: what came in became part of it
        assessed = next((a for a in done if a.on >= start), None)
        if assessed and following and assessed.on >= following:
            assessed = None
        met = assessed.ended_on if assessed else None
        refused = None if assessed else _otherwise(course, start, GOES_ON)
        yield from _from("assessment", start, holidays, met, refused or _closed(course, start))


def _referrals(course: Course) -> list[date]:
    """The days from which an assessment counts: each referral, else the notification that led to
    one, which is read as a referral."""
    accepted = [h.on for h in course.all_of(REFERRAL)]
    wanted = [
        one.on
        for one in course.notified
        if one.wants_assessment and not any(_follows(day, one) for day in accepted)
    ]
    return sorted({*accepted, *wanted})


def _follows(referred: date, notified: Notified) -> bool:
    return notified.on <= referred <= notified.on + SAME_ENQUIRY


def _conferences(course: Course, holidays: Holidays) -> Iterator[Running]:
    """A section 47 enquiry leads to a conference, unless it ended otherwise."""
    for enquiry in course.all_of(ENQUIRY):
        start = _began(course.all_of(STRATEGY), enquiry)
        held = course.first(CONFERENCE, start)
        otherwise = enquiry.outcome not in ("", TO_CONFERENCE)
        stopped = enquiry.ended_on if otherwise else _closed(course, enquiry.on)
        met = held.on if held else None
        yield from _from("initial_conference", start, holidays, met, stopped)


def _began(discussions: Sequence[Happening], enquiry: Happening) -> date:
    """The day of the strategy discussion at which an enquiry began, else of its own start."""
    before = [h.on for h in discussions if enquiry.on - SAME_ENQUIRY <= h.on <= enquiry.on]
    return max(before, default=enquiry.on)


def _of_plans(course: Course, holidays: Holidays) -> Iterator[Running]:
    """A plan has a core group, and reviews for as long as it runs."""
    for plan in course.all_of(PLAN):
        over = plan.ended_on or _closed(course, plan.on)
        group = course.first(CORE_GROUP, plan.on)
        met = group.on if group else None
        yield from _from("core_group", plan.on, holidays, met, over)
        reviews = [
            h.on for h in course.all_of(REVIEW) if plan.on < h.on and (not over or h.on <= over)
        ]
        starts = [plan.on, *reviews]
        for start, review in zip_longest(starts, reviews):
            which = "first_review" if start == plan.on else "later_review"
            yield from _from(which, start, holidays, review, over)


def _otherwise(course: Course, since: date, goes_on: tuple[str, ...]) -> date | None:
    """The day on which social care decided on the referral otherwise than was recommended."""
    referrals = (h for h in course.all_of(REFERRAL) if since <= h.on <= since + SAME_ENQUIRY)
    return next((h.on for h in referrals if h.outcome not in goes_on), None)


def _closed(course: Course, since: date) -> date | None:
    """The day on which social care closed the child's case after `since`, if it did."""
    closed = course.first(CLOSED, since)
    return closed.on if closed else None
