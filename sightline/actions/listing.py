"""The list of an agency's actions, without a name: the street while the door is open, or the pair
that was heard at a MARAC."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.access.models import User
from sightline.actions.models import Action
from sightline.actions.owners import away_on, owner_words
from sightline.actions.words import State, state_of
from sightline.common.clock import local_date
from sightline.common.words import moment, short_day
from sightline.people.queries import persons_of
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see
from sightline.sharing.sheltering import streets_of

CLOSED = "Closed: take the action up to see the child"


@dataclass(frozen=True)
class ActionListed:
    """One row: what is to be done, for whom by street or number, by when, how far it is."""

    pk: int
    what: str
    where: str
    agreed: str
    agency: str
    owner: str
    state: State


def rows_of(user: User, actions: Iterable[Action], now: datetime) -> list[ActionListed]:
    """Return the rows. Four queries, however many there are."""
    listed = list(actions)
    streets = streets_of((action.incident.pk for action in listed), user, now)
    whose = persons_of([action.concerns for action in listed])
    open_to = what_they_may_see(user, set(whose.values()), now)
    today = local_date(now)
    away = away_on(today, {action.owner_id for action in listed if action.owner_id})
    rows = []
    for action in listed:
        person = open_to.get(whose.get(action.concerns.pk, 0))
        seen = person is not None and Item.HOUSEHOLD in person.items
        where = _where(action, streets) if seen or action.hearing_id else CLOSED
        agreed, state = short_day(action.agreed_at), state_of(action, today)
        rows.append(
            ActionListed(
                action.pk,
                action.what,
                where,
                agreed,
                action.agency.name,
                owner_words(action, away),
                state,
            )
        )
    return rows


def _where(action: Action, streets: Mapping[int, str]) -> str:
    """Return where the child lives; of a pair, its number: a MARAC opens no address."""
    if action.referral is not None:
        return f"MARAC: pair {action.referral.pk}"
    return streets.get(action.incident.pk) or "Address not known"


@dataclass(frozen=True)
class SettleListed:
    """One row of what waits for the team; `href` is empty where the child, or the pair, may not be
    seen."""

    what: str
    agency: str
    where: str
    state: State
    href: str


def settle_rows(user: User, actions: Iterable[Action], now: datetime) -> list[SettleListed]:
    """Return the rows of what waits for the team. Three queries, however many there are."""
    listed = list(actions)
    streets = streets_of((action.incident.pk for action in listed), user, now)
    whose = persons_of([action.concerns for action in listed])
    open_to = what_they_may_see(user, set(whose.values()), now)

    def row(action: Action) -> SettleListed:
        person = open_to.get(whose.get(action.concerns.pk, 0))
        seen = person is not None and Item.ACTIONS in person.items
        return SettleListed(
            action.what if seen else "Not shared with your agency", action.agency.name,
            _where(action, streets) if seen else "", state_of(action, local_date(now)),
            settled_at(action) if seen else "",
        )  # fmt: skip

    return [row(action) for action in listed]


def settled_at(action: Action) -> str:
    """Return the address of the page on which the team settles an action."""
    if action.referral is not None:
        return reverse("settle-pair", args=[action.referral.pk])
    return reverse("settle", args=[action.screening.pk if action.screening else 0])


@dataclass(frozen=True)
class SentRow:
    """A notification about a child who is open to this worker: where, since when, read or not."""

    incident: int
    where: str
    sent: str
    read: str


def sent_rows(user: User, screenings: Iterable[Screening], now: datetime) -> list[SentRow]:
    """Return the rows of screenings that were sent to their worker, the user."""
    listed = list(screenings)
    streets = streets_of((screening.incident_id for screening in listed), user, now)
    return [
        SentRow(
            incident=screening.incident_id,
            where=streets.get(screening.incident_id) or "Address not known",
            sent=moment(screening.routed_at) if screening.routed_at else "",
            read=moment(screening.read_at) if screening.read_at else "",
        )
        for screening in listed
    ]
