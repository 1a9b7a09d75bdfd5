"""One action and as much of the child, or of the pair, as its door or the user's own opens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404
from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.actions.listing import settled_at
from sightline.actions.models import WHOM, Action, Ending
from sightline.actions.owners import away_on, owner_words
from sightline.actions.queries import colleagues
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting_for
from sightline.common.words import day, moment, short_day
from sightline.meetings.dissenting import STANDING_DISSENTS, dissent_words
from sightline.meetings.models import MaracReferral
from sightline.people.models import Link, Mention, Person
from sightline.screening.models import Screening
from sightline.screening.notified import presence_words
from sightline.screening.presenters import child_words
from sightline.sharing.in_words import not_shared
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, what_they_may_see
from sightline.sharing.sheltering import NOT_SAID, homes_sheltering

NOTHING = Answer(False, "")
STEPS = (
    ("agreed", "Agreed"), ("carried", "Kept with a newer decision"), ("accepted", "Accepted"),
    ("started", "Started"), ("completed", "Completed"), ("ended", ""), ("closed", "Settled"),
)  # fmt: skip


@dataclass(frozen=True)
class ActionPage:
    """own: the user's agency is to do it. whom: facts of the child or the pair, each with its
    heading; none while the door is closed. steps: what may be pressed now, with its words.
    ways_out: the same for what asks for a reason. links: words and address of where to go on."""

    action: Action
    state: State
    own: bool
    facts: tuple[tuple[str, str], ...]
    whom: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, State], ...]
    steps: tuple[tuple[str, str], ...]
    ways_out: tuple[tuple[str, str], ...]
    colleagues: QuerySet[User] | None
    links: tuple[tuple[str, str], ...]
    held_back: str


def action_page(user: User, pk: int, *, now: datetime) -> ActionPage:
    """Load an action of the user's agency, or of somebody whose actions they may see; else 404.

    What is seen of the child, or of the pair, is written down.
    """
    action = _load(pk)
    who = _persons(action)
    answers = what_they_may_see(user, [person.pk for person in who.values()], now) if who else {}
    own, seen = action.agency_id == user.agency_id, _seen(action.concerns, who, answers)
    if not own and Item.ACTIONS not in seen.items:
        raise Http404
    log_reads(user, answers, page="action", now=now)
    whom = tuple(_whom(action, who, answers, user, now))
    return ActionPage(
        action=action,
        state=state_of(action, local_date(now)),
        own=own,
        facts=tuple(_facts(action, seen, local_date(now))),
        whom=whom,
        others=tuple(_others(action, now)) if Item.ACTIONS in seen.items else (),
        steps=tuple(_steps(action)) if own else (),
        ways_out=tuple(_ways_out(action)) if own else (),
        colleagues=colleagues(user) if own and action.is_open else None,
        links=tuple(_links(action, user, seen, bool(whom))),
        held_back=not_shared(seen.items, _shown(action)) if whom else "",
    )


# An agency's own action is its own to read and to take up, while its door is closed too: what of
# the child, the decision and other actions is told is asked of the ledger item by item.
@acting_for(Purpose.CHECKING)
def _load(pk: int) -> Action:
    found = Action.objects.select_related(
        "agency", "owner", "agreed_by__agency", "decision__decided_by", "instead_of__agency",
        "accepted_by", "started_by", "completed_by", "ended_by", "closed_by", "carried_by",
        "hearing__referral__perpetrator", *WHOM,
    ).filter(pk=pk)  # fmt: skip
    action = found.first()
    if action is None:
        raise Http404
    return action


def _persons(action: Action) -> dict[int, Person]:
    """Return who it is about by their mentions: the child, or the two of a pair."""
    pair = action.referral
    about = [action.concerns.pk] if pair is None else [pair.victim_id, pair.perpetrator_id]
    links = Link.objects.filter(mention__in=about, ended_at__isnull=True).select_related("person")
    return {link.mention_id: link.person for link in links}


def _seen(mention: Mention, who: Mapping[int, Person], answers: Mapping[int, Answer]) -> Answer:
    return answers.get(who[mention.pk].pk, NOTHING) if mention.pk in who else NOTHING


def _links(action: Action, user: User, seen: Answer, is_open: bool) -> Iterator[tuple[str, str]]:
    """Yield where to go on from here: words and address."""
    settles = Perm.DECIDE in user.perms and Item.ACTIONS in seen.items
    if action.referral is not None and Item.HISTORY in seen.items:
        yield "The pair and its hearing", reverse("marac-referral", args=[action.referral.pk])
    if action.screening is not None and is_open:
        family = "The family, as far as it is shared with you"
        yield family, reverse("family", args=[action.screening.incident_id])
        did = "What social care and early help did"
        yield did, reverse("outcomes", args=[action.screening.pk])
    if settles:
        yield "Withdraw, keep or agree anew", settled_at(action)
    yield "All actions", reverse("actions")


def _facts(action: Action, seen: Answer, today: date) -> Iterator[tuple[str, str]]:
    yield "Agency", action.agency.name
    away = away_on(today, [action.owner_id]) if action.owner_id else {}
    yield "Who does it", owner_words(action, away)
    yield "Due", day(action.due_on)
    if action.due_because:
        yield "Why that day", action.due_because
    before = action.instead_of
    if before and (before.agency_id == action.agency_id or Item.ACTIONS in seen.items):
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


def _whom(
    action: Action,
    who: Mapping[int, Person],
    answers: Mapping[int, Answer],
    user: User,
    now: datetime,
) -> Iterator[tuple[str, str]]:
    if action.referral is not None:
        yield from _of_pair(action.referral, who, answers)
    if action.screening is not None and (child := who.get(action.concerns.pk)):
        seen = _seen(action.concerns, who, answers)
        yield from _of_child(action.screening, child, seen, user, now)
        yield from _of_decision(action, seen)


def _of_pair(
    pair: MaracReferral, who: Mapping[int, Person], answers: Mapping[int, Answer]
) -> Iterator[tuple[str, str]]:
    """The two by name, each as far as it is open; where she lives is never shown here."""
    for heading, mention in (("Victim", pair.victim), ("Perpetrator", pair.perpetrator)):
        if Item.IDENTITY in _seen(mention, who, answers).items:
            yield heading, who[mention.pk].name


def _of_child(
    screening: Screening, person: Person, seen: Answer, user: User, now: datetime
) -> Iterator[tuple[str, str]]:
    if Item.IDENTITY in seen.items:
        yield "Child", child_words(screening.mention, person, local_date(now))
        yield "School", screening.mention.school_name or "Not known"
    if Item.HOUSEHOLD in seen.items and screening.incident.household:
        household = screening.incident.household
        shelters = homes_sheltering([household.pk], user, now)
        address = f"{household.address} {household.postcode}".strip()
        yield "Address", NOT_SAID if household.pk in shelters else address
    if Item.INCIDENT in seen.items:
        at_incident = presence_words(screening.mention)
        yield "Incident", f"{short_day(screening.incident.started_at)}. {at_incident}"


def _of_decision(action: Action, seen: Answer) -> Iterator[tuple[str, str]]:
    if action.decision is not None and Item.DECISION in seen.items:
        yield "Decided", outcome_name(action.decision)
        prefetch_related_objects([action.decision], STANDING_DISSENTS)
        if said := dissent_words(action.decision, whole=False):
            yield "Dissent", " ".join(said)


def _others(action: Action, now: datetime) -> Iterator[tuple[str, str, State]]:
    """What others agreed to do with the same decision, or after the same hearing."""
    others = Action.objects.filter(decision=action.decision_id, hearing=action.hearing_id)
    others = others.exclude(pk=action.pk).select_related("agency").order_by("due_on", "pk")
    for other in others:
        yield other.what, other.agency.name, state_of(other, local_date(now))


def _shown(action: Action) -> tuple[Item, ...]:
    """The items that the page has room for; of a pair no more than who they are."""
    if action.referral is not None:
        return (Item.IDENTITY,)
    return (Item.IDENTITY, Item.HOUSEHOLD, Item.INCIDENT, Item.DECISION, Item.ACTIONS)


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
