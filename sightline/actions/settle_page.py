"""The actions for one child or one pair, with what the team has to settle about each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from sightline.actions.models import Action
from sightline.actions.owners import Away, away_on, owner_words
from sightline.actions.words import State, outcome_name, state_of
from sightline.common.words import short_day
from sightline.meetings.models import MaracReferral
from sightline.screening.presenters import child_words
from sightline.screening.sight import Opened


@dataclass(frozen=True)
class SettleRow:
    """One action: where it stands, with which decision it was agreed, what may be done about it.

    why: the reason for which it came back. ways: button and words of what may be pressed.
    """

    pk: int
    what: str
    agency: str
    owner: str
    state: State
    decided: str
    why: str
    ways: tuple[tuple[str, str], ...]
    is_back: bool


@dataclass(frozen=True)
class SettlePage:
    """The actions for one child or one pair: those that wait to be settled first.

    links: words and address of where to go on."""

    whose: str
    links: tuple[tuple[str, str], ...]
    waiting: tuple[SettleRow, ...]
    others: tuple[SettleRow, ...]


def settle_page(opened: Opened, today: date) -> SettlePage:
    """Everything agreed for the child of a screening, with any decision of it. Two queries."""
    screening = opened.screening
    links = (
        ("What social care did", reverse("outcomes", args=[screening.pk])),
        ("The decision", reverse("decide", args=[screening.pk])),
        ("The family", reverse("family", args=[screening.incident_id])),
    )
    actions = Action.objects.filter(decision__screening=screening)
    whose = child_words(screening.mention, opened.child, today)
    return _page(whose, links, actions, today)


def settle_pair_page(referral: MaracReferral, today: date) -> SettlePage:
    """Everything agreed after the hearing of a pair. Two queries."""
    links = (("The pair and its hearing", reverse("marac-referral", args=[referral.pk])),)
    actions = Action.objects.filter(hearing__referral=referral)
    return _page(f"MARAC: pair {referral.pk}", links, actions, today)


def _page(
    whose: str, links: tuple[tuple[str, str], ...], actions: QuerySet[Action], today: date
) -> SettlePage:
    found = actions.select_related("agency", "owner", "decision", "hearing", "ended_by__agency")
    rows = list(_rows(found.order_by("due_on", "pk"), away_on(today), today))
    return SettlePage(
        whose=whose,
        links=links,
        waiting=tuple(row for row, waits in rows if waits),
        others=tuple(row for row, waits in rows if not waits),
    )


def _rows(
    actions: Iterable[Action], away: dict[int, Away], today: date
) -> Iterator[tuple[SettleRow, bool]]:
    for action in actions:
        decision = action.decision
        left_over = action.is_open and decision is not None and decision.replaced_at is not None
        row = SettleRow(
            pk=action.pk,
            what=action.what,
            agency=action.agency.name,
            owner=owner_words(action, away),
            state=state_of(action, today),
            decided=_decided(action),
            why=action.ended_because,
            ways=tuple(_ways(action, left_over)),
            is_back=action.is_back_with_the_team,
        )
        yield row, left_over or action.is_back_with_the_team


def _decided(action: Action) -> str:
    decision = action.decision
    if decision is None:
        return f"the hearing, {short_day(action.hearing.heard_at)}" if action.hearing else ""
    replaced = ", replaced since" if decision.replaced_at else ""
    return f"{outcome_name(decision)}, {short_day(decision.decided_at)}{replaced}"


def _ways(action: Action, left_over: bool) -> Iterator[tuple[str, str]]:
    if left_over:
        yield "keep", "Keep with the newer decision"
    if action.is_open:
        yield "withdraw", "Withdraw"
    if action.is_back_with_the_team:
        yield "close", "Close"
