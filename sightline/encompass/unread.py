"""What the council's safeguarding officer reads: which schools to ring, nothing of any pupil."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sightline.common.countdown import Clock, by_when, clock_to
from sightline.common.words import moment
from sightline.directory.queries import key_adults
from sightline.encompass.chase_presenters import why_not_told
from sightline.encompass.models import Delivery, Notice
from sightline.encompass.passing import unopened, with_officer
from sightline.rules.encompass.rules_file import OFFICER

SOON = timedelta(minutes=15)


def to_ring(now: datetime) -> QuerySet[Notice]:
    """Return the messages that are with the officer, nearest bell first, late ones before."""
    there = Q(with_officer()) | Q(next_bell__lte=now + SOON)
    failed = Delivery.objects.filter(notice=OuterRef("pk")).exclude(failed_because="")
    found = unopened(now).filter(there).annotate(failed=Exists(failed))
    return found.select_related("school", "office", "sent_to")


@dataclass(frozen=True)
class UnreadRow:
    """A school to ring: whom, by when, and how far the telling came."""

    pk: int
    school: str
    telephone: str
    clock: Clock
    due: str
    why: str


def unread_row(notice: Notice, now: datetime) -> UnreadRow:
    return UnreadRow(
        pk=notice.pk,
        school=name_of(notice),
        telephone=notice.school.telephone if notice.school else "",
        clock=clock_to(notice.bell, now),
        due=by_when(notice.bell, now),
        why=why_not_told(notice, failed=notice.failed),  # type: ignore[attr-defined]
    )


def name_of(notice: Notice) -> str:
    to = notice.school or notice.office
    return to.name if to else "No school found"


def to_ring_or_404(pk: int, now: datetime) -> Notice:
    """Return a message that was with the officer, read by now or not."""
    lately = Notice.objects.filter(pk=pk).filter(
        Q(passed_on__rung=OFFICER) | Q(due_at__lte=now + SOON)
    )
    people = ("school", "office", "received_by", "opened_by", "supported_by", "sent_to")
    notice = lately.select_related(*people).distinct().first()
    if notice is None:
        raise Http404
    return notice


def whom_to_ring(notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield (who, telephone) of a school and its key adults."""
    if notice.school is None:
        return
    yield notice.school.name, notice.school.telephone or "No number held"
    for user in key_adults(notice.school):
        yield f"{user.name}, {user.job_title or 'key adult'}", user.telephone or "No number held"


def what_is_known(notice: Notice, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the facts about the telling; of the child and the incident nothing."""
    yield "To tell", name_of(notice)
    yield "To be read", by_when(notice.bell, now)
    if notice.reads_again:
        yield "Why then", "Police corrected the message after the school had read it"
    else:
        yield "Why then", notice.due_because
    if notice.sent_at and notice.sent_to:
        yield "E-mail", f"To {notice.sent_to.name}, {moment(notice.sent_at)}"
    if notice.no_school_because:
        yield "Not told because", notice.no_school_because
