"""One action and as much of the child as its door, or the user's own, opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sightline.access.models import User
from sightline.actions.models import Action
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.clock import local_date
from sightline.common.words import day, moment, short_day
from sightline.people.models import Link, Person
from sightline.screening.notified import presence_words
from sightline.screening.presenters import child_words
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see

NOTHING = Answer(False, "")


@dataclass(frozen=True)
class ActionPage:
    """own: the user's agency is to do it. child: facts, each with its heading; none while the
    door is closed. steps: what may be pressed now, with its words."""

    action: Action
    state: State
    own: bool
    facts: tuple[tuple[str, str], ...]
    child: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, State], ...]
    steps: tuple[tuple[str, str], ...]


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
        facts=tuple(_facts(action)),
        child=tuple(_of_child(action, child.person, seen, now)) if child else (),
        others=tuple(_others(action, now)) if Item.ACTIONS in seen.items else (),
        steps=tuple(_steps(action)) if own else (),
    )


def _load(pk: int) -> Action:
    found = Action.objects.select_related(
        "agency", "agreed_by__agency", "decision__decided_by",
        "accepted_by", "started_by", "completed_by",
        "decision__screening__mention", "decision__screening__incident__household",
    ).filter(pk=pk)  # fmt: skip
    action = found.first()
    if action is None:
        raise Http404
    return action


def _facts(action: Action) -> Iterator[tuple[str, str]]:
    yield "Agency", action.agency.name
    yield "Due", day(action.due_on)
    for step in ("agreed", "accepted", "started", "completed"):
        at, by = getattr(action, f"{step}_at"), getattr(action, f"{step}_by")
        if at is not None:
            yield step.capitalize(), f"{moment(at)}{f', {by.name}' if by else ''}"
    if action.note:
        yield "What was done", action.note
    if by := action.agreed_by:
        yield "Questions to", ", ".join(filter(None, (by.name, by.agency.name, by.telephone)))


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


def _others(action: Action, now: datetime) -> Iterator[tuple[str, str, State]]:
    """What others agreed to do for the same child with the same decision."""
    others = Action.objects.filter(decision=action.decision_id).exclude(pk=action.pk)
    for other in others.select_related("agency").order_by("due_on", "pk"):
        yield other.what, other.agency.name, state_of(other, local_date(now))


def _steps(action: Action) -> Iterator[tuple[str, str]]:
    if action.accepted_at is None:
        yield "accept", "Accept"
    if action.started_at is None:
        yield "start", "Start"
    if action.completed_at is None:
        yield "complete", "Complete"
