"""One action and as much of the child as its door, or the user's own, opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.models import Action, Ending
from sightline.actions.owners import away_on, owner_words
from sightline.actions.queries import colleagues
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.clock import local_date
from sightline.common.words import day, moment, short_day
from sightline.meetings.dissenting import STANDING_DISSENTS, dissent_words
from sightline.people.models import Link, Person
from sightline.screening.notified import presence_words
from sightline.screening.presenters import child_words
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see

NOTHING = Answer(False, "")
STEPS = (
    ("agreed", "Agreed"), ("carried", "Kept with a newer decision"), ("accepted", "Accepted"),
    ("started", "Started"), ("completed", "Completed"), ("ended", ""), ("closed", "Settled"),
)  # fmt: skip


@dataclass(frozen=True)
class ActionPage:
    """own: the user's agency is to do it. child: facts, each with its heading; none while the
    door is closed. steps: what may be pressed now, with its words. ways_out: the same for what
    asks for a reason. may_settle: the team may take it back, or settle what came back."""

    action: Action
    state: State
    own: bool
    facts: tuple[tuple[str, str], ...]
    child: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, State], ...]
    steps: tuple[tuple[str, str], ...]
    ways_out: tuple[tuple[str, str], ...]
    colleagues: QuerySet[User] | None
    may_settle: bool


def action_page(user: User, pk: int, *, now: datetime) -> ActionPage:
    """Load an action of the user's agency, or of a child whose actions they may see; else 404.

    What is seen of the child is written down.
    """
    action = _load(pk)
    child = (
        Link.objects.filter(mention=action.decision.screening.mention_id, ended_at__isnull=True)
        .select_related("person")
        .first()
    )
    answers = what_they_may_see(user, [child.person_id], now) if child else {}
    own, seen = action.agency_id == user.agency_id, next(iter(answers.values()), NOTHING)
    if not own and Item.ACTIONS not in seen.items:
        raise Http404
    log_reads(user, answers, page="action", now=now)
    return ActionPage(
        action=action,
        state=state_of(action, local_date(now)),
        own=own,
        facts=tuple(_facts(action, local_date(now))),
        child=tuple(_of_child(action, child.person, seen, now)) if child else (),
        others=tuple(_others(action, now)) if Item.ACTIONS in seen.items else (),
        steps=tuple(_steps(action)) if own else (),
        ways_out=tuple(_ways_out(action)) if own else (),
        colleagues=colleagues(user) if own and action.is_open else None,
        may_settle=Perm.DECIDE in user.perms and Item.ACTIONS in seen.items,
    )


def _load(pk: int) -> Action:
    found = Action.objects.select_related(
        "agency", "owner", "agreed_by__agency", "decision__decided_by", "instead_of__agency",
        "accepted_by", "started_by", "completed_by", "ended_by", "closed_by", "carried_by",
        "decision__screening__mention", "decision__screening__incident__household",
    ).filter(pk=pk)  # fmt: skip
    action = found.first()
    if action is None:
        raise Http404
    return action


def _facts(action: Action, today: date) -> Iterator[tuple[str, str]]:
    yield "Agency", action.agency.name
    away = away_on(today, [action.owner_id]) if action.owner_id else {}
    yield "Who does it", owner_words(action, away)
    yield "Due", day(action.due_on)
    if action.due_because:
        yield "Why that day", action.due_because
    if before := action.instead_of:
        yield "In place of", f"{before.what} ({before.agency.name})"
    for step, words in STEPS:
        at, by = getattr(action, f"{step}_at"), getattr(action, f"{step}_by")
        if at is not None:
            yield words or _ending(action), f"{moment(at)}{f', {by.name}' if by else ''}"
    yield from _evidence(action)
    if by := action.agreed_by:
        yield "Questions to", ", ".join(filter(None, (by.name, by.agency.name, by.telephone)))


def _ending(action: Action) -> str:
    return Ending(action.ending).label


def _evidence(action: Action) -> Iterator[tuple[str, str]]:
    """What was written at the end, of whichever kind it was."""
    if action.note:
        yield "What was done", action.note
    if action.done_on:
        yield "Done on", day(action.done_on)
    if action.seen_by:
        yield "Who saw it", action.seen_by
    if action.ended_because:
        yield "Why", action.ended_because
    if action.closed_because:
        yield "What the team settled", action.closed_because


def _of_child(
    action: Action, person: Person, seen: Answer, now: datetime
) -> Iterator[tuple[str, str]]:
    screening = action.decision.screening
    if Item.IDENTITY in seen.items:
        yield "Child", child_words(screening.mention, person, local_date(now))
        yield "School", screening.mention.school_name or "Not known"
    if Item.HOUSEHOLD in seen.items and screening.incident.household:
        household = screening.incident.household
        yield "Address", f"{household.address} {household.postcode}".strip()
    if Item.INCIDENT in seen.items:
        at_incident = presence_words(screening.mention)
        yield "Incident", f"{short_day(screening.incident.started_at)}. {at_incident}"
    if Item.DECISION in seen.items:
        yield "Decided", outcome_name(action.decision)
        prefetch_related_objects([action.decision], STANDING_DISSENTS)
        if said := dissent_words(action.decision, whole=False):
            yield "Dissent", " ".join(said)


def _others(action: Action, now: datetime) -> Iterator[tuple[str, str, State]]:
    """What others agreed to do for the same child with the same decision."""
    others = Action.objects.filter(decision=action.decision_id).exclude(pk=action.pk)
    for other in others.select_related("agency").order_by("due_on", "pk"):
        yield other.what, other.agency.name, state_of(other, local_date(now))


def _steps(action: Action) -> Iterator[tuple[str, str]]:
    if not action.is_open:
        return
    if action.accepted_at is None:
        yield "accept", "Accept"
    if action.started_at is None:
        yield "start", "Start"
    yield "complete", "Complete"


def _ways_out(action: Action) -> Iterator[tuple[str, str]]:
    if action.is_open and action.accepted_at is None:
        yield "decline", "Decline"
    if action.is_open:
        yield "not_possible", "Not possible"
