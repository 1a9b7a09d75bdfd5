"""What earlier decisions, actions and social care's own events say of the children of incidents.

Screening asks for it (rules/screening/record.py, RecordFacts) and cannot look it up itself: these
belong to later stages. Absence is said only of what we keep ourselves; social care may not have
sent what it did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.actions.models import RETURNED, Action, EventKind, SocialCareEvent
from sightline.common.clock import local_date
from sightline.meetings.marac.pairs import marac_hearings_of
from sightline.meetings.models import Decision
from sightline.people.models import Link, Role
from sightline.rules.screening.record import Evidence, RecordFacts
from sightline.rules.screening.responses import MARAC_MONTHS
from sightline.rules.screening.windows import months_before

EARLY_HELP = ("CAF", "EARLY_HELP")  # by the outcome sets of 2009 and 2026
PROTECTION = (EventKind.SECTION_47, EventKind.PLAN, EventKind.LOOKED_AFTER)


@dataclass(frozen=True)
class _Earlier:
    """A decision about a child: of which incident, what, on which day, with which actions."""

    of: datetime
    outcome: str
    on: date
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class _Event:
    kind: str
    on: date


def record_facts(incidents: Iterable[int], *, now: datetime) -> dict[tuple[int, int], RecordFacts]:
    """Return what was on record before each incident for each of its children.

    The key is the id of the incident and of the child's person. Children of whom nothing is on
    record, or whose record is restricted, are left out. Seven queries at most.
    """
    children = _children(incidents)
    persons = {person for _, person, _ in children}
    earlier, events = _decisions(persons), _events(persons)
    hearings = marac_hearings_of({incident for incident, _, _ in children})
    found = {}
    for incident, person, at in children:
        before = [one for one in earlier[person] if one.of < at]
        happened = [one for one in events[person] if one.on <= local_date(at)]
        heard = _heard(hearings.get(incident, ()), local_date(at))
        if before or happened or heard:
            found[incident, person] = _facts(before, happened, heard, local_date(now))
    return found


def _children(incidents: Iterable[int]) -> list[tuple[int, int, datetime]]:
    """Each child of these incidents: the incident, the person, when the incident was."""
    links = Link.objects.filter(
        mention__source__incident__in=list(incidents), mention__role=Role.CHILD,
        mention__source__superseded_at__isnull=True, ended_at__isnull=True,
        person__restricted_at__isnull=True,
    )  # fmt: skip
    incident = "mention__source__incident"
    return list(links.values_list(incident, "person", f"{incident}__started_at").distinct())


def _decisions(persons: Iterable[int]) -> dict[int, list[_Earlier]]:
    """The standing decisions about each of these persons."""
    rows = list(
        Decision.objects.filter(
            replaced_at__isnull=True,
            screening__withdrawn_at__isnull=True,
            screening__mention__links__ended_at__isnull=True,
            screening__mention__links__person__in=persons,
        ).values_list(
            "screening__mention__links__person", "pk", "outcome", "decided_at",
            "screening__incident__started_at",
        )
    )  # fmt: skip
    actions = _actions(pk for _, pk, _, _, _ in rows)
    found: dict[int, list[_Earlier]] = defaultdict(list)
    for child, pk, outcome, at, of in rows:
        found[child].append(_Earlier(of, outcome, local_date(at), tuple(actions.get(pk, ()))))
    return found


def _actions(decisions: Iterable[int]) -> Mapping[int, list[Action]]:
    wanted, found = list(decisions), defaultdict(list)
    if wanted:
        for action in Action.objects.filter(decision__in=wanted).select_related("agency"):
            found[action.decision_id or 0].append(action)
    return found


def _events(persons: Iterable[int]) -> dict[int, list[_Event]]:
    found: dict[int, list[_Event]] = defaultdict(list)
    rows = SocialCareEvent.objects.filter(
        mention__links__ended_at__isnull=True, mention__links__person__in=persons
    )
    for child, kind, on in rows.values_list("mention__links__person", "kind", "on"):
        found[child].append(_Event(kind, on))
    return found


def _heard(hearings: Iterable[Evidence], on: date) -> tuple[Evidence, ...]:
    """The hearings that make what happened a repeat. Where there is none here, nobody knows: a
    MARAC elsewhere may have heard the two."""
    since = months_before(on, MARAC_MONTHS)
    return tuple(one for one in hearings if since <= one.on <= on)


def _facts(
    earlier: list[_Earlier], events: list[_Event], heard: tuple[Evidence, ...], today: date
) -> RecordFacts:
    return RecordFacts(
        marac_hearings=heard or None,
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
        Evidence(one.on, "Early help was decided and what was agreed is overdue or was not done")
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
    given_up = any(action.is_overdue(today) or action.ending in RETURNED for action in one.actions)
    return False if given_up else None
