"""Which question is whose next one.

The two who work at it at once are given different questions: what a colleague has had before them
for less than five minutes, and not answered, is not handed out. Nothing is locked: after that it is
anybody's again, and whoever answers first has answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from sightline.access.models import User
from sightline.common.clock import local_date, midnight
from sightline.common.wall import Purpose, acting_for
from sightline.people.models import LinkAnswer, LinkReview, LinkShown
from sightline.rules.second_reading import Said
from sightline.sharing.queries import open_reviews

HELD_FOR = timedelta(minutes=5)
LATELY = timedelta(days=30)  # what was notified since then is asked before a back-load
IN_ORDER = (F("put_off").asc(nulls_first=True), "-lately", "asked_at", "pk")


@dataclass(frozen=True)
class Progress:
    """How far somebody is: what they have answered today, and how much waits for them."""

    done: int
    waiting: int

    @property
    def of(self) -> int:
        return self.done + self.waiting


def questions_for(user: User, now: datetime) -> QuerySet[LinkReview]:
    """Return the open questions that this user may answer and has not, in their order.

    First what was notified lately, the oldest question first; what somebody could not tell comes
    after all others. `unsure`: when this user last could not tell.
    """
    mine = _standing(answered_by=user)
    return open_reviews(user, now).filter(~_is_answered(user)).annotate(
        unsure=_last(mine.filter(decision=Said.UNSURE), "answered_at"),
        put_off=_last(_standing(decision=Said.UNSURE), "answered_at"),
        lately=Case(
            When(mention__source__on__gte=local_date(now) - LATELY, then=True),
            default=Value(False), output_field=BooleanField(),
        ),
    ).order_by(*IN_ORDER)  # fmt: skip


@acting_for(Purpose.CHECKING)  # which one, of all that wait; its page asks again as the reader
def next_for(user: User, now: datetime, *, after: int = 0) -> LinkReview | None:
    """Return what to ask this user next, or None: not `after`, nor what they could not tell.

    What they left for later comes round again once they have seen all the others.
    """
    seen = LinkShown.objects.filter(review=OuterRef("pk"))
    with_another = seen.exclude(shown_to=user).filter(
        ~Exists(_standing(review=OuterRef("review"), answered_by=OuterRef("shown_to"))),
        shown_at__gt=now - HELD_FOR,
    )
    free = _unasked(user, now).filter(~Exists(with_another))
    left = _last(seen.filter(shown_to=user, shown_at__gte=midnight(now)), "shown_at")
    ordered = free.annotate(left=left).order_by(F("left").asc(nulls_first=True), *IN_ORDER)
    return ordered.exclude(pk=after).first()


def _unasked(user: User, now: datetime) -> QuerySet[LinkReview]:
    """Return the questions for this user without those that they could not tell."""
    doubtful = _standing(answered_by=user, decision=Said.UNSURE)
    return questions_for(user, now).filter(~Exists(doubtful))


@acting_for(Purpose.CHECKING)  # no names: how many
def queue_of(user: User, now: datetime) -> tuple[int, datetime | None]:
    """Return how many questions wait for this user, and since when the oldest does."""
    found = questions_for(user, now).aggregate(Count("pk"), Min("asked_at"))
    return found["pk__count"], found["asked_at__min"]


@acting_for(Purpose.CHECKING)  # no names: how many
def progress_of(user: User, now: datetime) -> Progress:
    """Return how many this user answered today, days in London, and how many wait for them."""
    today = LinkAnswer.objects.filter(
        answered_by=user, answered_at__gte=midnight(now), withdrawn_at__isnull=True
    )
    done = today.values("review").distinct().count()
    return Progress(done, _unasked(user, now).count())


def last_answer(user: User, now: datetime) -> LinkAnswer | None:
    """Return what this user said last today, if it was not taken back."""
    said = LinkAnswer.objects.filter(
        answered_by=user, answered_at__gte=midnight(now), withdrawn_at__isnull=True
    )
    return said.select_related("review").order_by("-answered_at", "-pk").first()


def waits_for_another(user: User) -> QuerySet[LinkReview]:
    """Return the open questions that this user has answered and somebody else must answer too."""
    return LinkReview.objects.filter(LinkReview.OPEN, _is_answered(user))


def _is_answered(user: User) -> Exists:
    return Exists(_standing(answered_by=user).exclude(decision=Said.UNSURE))


def _standing(**of: object) -> QuerySet[LinkAnswer]:
    """Return the answers to a question that were not taken back, to be used within a query."""
    return LinkAnswer.objects.filter(**({"review": OuterRef("pk")} | of), withdrawn_at__isnull=True)


def _last(found: QuerySet[Any], moment: str) -> Subquery:
    return Subquery(found.order_by(f"-{moment}").values(moment)[:1])
