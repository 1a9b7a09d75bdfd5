"""Agreeing on actions and doing them: agreed, accepted, started and completed are four facts.

Each keeps a narrow door to the child open for the agency that owns the action. Silence lets it
close; taking the action up opens it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sightline.access.models import Agency, AgencyKind, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.models import Action
from sightline.audit.commands import event, record, record_many
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import decide, standing_decision
from sightline.meetings.models import Decision
from sightline.people.models import Link, Role
from sightline.people.queries import persons_of
from sightline.rules.deadlines import LONDON
from sightline.screening.models import Screening
from sightline.sharing.commands import FOR_ACTION, Door, disclose

OPEN_FOR = timedelta(days=28)  # our rule: after the day an action is due, or is completed


@dataclass(frozen=True)
class AgreedAction:
    """What an agency is to do for the child, and the last day for it."""

    agency: Agency
    what: str
    due_on: date


@transaction.atomic
def decide_with_actions(
    *,
    screening: Screening,
    outcome: str,
    rationale: str,
    actions: Sequence[AgreedAction],
    seen: int | None = None,
    by: User,
    now: datetime,
) -> Decision:
    """Decide for a child and agree on what is to be done: both are kept, or neither.

    `seen`: the id of the standing decision that the person had before them. Raises WrongMoment
    when another has been made since. Sending the same twice makes one decision and its actions.
    """
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    before = standing_decision(screening)
    decision = decide(screening=screening, outcome=outcome, rationale=rationale, by=by, now=now)
    if before is not None and decision.pk != before.pk and before.pk != seen:
        raise WrongMoment(
            "Another decision has been made since this page was opened. It is shown below."
        )
    agree_actions(decision=decision, actions=actions, by=by, now=now)
    return decision


@transaction.atomic
def agree_actions(
    *, decision: Decision, actions: Iterable[AgreedAction], by: User, now: datetime
) -> list[Action]:
    """Write down what was agreed with a standing decision, and open each agency's door.

    What was agreed before in the same words with the same agency is not written down again.
    """
    require(by, Perm.DECIDE)
    if decision.replaced_at is not None:
        raise WrongMoment("This decision has been replaced. Agree on actions with the newer one.")
    agreed = [_tidy(one, now) for one in actions]
    before = {(action.agency_id, action.what) for action in decision.actions.all()}
    fresh = {(a.agency.pk, a.what): a for a in agreed if (a.agency.pk, a.what) not in before}
    made = Action.objects.bulk_create(
        Action(
            decision=decision, agency=one.agency, what=one.what, due_on=one.due_on,
            agreed_at=now, agreed_by=by,
        )
        for one in fresh.values()
    )  # fmt: skip
    for action in made:
        _open_door(action, until=_closing(action, now), by=by, now=now)
    record_many(event("action.agreed", a, by=by, at=now, agency=a.agency_id) for a in made)
    return made


def _tidy(one: AgreedAction, now: datetime) -> AgreedAction:
    what = " ".join(one.what.split())
    if not what or len(what) > 300:
        raise NotUnderstood("Say what is to be done, in 300 characters at most.")
    if one.due_on < local_date(now):
        raise NotUnderstood("The day by which an action is due must be today or later.")
    if one.agency.closed_on is not None and one.agency.closed_on <= local_date(now):
        raise NotUnderstood(f"{one.agency.name} does not work any more. Choose another agency.")
    return AgreedAction(one.agency, what, one.due_on)


@transaction.atomic
def accept(*, action: Action, by: User, now: datetime) -> Action:
    """The agency takes the action on. Saying so twice is saying it once."""
    action = _own(action, by)
    if action.accepted_at is None:
        _step(action, "accepted", by, now)
    return action


@transaction.atomic
def start(*, action: Action, by: User, now: datetime) -> Action:
    """The agency has begun; what it had not accepted, it accepts with this."""
    action = _own(action, by)
    if action.completed_at is not None:
        raise WrongMoment("This action has been completed. There is nothing to start.")
    if action.started_at is None:
        _steps(action, ("accepted", "started"), by, now)
    return action


@transaction.atomic
def complete(*, action: Action, note: str, by: User, now: datetime) -> Action:
    """The agency has done it, and says what was done. The same twice is once.

    Raises NotUnderstood without a note, WrongMoment when it was completed with another one.
    """
    action = _own(action, by)
    note = note.strip()
    if not note:
        raise NotUnderstood("Say what was done and what came of it.")
    if action.completed_at is not None:
        if action.note != note:
            raise WrongMoment("This action has been completed already. What was written is below.")
        return action
    action.note = note
    action.save(update_fields=["note"])
    _steps(action, ("accepted", "started", "completed"), by, now)
    return action


def _own(action: Action, by: User) -> Action:
    """Read the action anew and hold it. Only the agency that agreed to it may move it."""
    require(by, Perm.WORK_ACTIONS)
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("agency", "decision__screening__mention")
        .get(pk=action.pk)
    )
    if by.agency_id != action.agency_id:
        raise PermissionDenied
    return action


def _steps(action: Action, steps: Iterable[str], by: User, now: datetime) -> None:
    for step in steps:
        if getattr(action, f"{step}_at") is None:
            _step(action, step, by, now)


def _step(action: Action, step: str, by: User, now: datetime) -> None:
    setattr(action, f"{step}_at", now)
    setattr(action, f"{step}_by", by)
    action.save(update_fields=[f"{step}_at", f"{step}_by"])
    record(f"action.{step}", action, by=by, at=now)
    _open_door(action, until=_closing(action, now), by=by, now=now)


def _closing(action: Action, now: datetime) -> datetime:
    """Return when the agency's door closes: 28 days after it is due, or after today if later;
    28 days from now once it is completed."""
    if action.completed_at is not None:
        return now + OPEN_FOR
    last = max(action.due_on, local_date(now)) + timedelta(days=1)
    return datetime.combine(last, time(0), LONDON) + OPEN_FOR


def _open_door(action: Action, *, until: datetime, by: User, now: datetime) -> None:
    """Open or keep open what the agency needs to see of the child and of whom it works with."""
    persons = concerned(action)
    doors = [Door(action.agency_id, person, str(action.pk), until) for person in persons]
    disclose(FOR_ACTION, doors, by=by, now=now)


# A domestic abuse service works with the victim, a programme with the perpetrator; any other
# agency's action is for the child alone.
ALSO = {
    AgencyKind.DOMESTIC_ABUSE: (Role.VICTIM, Role.BOTH_ALLEGED),
    AgencyKind.PERPETRATOR: (Role.PERPETRATOR, Role.BOTH_ALLEGED),
}


def concerned(action: Action) -> set[int]:
    """Return the persons whom an action concerns: the child, and adults by the kind of agency."""
    screening = action.decision.screening
    adults = Link.objects.filter(
        mention__source__incident=screening.incident_id,
        mention__source__superseded_at__isnull=True,
        mention__role__in=ALSO.get(AgencyKind(action.agency.kind), ()),
        ended_at__isnull=True,
    )
    child = persons_of([screening.mention]).values()
    return {*child, *adults.values_list("person_id", flat=True)}
