"""What agencies did of what was agreed in the demo's past.

Much was recommended and little of it happened, as in the review; but nobody leaves actions open
for so long: what was not done came back, or was withdrawn when the team looked again.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.access.models import User
from sightline.actions.models import Action, Ending
from sightline.common.clock import local_date
from sightline.demo.cast import Cast
from sightline.meetings.models import Decision
from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.kinds import action_due, kind_on

# By scale: the agency, the words, the kind of the action, and who of the agency.
TASKS = {
    2: ("early_help", "Offer early help to the family", "early_help_offer", "provider"),
    3: ("care", "Child and family assessment", "assessment", "socialworker"),
    4: ("care", "Strategy discussion with police and health", "strategy_discussion",
        "socialworker"),
}  # fmt: skip
RECENT = timedelta(days=70)  # what was agreed since then takes its course; all else is settled
STILL_OPEN = 0.006  # of what is older, forgotten nevertheless

DONE = {
    2: "Met the family at home and at school; they have a plan and a lead worker.",
    3: "Assessed; the children were seen alone and the plan is with the family.",
    4: "Held with police, health and the school; minutes are in the record.",
}
DECLINED = ("The family lives outside our area now.", "We have no worker for this before spring.")
NOT_POSSIBLE = (
    "Three visits and two letters; nobody opened and nobody rang back.",
    "The family moved and left no address.",
    "The mother does not want us at home while he may come back.",
)
WITHDRAWN = (
    "Looked at again by the team after two months: nothing was started, and the school sees to it.",
    "Looked at again by the team: social care decided on the referral otherwise.",
)


@dataclass(frozen=True)
class Course:
    """When it was agreed, the demo's present, its dice and its people."""

    at: datetime
    now: datetime
    dice: random.Random
    cast: Cast

    @property
    def is_recent(self) -> bool:
        return self.now - self.at < RECENT

    def later(self, days: float) -> datetime | None:
        """A moment so many days after it was agreed, or None if that is still to come."""
        moment = self.at + timedelta(days=days)
        return moment if moment < self.now else None

    def day(self, days: float) -> date | None:
        moment = self.later(days)
        return local_date(moment) if moment else None


def act(decisions: Sequence[Decision], course: Course) -> None:
    """Write the actions of these decisions, and what became of each until the present."""
    Action.objects.bulk_create(_action(one, course) for one in decisions if one.scale in TASKS)


def _action(decision: Decision, course: Course) -> Action:
    agency, what, kind, local = TASKS[decision.scale]
    agreed = local_date(course.at)
    due = action_due(kind_on(kind, agreed), agreed, england_and_wales())
    action = Action(
        decision=decision, agency=course.cast.agencies[agency], what=what, kind=kind,
        due_on=due.by, due_because=due.because, agreed_at=course.at,
        agreed_by=course.cast.users["chair"],
    )  # fmt: skip
    worker = course.cast.users[local]
    _recently(action, worker, course) if course.is_recent else _long_ago(action, worker, course)
    return action


def _long_ago(action: Action, worker: User, course: Course) -> None:
    luck = course.dice.random()
    if luck < 0.34:
        _steps(action, worker, course, ("accepted", "started", "completed"))
    elif luck < 0.46:
        _steps(action, worker, course, ("accepted", "started"))
        _end(action, Ending.NOT_POSSIBLE, worker, course, 30)
    elif luck < 0.54:
        _end(action, Ending.DECLINED, worker, course, 4)
    elif luck < 1 - STILL_OPEN:
        _steps(action, worker, course, ("accepted",) if luck < 0.75 else ())
        _end(action, Ending.WITHDRAWN, course.cast.users["chair"], course, 60)


def _recently(action: Action, worker: User, course: Course) -> None:
    luck = course.dice.random()
    if luck < 0.04:
        _end(action, Ending.DECLINED, worker, course, 4)
    elif luck < 0.08:
        _steps(action, worker, course, ("accepted",))
        _end(action, Ending.NOT_POSSIBLE, worker, course, 12)
    elif luck < 0.62:
        _steps(action, worker, course, ("accepted", "started", "completed"))
    elif luck < 0.86:
        _steps(action, worker, course, ("accepted", "started"))
    elif luck < 0.95:
        _steps(action, worker, course, ("accepted",))


AFTER = {"accepted": 1, "started": 5, "completed": 14}  # days
SLOW = {"assessment": 2.6, "strategy_discussion": 0.07, "early_help_offer": 0.9}


def _steps(action: Action, worker: User, course: Course, steps: Sequence[str]) -> None:
    """Take each step, later where the kind takes longer, as far as the present allows."""
    slow = SLOW.get(action.kind, 1) * course.dice.uniform(0.5, 1.3)
    for step in steps:
        moment = course.later(max(AFTER[step] * slow, 0.1))
        if moment is None:
            return
        setattr(action, f"{step}_at", moment)
        setattr(action, f"{step}_by", worker)
        action.owner, action.assigned_by = worker, worker
        action.assigned_at = action.accepted_at
    if action.completed_at and action.decision:
        action.note = DONE[action.decision.scale]
        action.done_on = local_date(action.completed_at)
        action.seen_by = "Written in the case record"


REASONS = {
    Ending.DECLINED: DECLINED, Ending.NOT_POSSIBLE: NOT_POSSIBLE, Ending.WITHDRAWN: WITHDRAWN,
}  # fmt: skip


def _end(action: Action, how: Ending, by: User, course: Course, days: int) -> None:
    """End it, and where it came back have the team close it a week later."""
    moment = course.later(days)
    if moment is None:
        return
    action.ending, action.ended_at, action.ended_by = how, moment, by
    action.ended_because = course.dice.choice(REASONS[how])
    settled = course.later(days + 7)
    if how is not Ending.WITHDRAWN and settled:
        action.closed_at, action.closed_by = settled, course.cast.users["chair"]
        action.closed_because = "The school and the health visitor keep in touch with the family."
