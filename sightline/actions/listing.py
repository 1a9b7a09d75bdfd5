"""The list of an agency's actions, without a name: street and age only, while the door is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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

CLOSED = "Closed: take the action up to see the child"


@dataclass(frozen=True)
class ActionListed:
    """One row: what is to be done, for a child in which street, by when, how far it is."""

    pk: int
    what: str
    where: str
    agreed: str
    agency: str
    owner: str
    state: State


def rows_of(user: User, actions: Iterable[Action], now: datetime) -> list[ActionListed]:
    """Return the rows. Three queries, however many there are."""
    listed = list(actions)
    child_of = persons_of([action.decision.screening.mention for action in listed])
    open_to = what_they_may_see(user, set(child_of.values()), now)
    today = local_date(now)
    away = away_on(today, {action.owner_id for action in listed if action.owner_id})
    rows = []
    for action in listed:
        child = child_of.get(action.decision.screening.mention_id, 0)
        seen = child in open_to and Item.HOUSEHOLD in open_to[child].items
        where = _where(action) if seen else CLOSED
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


def _where(action: Action) -> str:
    household = action.decision.screening.incident.household
    return household.street if household else "Address not known"


@dataclass(frozen=True)
class SettleListed:
    """One row of what waits for the team; `screening` is 0 where the child may not be seen."""

    what: str
    agency: str
    where: str
    state: State
    screening: int


def settle_rows(user: User, actions: Iterable[Action], now: datetime) -> list[SettleListed]:
    """Return the rows of what waits for the team. Two queries, however many there are."""
    listed = list(actions)
    child_of = persons_of([action.decision.screening.mention for action in listed])
    open_to = what_they_may_see(user, set(child_of.values()), now)

    def row(action: Action) -> SettleListed:
        child = open_to.get(child_of.get(action.decision.screening.mention_id, 0))
        seen = child is not None and Item.ACTIONS in child.items
        return SettleListed(
            action.what if seen else "Not shared with your agency", action.agency.name,
            _where(action) if seen else "", state_of(action, local_date(now)),
            action.decision.screening_id if seen else 0,
        )  # fmt: skip

    return [row(action) for action in listed]


@dataclass(frozen=True)
class SentRow:
    """A notification about a child who is open to this worker: where, since when, read or not."""

    incident: int
    where: str
    sent: str
    read: str


def sent_row(screening: Screening) -> SentRow:
    """Return the row of a screening that was sent to its worker."""
    household = screening.incident.household
    return SentRow(
        incident=screening.incident_id,
        where=household.street if household else "Address not known",
        sent=moment(screening.routed_at) if screening.routed_at else "",
        read=moment(screening.read_at) if screening.read_at else "",
    )
