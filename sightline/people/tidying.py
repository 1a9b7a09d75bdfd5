"""Closing questions that nobody needs to answer any more, with the reason.

What a join, a split or a "not the same" does to open questions is in `questions`.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.common.announce import announce
from sightline.common.rows import numbers
from sightline.people.models import Link, LinkReview, Source

CORRECTED = "the notification was corrected and no longer speaks of one of the two"

SUPERSEDED = """
    select id from people_source
    where incident_id = any(%s::bigint[]) and superseded_at is not null limit 1
"""


@transaction.atomic
def close_reviews(reviews: QuerySet[LinkReview], *, because: str, now: datetime) -> int:
    """Close what is open of these, say since another model no longer asks. Returns how many."""
    found = reviews.filter(LinkReview.OPEN).select_for_update().order_by("pk")
    closed = list(found.values_list("pk", flat=True))
    LinkReview.objects.filter(pk__in=closed).update(closed_at=now, closed_because=because[:200])
    for pk in closed:
        announce("question.closed", pk)
    return len(closed)


def is_corrected(sources: Iterable[Source]) -> bool:
    """Whether a source of one of these incidents holds no more, as seldom. One query."""
    incidents = {source.incident_id for source in sources}
    with connection.cursor() as cursor:
        return bool(cursor.rows(SUPERSEDED, [numbers(pk for pk in incidents if pk)]))


def close_corrected(sources: Iterable[Source], *, now: datetime) -> int:
    """Close questions about persons of whom a correction left nothing that holds.

    sources: those that came now. A person who is still named somewhere is still asked about.
    Returns how many were closed.
    """
    incidents = {source.incident_id for source in sources}
    corrected = Link.objects.filter(
        mention__source__incident__in=incidents, mention__source__superseded_at__isnull=False,
        ended_at__isnull=True,
    ).values("person")  # fmt: skip
    asked = LinkReview.objects.filter(
        Q(candidate__in=corrected)
        | Exists(Link.objects.filter(person__in=corrected, **_of_mention()))
    )
    holding = {"ended_at__isnull": True, "mention__source__superseded_at__isnull": True}
    here = Link.objects.filter(
        person__links__mention=OuterRef("mention"), person__links__ended_at__isnull=True, **holding
    )
    there = Link.objects.filter(person=OuterRef("candidate"), **holding)
    left_alone = asked.filter(~Exists(here) | ~Exists(there))
    return close_reviews(left_alone, because=CORRECTED, now=now)


def _of_mention() -> dict[str, object]:
    return {"mention": OuterRef("mention"), "ended_at__isnull": True}
