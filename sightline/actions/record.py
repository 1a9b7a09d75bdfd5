"""What earlier decisions, actions and social care's own events say of the children of an incident.

Screening asks for it (rules/screening/record.py, RecordFacts) and cannot look it up itself: these
belong to later stages. Absence is said only of what we keep ourselves; social care may not have
sent what it did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from sightline.actions.models import Action, EventKind, SocialCareEvent
from sightline.common.clock import local_date
from sightline.meetings.models import Decision
from sightline.people.models import Incident, Link, Role
from sightline.rules.screening.record import Evidence, RecordFacts

EARLY_HELP = ("CAF", "EARLY_HELP")  # by the outcome sets of 2009 and 2026
PROTECTION = (EventKind.SECTION_47, EventKind.PLAN, EventKind.LOOKED_AFTER)


@dataclass(frozen=True)
class _Earlier:
    """A decision of an earlier screening of a child, and the actions agreed with it."""

    outcome: str
    on: date
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class _Event:
    kind: str
    on: date


def record_facts(incident: Incident, *, now: datetime) -> dict[int, RecordFacts]:
    """Return what is on record for each child of an incident, by person id. Three queries.

    Children of whom nothing is on record, or whose record is restricted, are left out.
    """
    earlier, events = _decisions(incident), _events(incident)
    return {
        child: _facts(earlier[child], events[child], local_date(now))
        for child in earlier.keys() | events.keys()
    }


def _children(incident: Incident) -> QuerySet[Link]:
    return Link.objects.filter(
        mention__source__incident=incident, mention__source__superseded_at__isnull=True,
        mention__role=Role.CHILD, ended_at__isnull=True, person__restricted_at__isnull=True,
    ).values("person")  # fmt: skip


def _decisions(incident: Incident) -> dict[int, list[_Earlier]]:
    rows = list(
        Decision.objects.filter(
            replaced_at__isnull=True,
            screening__withdrawn_at__isnull=True,
            screening__incident__started_at__lt=incident.started_at,
            screening__mention__links__ended_at__isnull=True,
            screening__mention__links__person__in=_children(incident),
        ).values_list("screening__mention__links__person", "pk", "outcome", "decided_at")
    )
    actions = _actions(pk for _, pk, _, _ in rows)
    found: dict[int, list[_Earlier]] = defaultdict(list)
    for child, pk, outcome, at in rows:
        found[child].append(_Earlier(outcome, local_date(at), tuple(actions.get(pk, ()))))
    return found


def _actions(decisions: Iterable[int]) -> Mapping[int, list[Action]]:
    wanted, found = list(decisions), defaultdict(list)
    if wanted:
        for action in Action.objects.filter(decision__in=wanted).select_related("agency"):
            found[action.decision_id].append(action)
    return found


def _events(incident: Incident) -> dict[int, list[_Event]]:
    found: dict[int, list[_Event]] = defaultdict(list)
    rows = SocialCareEvent.objects.filter(
        on__lte=local_date(incident.started_at),
        mention__links__ended_at__isnull=True,
        mention__links__person__in=_children(incident),
    )
    for child, kind, on in rows.values_list("mention__links__person", "kind", "on"):
        found[child].append(_Event(kind, on))
    return found


def _facts(earlier: list[_Earlier], events: list[_Event], today: date) -> RecordFacts:
    return RecordFacts(
        early_help_unfinished=_early_help(earlier, events, today),
        protection=tuple(
            Evidence(event.on, EventKind(event.kind).label)
            for event in events
            if event.kind in PROTECTION
        )
        or None,
        overdue_actions=_overdue(earlier, today),
    )


def _overdue(earlier: list[_Earlier], today: date) -> tuple[Evidence, ...] | None:
    actions = [action for one in earlier for action in one.actions]
    if not actions:
        return None
    late = [action for action in actions if action.is_overdue(today)]
    return tuple(Evidence(a.due_on, f"Due by {a.agency.name}, not completed") for a in late)


def _early_help(
    earlier: list[_Earlier], events: list[_Event], today: date
) -> tuple[Evidence, ...] | None:
    """Offers not taken further; none when all were; None where nothing shows either way."""
    shown = [(one, _went_on(one, events, today)) for one in earlier if one.outcome in EARLY_HELP]
    unfinished = tuple(
        Evidence(one.on, "Early help was decided and what was agreed is overdue")
        for one, went_on in shown
        if went_on is False
    )
    all_known = shown and all(went_on is not None for _, went_on in shown)
    return unfinished if unfinished or all_known else None


def _went_on(one: _Earlier, events: list[_Event], today: date) -> bool | None:
    """Whether an offer of early help was taken further, as far as the record shows."""
    assessed = any(event.kind == EventKind.EARLY_HELP and event.on >= one.on for event in events)
    if assessed or (one.actions and all(action.completed_at for action in one.actions)):
        return True
    return False if any(action.is_overdue(today) for action in one.actions) else None
