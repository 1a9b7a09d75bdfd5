"""What became of the demo's past notifications: schools told, children screened, decided, helped.

The bulk path: it writes the rows that the commands write, many at once, in shares like those that
were published: an assessment recommended in about 30 of 100, and far fewer that happened.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.access.models import Agency, User
from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.demo.doing import Course, act
from sightline.demo.proof import follow_up
from sightline.directory.models import KeyAdult
from sightline.encompass.models import Delivery, Notice
from sightline.meetings.models import Decision
from sightline.people.models import Presence
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.outcomes import Outcome, OutcomeSet, outcomes_on
from sightline.screening.models import Answer, Screening
from sightline.screening.routing import send_to_worker

SCREENED = timedelta(days=1)  # half of what is older than this has been screened
SETTLED = timedelta(days=4)  # after this every child of the demo has been decided
SCALES = {"": (47, 26, 25, 2), "standard": (60, 24, 14, 2), "medium": (38, 30, 29, 3),
          "high": (8, 22, 54, 16)}  # fmt: skip  # per hundred, scales 1 to 4

SEEN = {
    Presence.IN_THE_ROOM: ("K3", Value.YES),
    Presence.IN_THE_HOME: ("K2", Value.YES),
    Presence.ELSEWHERE: ("K1", Value.YES),
}
ASKED = ("V1", "V5", "V6", "C1", "C3", "C8", "K8", "K10", "M1", "M3", "X1")

RATIONALE = {
    1: "No earlier concern found by any agency; the school knows and the family has information.",
    2: "The children hear it again and again; the family needs one plan and one lead person.",
    3: "The incidents come closer together and the child is in the middle of them.",
    4: "The child is likely to suffer significant harm if nothing is done at once.",
}


@dataclass(frozen=True)
class Past:
    """When a batch came in, when the demo's present is, and its dice."""

    at: datetime
    now: datetime
    dice: random.Random

    def later(self, **delta: float) -> datetime | None:
        """A moment after the batch came in, or None if that is still to come."""
        moment = self.at + timedelta(**delta)
        return moment if moment < self.now else None


ELSEWHERE = "Rang the council's education officer, who knows of no school yet"


