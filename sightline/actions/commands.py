"""Agreeing on actions with a decision, or after the hearing of a pair (marac.py). Doing them is in
doing.py, what the team settles about them afterwards in settling.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.actions.action_doors import open_door
from sightline.actions.models import Action
from sightline.audit.commands import event, record_many
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.commands import decide, standing_decision
from sightline.meetings.models import Decision, MaracHearing, MeetingItem
from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.kinds import action_due, kind_on
from sightline.rules.due import DueDay, say
from sightline.screening.models import Screening


@dataclass(frozen=True)
class AgreedAction:
    """What an agency is to do, by when, and who of it where that is known.

    kind: of sightline/rules/clocks/kinds.py, "" for none. due_on: None for the day that the kind's
    rule gives; another day needs `otherwise_because`; without a kind there must be one.
    """

    agency: Agency
    what: str
    due_on: date | None = None
    kind: str = ""
    otherwise_because: str = ""
    owner: User | None = None


@transaction.atomic
def decide_with_actions(
    *,
    screening: Screening,
    outcome: str,
    rationale: str,
    actions: Sequence[AgreedAction],
    seen: int | None = None,
    item: MeetingItem | None = None,
    by: User,
    now: datetime,
) -> Decision:
    """Decide for a child and agree on what is to be done: both are kept, or neither.

    `item`: the family's place on the list of the meeting in which it is decided, if it is in one.
    `seen`: the id of the standing decision that the person had before them. Raises WrongMoment
    when another has been made since. Sending the same twice makes one decision and its actions.
    """
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    before = standing_decision(screening)
    decision = decide(
        screening=screening, outcome=outcome, rationale=rationale, item=item, by=by, now=now
    )
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
    return write_down(actions, of=decision, by=by, now=now)


def write_down(
    actions: Iterable[AgreedAction],
    *,
    of: Decision | MaracHearing,
    instead_of: Action | None = None,
    by: User,
    now: datetime,
) -> list[Action]:
    """Write down what was agreed with a decision or after a hearing, each once; who may is asked by
    the command that calls this.
    """
    if isinstance(of, Decision) and of.replaced_at is not None:
        raise WrongMoment("This decision has been replaced. Agree on actions with the newer one.")
    agreed = [_tidy(one, now) for one in actions]
    before = {(action.agency_id, action.what) for action in of.actions.all()}
    fresh = {(a.agency.pk, a.what): a for a in agreed if (a.agency.pk, a.what) not in before}
    made = Action.objects.bulk_create(
        _action(one, of, instead_of, by, now) for one in fresh.values()
    )
    for action in made:
        open_door(action, by=by, now=now)
    record_many(event("action.agreed", a, by=by, at=now, agency=a.agency_id) for a in made)
    return made


def _action(
    one: AgreedAction,
    of: Decision | MaracHearing,
    instead_of: Action | None,
    by: User,
    now: datetime,
) -> Action:
    due = due_of(one.kind, one.due_on, one.otherwise_because, local_date(now))
    given = {"owner": one.owner, "assigned_at": now, "assigned_by": by} if one.owner else {}
    decision, hearing = (of, None) if isinstance(of, Decision) else (None, of)
    return Action(
        decision=decision, hearing=hearing, agency=one.agency, what=one.what, kind=one.kind,
        due_on=due.by, due_because=due.because, agreed_at=now, agreed_by=by,
        instead_of=instead_of, **given,
    )  # fmt: skip


def due_of(kind: str, due_on: date | None, because: str, today: date) -> DueDay:
    """By when an action that is agreed today is due, and why that day. `because`: why another day
    than the rule of its kind gives.

    Raises NotUnderstood where no rule gives a day and nobody did, or where it is another than the
    rule's without a reason.
    """
    if not kind:
        return _by_hand(due_on, because.strip())
    try:
        by_rule = action_due(kind_on(kind, today), today, england_and_wales())
    except LookupError:
        raise NotUnderstood("Choose a kind of action from the list.") from None
    if due_on in (None, by_rule.by):
        return by_rule
    if not because.strip():
        raise NotUnderstood(
            f"The rule for this kind gives {say(by_rule.by)}. Say why it is to be another day."
        )
    return _by_hand(due_on, f"Agreed instead of {say(by_rule.by)}: {because.strip()}")


def _by_hand(due_on: date | None, because: str) -> DueDay:
    if due_on is None:
        raise NotUnderstood("Say by which day it is due, or choose a kind that has a clock.")
    return DueDay(due_on, because[:300])


def _tidy(one: AgreedAction, now: datetime) -> AgreedAction:
    what = " ".join(one.what.split())
    if not what or len(what) > 300:
        raise NotUnderstood("Say what is to be done, in 300 characters at most.")
    if one.due_on is not None and one.due_on < local_date(now):
        raise NotUnderstood("The day by which an action is due must be today or later.")
    if one.agency.closed_on is not None and one.agency.closed_on <= local_date(now):
        raise NotUnderstood(f"{one.agency.name} does not work any more. Choose another agency.")
    if one.owner is not None and one.owner.agency_id != one.agency.pk:
        raise NotUnderstood(f"{one.owner.name} is not of {one.agency.name}.")
    return AgreedAction(one.agency, what, one.due_on, one.kind, one.otherwise_because, one.owner)
