"""What came back to a referrer in words: their own reference and the name they wrote, no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from sightline.common.words import moment, short_day
from sightline.intake.models import Notification
from sightline.meetings.models import ReturnedToReferrer
from sightline.people.models import Mention
from sightline.rules.screening.outcomes import outcome_set


@dataclass(frozen=True)
class ReturnedRow:
    """One child's decision that came back. child: as the agency itself wrote the name."""

    pk: int
    reference: str
    child: str
    outcome: str
    on: str
    steps: tuple[str, ...]
    ask: str
    read: str


def returned_rows(returned: Iterable[ReturnedToReferrer]) -> list[ReturnedRow]:
    """Return the rows. One query, however many there are."""
    some = list(returned)
    own = _own_notifications(some)
    return [_row(one, own) for one in some]


def _own_notifications(some: list[ReturnedToReferrer]) -> dict[tuple[int, int], Notification]:
    """Return the newest notification of each agency about each incident. One query."""
    kept = Notification.objects.filter(
        source__incident__in={one.decision.screening.incident_id for one in some},
        sender__in={one.agency_id for one in some},
    )  # fmt: skip
    rows = kept.select_related("source").defer("raw", "content").order_by("version", "pk")
    return {(row.sender_id, row.source.happened_in): row for row in rows if row.source}


def _row(one: ReturnedToReferrer, own: dict[tuple[int, int], Notification]) -> ReturnedRow:
    decision = one.decision
    sent = own.get((one.agency_id, decision.screening.incident_id))
    return ReturnedRow(
        pk=one.pk,
        reference=sent.reference if sent else "",
        child=_child(decision.screening.mention, sent),
        outcome=outcome_set(decision.outcome_set).outcome(decision.outcome).name,
        on=short_day(decision.decided_at),
        steps=tuple(one.what_they_can_do),
        ask=settings.FRONT_DOOR,
        read=f"{moment(one.read_at)} by {one.read_by.name}" if one.read_at and one.read_by else "",
    )  # fmt: skip


def _child(mention: Mention, sent: Notification | None) -> str:
    """The name only where the agency wrote it itself; another's source is not theirs to see."""
    written = sent is not None and mention.source_id == sent.source_id
    return mention.name if written else "A child you told us about"
