"""Recommended, accepted, started, completed side by side: the page on which it is seen at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from sightline.access.models import Agency, User
from sightline.access.roles import Perm
from sightline.actions.models import WHOM, Action
from sightline.common.clock import local_date
from sightline.common.words import plural
from sightline.insight.catalogue import BY_ID
from sightline.insight.dashboards.reader import Rows
from sightline.insight.figures.recommended import FOLLOWS
from sightline.insight.periods import Period
from sightline.insight.presenters import shown
from sightline.insight.reading import Asked, Reading, read
from sightline.people.models import Link
from sightline.rules.disclosure.showing import HIDDEN
from sightline.rules.screening.outcomes import name_of
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons


@dataclass(frozen=True)
class AtOneLook:
    """One outcome: how many were recommended, begun, and done, in a sentence and as shares."""

    words: str
    started: int
    completed: int
    began: int | None


@dataclass(frozen=True)
class RecommendedPage:
    """The two tables, and what they say in a sentence each."""

    period: Period
    looks: tuple[AtOneLook, ...]
    by_outcome: tuple[list[dict[str, Any]], list[list[str]]]
    by_agency: tuple[list[dict[str, Any]], list[list[str]]]
    behind: tuple[tuple[str, str], ...]
    is_empty: bool
    is_protected: bool
    hides: int
    as_at: datetime


def recommended_page(user: User, period: Period, now: datetime) -> RecommendedPage:
    """Read both figures as this user may see them. NotWholeError: these days are not for them."""
    by_outcome, by_agency = (
        read(user, BY_ID[figure], Asked(period), now)
        for figure in ("done.outcomes", "done.agencies")
    )
    return RecommendedPage(
        period=by_outcome.asked.period,
        looks=tuple(_looks(by_outcome.rows)),
        by_outcome=_table(by_outcome),
        by_agency=_table(by_agency),
        behind=tuple(_behind(by_agency.rows)),
        is_empty=by_outcome.is_empty,
        is_protected=by_outcome.policy is not None,
        hides=by_outcome.hides + by_agency.hides,
        as_at=by_outcome.as_at,
    )


def _table(reading: Reading) -> tuple[list[dict[str, Any]], list[list[str]]]:
    table = shown(reading)
    return table.columns, table.rows


def _looks(rows: Rows) -> Iterable[AtOneLook]:
    """Of each outcome for which an agency was asked to do something, or which others record.

    An outcome of which anything is hidden is in the table alone.
    """
    for row in rows:
        name, decided, agreed, _, started, completed, _, began, _, ended = row
        if HIDDEN not in row and isinstance(decided, int) and (agreed or began is not None):
            yield AtOneLook(
                _sentence(str(name), decided, _whole(started), _whole(completed), began, ended),
                _share(started, decided), _share(completed, decided),
                None if began is None else _share(began, decided),
            )  # fmt: skip


def _sentence(
    name: str, decided: int, started: int, completed: int, began: object, ended: object
) -> str:
    here = f"{decided:,} recommended, {started:,} started, {completed:,} completed"
    if began is None:
        return f"{name}: {here}."
    return f"{name}: {here}; {_whole(began):,} recorded as begun and {_whole(ended):,} as ended."


def _whole(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _share(cell: object, of: int) -> int:
    return round(100 * _whole(cell) / of) if of else 0


def _behind(rows: Rows) -> Iterable[tuple[str, str]]:
    """Who is behind: agencies with something overdue, most first. What is hidden is not counted."""
    late: dict[str, Rows] = {}
    for row in rows:
        if _whole(row[-1]):
            late.setdefault(str(row[0]), []).append(row)
    totals = {name: sum(_whole(row[-1]) for row in its) for name, its in late.items()}
    for name in sorted(totals, key=lambda agency: (-totals[agency], agency)):
        agreed = sum(_whole(row[2]) for row in late[name])
        yield name, f"{plural(totals[name], 'action')} overdue of {agreed:,} agreed"


def outcomes_in_use() -> list[tuple[str, str]]:
    """The outcomes that something is expected to follow, with what they are called today."""
    return [(code, name_of("2026.1", code)) for code in FOLLOWS]


def may_drill(user: User) -> bool:
    """Whether the cases behind the counts are for this user: whoever works on some of them."""
    return bool(user.perms & {Perm.SEE_WORKLIST, Perm.WORK_ACTIONS})


def cases(
    user: User, period: Period, *, agency: Agency | None, outcome: str, behind: bool, now: datetime
) -> QuerySet[Action]:
    """Return the actions behind the counts that this user may see, late ones first.

    Those of their own agency, and of children whose actions are shared with them.
    """
    first, after = period.moments()
    found = Action.objects.exclude(ending="withdrawn").filter(
        decision__isnull=False, decision__replaced_at__isnull=True
    )
    if period.first:
        found = found.filter(decision__decided_at__gte=first)
    if period.last:
        found = found.filter(decision__decided_at__lt=after)
    if agency is not None:
        found = found.filter(agency=agency)
    if outcome:
        found = found.filter(decision__outcome=outcome)
    if behind:
        found = found.filter(Action.OPEN, due_on__lt=local_date(now))
    seen = Link.objects.filter(ended_at__isnull=True).filter(
        person__in=visible_persons(user, now, Item.ACTIONS)
    )
    mine = Q(agency=user.agency_id) | Q(decision__screening__mention__in=seen.values("mention"))
    return found.filter(mine).select_related(
        "agency", "owner", *WHOM
    ).order_by("completed_at", "due_on", "pk")  # fmt: skip