def follow(notification_ids: Sequence[int], cast: Cast, *, at: datetime, now: datetime) -> None:
    """Write what became of these notifications until `now`."""
    past = Past(at, now, random.Random(notification_ids[0]))  # noqa: S311
    _tell(notification_ids, past)
    _tell_otherwise(notification_ids, cast, past)
    screenings = list(
        Screening.objects.filter(
            mention__source__notification__in=notification_ids, withdrawn_at=None
        ).select_related("mention", "incident")
    )
    if now - at < SCREENED:
        return
    if now - at < SETTLED:
        screenings = past.dice.sample(screenings, len(screenings) // 2)
    _screen(screenings, cast, past)
    if now - at >= SETTLED:
        _decide(screenings, cast, past)


def _tell(notification_ids: Sequence[int], past: Past) -> None:
    notices = list(
        Notice.objects.filter(
            mention__source__notification__in=notification_ids, school__isnull=False
        )
    )
    leads = {
        key_adult.school_id: key_adult.user
        for key_adult in KeyAdult.objects.filter(
            school__in=[n.school_id for n in notices], deputy=False
        ).select_related("user")
    }
    told = [n for n in notices if n.school_id in leads]
    for notice in told:
        _told(notice, leads[notice.school_id or 0], past)
    Notice.objects.bulk_update(
        told,
        ["sent_at", "sent_to", "opened_at", "opened_by", "received_at", "received_by", "support",
         "supported_at", "supported_by"],
    )  # fmt: skip
    Delivery.objects.bulk_create(
        Delivery(notice=n, to=n.sent_to, tried_at=n.sent_at)
        for n in told
        if n.sent_to and n.sent_at
    )


def _tell_otherwise(notification_ids: Sequence[int], cast: Cast, past: Past) -> None:
    """Where no school was named somebody rang before the bell; the council's officer has read of
    children taught at home."""
    rung = past.later(minutes=30) or past.now
    lost = Notice.objects.filter(
        mention__source__notification__in=notification_ids, school__isnull=True
    )
    officer = cast.users["homeeducation"]
    lost.filter(office__isnull=False).update(
        sent_at=rung, sent_to=officer, opened_at=rung, opened_by=officer, received_at=rung,
        received_by=officer,
    )  # fmt: skip
    lost.filter(office__isnull=True).update(
        told_otherwise=ELSEWHERE, received_at=rung, received_by=cast.users["administrator"]
    )


def _told(notice: Notice, lead: User, past: Past) -> None:
    """The e-mail goes at once; most schools confirm before the bell, a few late or never."""
    notice.sent_at, notice.sent_to = past.at + timedelta(minutes=1), lead
    if past.dice.random() > 0.96:
        return
    early = min(notice.due_at - timedelta(minutes=past.dice.randint(2, 70)), past.now)
    late = notice.due_at + timedelta(minutes=past.dice.randint(5, 300))
    seen = max(early if past.dice.random() < 0.93 else late, notice.sent_at)
    if seen >= past.now:
        return
    notice.opened_at, notice.opened_by = seen, lead
    notice.received_at, notice.received_by = seen + timedelta(minutes=1), lead
    if past.dice.random() < 0.6:
        notice.support = past.dice.choice(
            ["A quiet word at registration; the class teacher keeps an eye.",
             "Time with the learning mentor; lunch was arranged.",
             "Homework was let go this week. The child talked to the counsellor."]
        )  # fmt: skip
        notice.supported_at, notice.supported_by = seen + timedelta(hours=5), lead


def _screen(screenings: Sequence[Screening], cast: Cast, past: Past) -> None:
    by, agency = cast.users["health"], cast.agencies["health"]
    at = past.later(hours=15) or past.now
    Answer.objects.bulk_create(
        [a for screening in screenings for a in _answers(screening, agency, by, at, past)],
        ignore_conflicts=True,
    )
    for screening in screenings:
        _set_scale(screening, cast.users["chair"], at, past)
    Screening.objects.bulk_update(
        screenings, ["scale", "scale_because", "scale_set_at", "scale_set_by"]
    )


def _answers(
    screening: Screening, agency: Agency, by: User, at: datetime, past: Past
) -> Iterator[Answer]:
    def answer(item: str, value: Value) -> Answer:
        return Answer(
            screening=screening, item=item, value=value, agency=agency, answered_at=at,
            answered_by=by,
        )  # fmt: skip

    if screening.mention.presence in SEEN:
        yield answer(*SEEN[Presence(screening.mention.presence)])
    for item in past.dice.sample(ASKED, 6):
        yield answer(item, past.dice.choice([Value.NO, Value.NO, Value.NOT_KNOWN]))


def _set_scale(screening: Screening, by: User, at: datetime, past: Past) -> None:
    shares = SCALES[screening.incident.officer_grade]
    [screening.scale] = past.dice.choices((1, 2, 3, 4), shares)
    if screening.scale != screening.suggested:
        screening.scale_because = "Weighed with what health and social care know of this child."
    screening.scale_set_at, screening.scale_set_by = at, by


def _decide(screenings: Sequence[Screening], cast: Cast, past: Past) -> None:
    outcomes = outcomes_on(local_date(past.at))
    at = past.later(hours=past.dice.randint(16, 60)) or past.now
    decisions = Decision.objects.bulk_create(
        Decision(
            screening=screening, outcome_set=outcomes.version, scale=screening.scale or 1,
            outcome=_outcome(outcomes, screening.scale or 1).code,
            rationale=RATIONALE[screening.scale or 1], decided_at=at,
            decided_by=cast.users["chair"],
        )
        for screening in screenings
    )  # fmt: skip
    course = Course(at, past.now, past.dice, cast)
    act(decisions, course)
    follow_up(decisions, course)


def _outcome(outcomes: OutcomeSet, scale: int) -> Outcome:
    return next(o for o in outcomes.outcomes if o.expected_at == scale)


def send_to_their_worker(reference: str, cast: Cast, *, now: datetime) -> None:
    """Have the children of one notification be open to social care already."""
    for screening in Screening.objects.filter(mention__source__notification__reference=reference):
        send_to_worker(
            screening=screening, worker=cast.users["socialworker"],
            by=cast.users["administrator"], now=now,
        )  # fmt: skip
