"""What came back to a referrer in words: their own reference and the name they wrote, no more."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from sightline.access.models import User
from sightline.common.words import moment, short_day
from sightline.intake.models import Notification
from sightline.meetings.models import Decision, ReturnedToReferrer
from sightline.people.models import Mention
from sightline.people.queries import persons_of
from sightline.rules.screening.outcomes import outcome_set
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see

Own = dict[tuple[int, int], Notification]


@dataclass(frozen=True)
class ReturnedRow:
    """One child's decision that came back. child: as the agency itself wrote the name. outcome: in
    words where it is shared, else that it is not."""

    pk: int
    reference: str
    child: str
    outcome: str
    on: str
    steps: tuple[str, ...]
    ask: str
    read: str


def returned_rows(
    returned: Iterable[ReturnedToReferrer], user: User, now: datetime
) -> list[ReturnedRow]:
    """Return the rows: what was decided where that is open to the user, whose look is written down.
    Three queries, however many there are."""
    some = list(returned)
    own = _own_notifications(some)
    who = persons_of(one.decision.screening.mention for one in some)
    answers = what_they_may_see(user, who.values(), now)
    open_to = {p: _decided_only(a) for p, a in answers.items() if Item.DECISION in a.items}
    log_reads(user, open_to, page="returned", now=now)
    return [_row(one, own, {m for m, p in who.items() if p in open_to}) for one in some]


def _decided_only(answer: Answer) -> Answer:
    """What these rows show of a child, whatever else the agency may see."""
    return replace(answer, items=frozenset({Item.DECISION}))


def _own_notifications(some: list[ReturnedToReferrer]) -> Own:
    """Return the newest notification of each agency about each incident. One query."""
    kept = Notification.objects.filter(
        source__incident__in={one.decision.screening.incident_id for one in some},
        sender__in={one.agency_id for one in some},
    )  # fmt: skip
    rows = kept.select_related("source").defer("raw", "content").order_by("version", "pk")
    return {(row.sender_id, row.source.happened_in): row for row in rows if row.source}


def _row(one: ReturnedToReferrer, own: Own, told: Collection[int]) -> ReturnedRow:
    decision = one.decision
    child = decision.screening.mention
    sent = own.get((one.agency_id, decision.screening.incident_id))
    return ReturnedRow(
        pk=one.pk,
        reference=sent.reference if sent else "",
        child=_child(child, sent),
        outcome=_outcome(decision) if child.pk in told else not_shared((), (Item.DECISION,)),
        on=short_day(decision.decided_at),
        steps=tuple(one.what_they_can_do),
        ask=settings.FRONT_DOOR,
        read=f"{moment(one.read_at)} by {one.read_by.name}" if one.read_at and one.read_by else "",
    )  # fmt: skip


def _outcome(decision: Decision) -> str:
    return outcome_set(decision.outcome_set).outcome(decision.outcome).name


def _child(mention: Mention, sent: Notification | None) -> str:
    """The name only where the agency wrote it itself; another's source is not theirs to see."""
    written = sent is not None and mention.source_id == sent.source_id
    return mention.name if written else "A child you told us about"
