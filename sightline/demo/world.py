"""The demo's world: the cast, a year of notifications on their way, and what became of them.

What police had before that, three years and more, was taken in as history on the first day: with
it a rise can be told from what is usual (rules/statistics/charts asks for ten quarters).
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db import connection, transaction

from sightline.common.announce import quietly
from sightline.demo import (
    accounts,
    aftermath,
    answered,
    asked,
    assessments,
    assurance,
    guarded,
    meetings,
    places,
    proof,
    safety,
    schools,
)
from sightline.demo.borough import Happening, draw
from sightline.demo.cast import Cast, add_schools, build_cast
from sightline.demo.dudley.places import SCHOOLS
from sightline.demo.families import families
from sightline.intake.commands import Arrival, Origin, receive_many
from sightline.intake.models import Channel, Notification
from sightline.intake.reading import read
from sightline.pathway.stages import take_through

Progress = Callable[[int, int], None]

ON_RECORD = 4.2  # times as many years as were lived through: the first has too few repeats to count
A_LOAD = 200  # notifications of the history that are taken in at once
FRESH = timedelta(hours=15)  # what came in since then waits for the people at the demo's keyboard


def build(*, now: datetime, years: float = 1, seed: int = 1, progress: Progress) -> Cast:
    """Build the world as at `now`, going on where an earlier call was interrupted.

    The same `now` and seed draw the same world, so what is there already is left out.
    """
    with transaction.atomic():
        cast = build_cast(now=now - timedelta(days=round(365.25 * years) + 30))
        add_schools(SCHOOLS, now=now)
        places.take_in(now, years=years)
        places.take_in_national_figures(now)
    there = set(Notification.objects.values_list("reference", flat=True))
    drawn = [*draw(now, years=ON_RECORD * years, seed=seed), *families(now)]
    wanted = (h for h in drawn if h.received_at < now and h.body["reference"] not in there)
    happenings = sorted(wanted, key=_order)
    began = now - timedelta(days=round(365.25 * years))
    done = 0
    for batch in _loads(happenings, began):
        _load(batch, cast, began)
        done += len(batch)
        progress(done, len(happenings))
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # so that the planner knows at once how much there is
    for batch in _batches([h for h in happenings if h.received_at >= began]):
        _take_in(batch, cast, now)
        done += len(batch)
        progress(done, len(happenings))
    asked.be_absent(cast, now=now)
    asked.answer_brook_lane(cast, now=now)
    aftermath.send_to_their_worker("NM-PR-1", cast, now=now)
    accounts.confirm_people(cast, now=now)
    assessments.record_some(cast, now=now)
    meetings.hold_meetings(cast, now=now)
    safety.keep_a_safe_way(cast, now=now)
    schools.make_them_real(cast, now=now)
    guarded.guard_some(cast, now=now)
    proof.tell_who_reported(now=now)
    proof.escalate_what_is_late(cast, now=now)
    assurance.audit_some(cast, now=now)
    assurance.write_to_senders(cast, now=now)
    return cast


def _order(happening: Happening) -> tuple[datetime, str]:
    return happening.received_at, str(happening.body["reference"])


def _batches(happenings: list[Happening]) -> Iterator[list[Happening]]:
    """Yield what came in from one 09:00 to the next: it is all to be told by the same bell."""
    for _, batch in groupby(happenings, lambda h: (h.received_at - timedelta(hours=9)).date()):
        yield list(batch)


def _loads(happenings: list[Happening], began: datetime) -> Iterator[list[Happening]]:
    """Yield what had happened before the world began, so many at a time."""
    past = [happening for happening in happenings if happening.received_at < began]
    return (past[first : first + A_LOAD] for first in range(0, len(past), A_LOAD))


@transaction.atomic
def _load(batch: list[Happening], cast: Cast, at: datetime) -> None:
    """Receive a batch as history: it is recorded and linked, and opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")
    origin = Origin(cast.police, Channel.API, history=True)
    received = receive_many(list(map(_arrival, batch)), origin=origin, now=at, tell=False)
    take_through([one.notification.pk for one in received], at, asking=False)


@transaction.atomic
def _take_in(batch: list[Happening], cast: Cast, now: datetime) -> None:
    """Receive a batch, take it through, and unless it is fresh let the past take its course."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")  # invented data can be built again
    at = batch[-1].received_at
    ids = [_receive(happening, cast) for happening in batch]
    fresh, asking = at > now - FRESH, at > now - asked.ASKED_FOR
    with quietly(*([] if fresh else ["notice.made"])):
        take_through(ids, at, asking=asking)
    if not fresh:
        aftermath.follow(ids, cast, at=at, now=now)
    if asking and not fresh:
        asked.follow(ids, at=at, now=now)
    answered.answer_some(cast, at=at, now=now)


def _receive(happening: Happening, cast: Cast) -> int:
    origin, now = Origin(cast.police, Channel.API), happening.received_at
    [received] = receive_many([_arrival(happening)], origin=origin, now=now, tell=False)
    return received.notification.pk


def _arrival(happening: Happening) -> Arrival:
    content, notes = read(happening.body)
    return Arrival(content, json.dumps(happening.body).encode(), "application/json", notes)
