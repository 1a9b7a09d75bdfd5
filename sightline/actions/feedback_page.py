"""What came of a notification, for the agency that sent it: how far it is, and what it may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sightline.access.models import User
from sightline.actions.feedback import Considered, considered
from sightline.actions.models import Feedback
from sightline.actions.words import outcome_name
from sightline.common.words import day, moment, plural, short_day
from sightline.intake.models import Notification
from sightline.meetings.models import Decision
from sightline.people.models import Link
from sightline.rules.feedback import Extent
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads, what_they_may_see


@dataclass(frozen=True)
class FeedbackPage:
    """steps: how far it is. children: what was decided for whom, in the sender's own names, as far
    as the ledger lets them know it. about: what else is said."""

    notification: Notification
    feedback: Feedback | None
    steps: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str, str], ...]
    may_know: str


def feedback_page(user: User, pk: int, *, now: datetime) -> FeedbackPage:
    """Load what came of a notification of the user's agency; 404 for any other. What is seen of a
    child is written down."""
    sent = Notification.objects.filter(pk=pk, sender=user.agency_id)
    notification = sent.select_related("source", "feedback").first()
    if notification is None:
        raise Http404
    feedback = getattr(notification, "feedback", None)
    return FeedbackPage(
        notification=notification,
        feedback=feedback,
        steps=tuple(_steps(notification)),
        children=tuple(_children(user, notification, now)) if feedback else (),
        may_know=_may_know(feedback),
    )


def _steps(notification: Notification) -> Iterator[tuple[str, str]]:
    yield "Received", moment(notification.received_at)
    if notification.superseded_at:
        yield "Superseded", f"By a newer version, {moment(notification.superseded_at)}"
        return
    if notification.opened_at is None or notification.source is None:
        yield "With the screening team", "Not yet"
        return
    yield "With the screening team", moment(notification.opened_at)
    if notification.source.incident_id:
        yield from _of_children(considered(notification.source.incident_id))


def _of_children(how: Considered) -> Iterator[tuple[str, str]]:
    of = f"of {plural(how.children, 'child', 'children')}"
    yield "Screened", f"{how.screened} {of}"
    last = f", the last {day(how.last)}" if how.last else ""
    yield "Decided what follows", f"{how.decided} {of}{last}"


def _may_know(feedback: Feedback | None) -> str:
    if feedback is None:
        return "It is told here once the team has decided what follows."
    if feedback.extent == Extent.SUMMARY:
        return (
            "What was decided for each child that you reported. Why, and what else is known of the "
            "family, is not part of it."
        )
    return (
        "The family was considered and it was decided what follows. What the family is offered is "
        "for the family to tell. Ring if you work with the child and need to know more."
    )


def _children(
    user: User, notification: Notification, now: datetime
) -> Iterator[tuple[str, str, str]]:
    """Each child whom the sender named, with what was decided, where that is open to them."""
    links = Link.objects.filter(
        mention__source=notification.source_id, mention__role="child", ended_at__isnull=True
    ).select_related("mention")
    named = {link.person_id: link.mention for link in links.order_by("mention__position")}
    seen = {
        person: answer
        for person, answer in what_they_may_see(user, named, now).items()
        if Item.DECISION in answer.items
    }
    log_reads(user, seen, page="feedback", now=now)
    decided = _decisions(notification, list(seen))
    for person, mention in named.items():
        if person in decided:
            made = decided[person]
            yield mention.name, outcome_name(made), short_day(made.decided_at)


def _decisions(notification: Notification, persons: list[int]) -> dict[int, Decision]:
    """The decision that stands for each of these children in this incident."""
    made = Decision.objects.filter(
        screening__incident=notification.source.incident_id if notification.source else None,
        screening__withdrawn_at__isnull=True, replaced_at__isnull=True,
    )  # fmt: skip
    links = Link.objects.filter(
        person__in=persons, ended_at__isnull=True, mention__screenings__decisions__in=made
    )
    rows = links.values_list("person_id", "mention__screenings__decisions")
    by_id = made.in_bulk([pk for _, pk in rows])
    return {person: by_id[pk] for person, pk in rows if pk in by_id}
