"""What social care and early help really did in the demo's past, and what was escalated.

An assessment is recommended for many and carried out for few; the others end with the referral.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sightline.actions.feedback import give_feedback
from sightline.actions.models import EventKind, SocialCareEvent
from sightline.common.announce import quietly
from sightline.demo.cast import Cast
from sightline.demo.doing import Course
from sightline.escalation.commands import acknowledge, close
from sightline.escalation.models import Escalation
from sightline.escalation.raising import escalate
from sightline.meetings.models import Decision
from sightline.people.models import Mention
from sightline.people.queries import persons_of

# Now and then something else is found, or nobody filled it in; with 4 and 1 or 2 it is the trio.
FACTORS: tuple[list[str], ...] = (
    ["3B"], ["3B"], ["3B", "4B"], ["3A", "3B"], ["3B", "4B", "1B"], ["3B", "4B", "2B"], ["3C"],
    ["4B", "2B"], [],
)  # fmt: skip
AT_THE_END = ("outcome", "factors")
CATEGORIES = ("EMO", "EMO", "NEG", "PHY")


@dataclass(frozen=True)
class Child:
    """A child of whom something was decided, and the course that it took."""

    mention: Mention
    course: Course

    def event(
        self, kind: str, days: float, until: float | None = None, **more: object
    ) -> Iterator[SocialCareEvent]:
        """Something that social care did so many days after the decision, if it has happened."""
        on = self.course.day(days)
        if on is not None:
            ended = self.course.day(until) if until is not None else None
            if ended is None:
                more = {name: said for name, said in more.items() if name not in AT_THE_END}
            yield SocialCareEvent(
                mention=self.mention, kind=kind, on=on, ended_on=ended,
                recorded_at=_written(on, self.course.now),
                recorded_by=self.course.cast.users["socialworker"],
                ended_recorded_at=_written(ended, self.course.now) if ended else None, **more,
            )  # fmt: skip


def follow_up(decisions: Sequence[Decision], course: Course) -> None:
    """Write what was done after these decisions. A new referral of a child for whom something was
    done within the year leads to nothing more."""
    mentions = [decision.screening.mention for decision in decisions]
    persons = persons_of(mentions)
    busy = set(
        SocialCareEvent.objects.filter(
            mention__links__ended_at__isnull=True,
            mention__links__person__in=set(persons.values()),
            on__gt=(course.at - timedelta(days=330)).date(),
        ).values_list("mention__links__person", flat=True)
    )
    events: list[SocialCareEvent] = []
    for decision in decisions:
        person = persons.get(decision.screening.mention_id, 0)
        if decision.scale in STORIES:
            again = person in busy and decision.scale > 2
            story = _decided_otherwise if again else STORIES[decision.scale]
            events += story(Child(decision.screening.mention, course))
            busy.add(person)
    SocialCareEvent.objects.bulk_create(events, ignore_conflicts=True)


def _early_help(child: Child) -> Iterator[SocialCareEvent]:
    luck = child.course.dice.random()
    if luck < 0.4:
        yield from child.event(EventKind.EARLY_HELP, 15, 45)
    if luck < 0.25:
        yield from child.event(EventKind.EARLY_HELP_PLAN, 46, 150)


def _assessment(child: Child) -> Iterator[SocialCareEvent]:
    dice = child.course.dice
    if dice.random() > 0.3:
        yield from _decided_otherwise(child)
        return
    took = dice.choice((28, 40, 52, 60, 75))
    yield from child.event(EventKind.REFERRAL, 1)
    yield from child.event(
        EventKind.FAMILY_ASSESSMENT, 3, took, outcome="no_further_action",
        factors=dice.choice(FACTORS),
    )  # fmt: skip


def _decided_otherwise(child: Child) -> Iterator[SocialCareEvent]:
    """Social care answers within a day or two that it does not assess; now and then it does not."""
    on = child.course.day(1)
    if on is not None and child.course.dice.random() < 0.985:
        how = child.course.dice.choice(("no_further_action", "advice", "early_help"))
        yield SocialCareEvent(
            mention=child.mention, kind=EventKind.REFERRAL, on=on, outcome=how,
            recorded_at=_written(on, child.course.now),
            recorded_by=child.course.cast.users["socialworker"],
        )  # fmt: skip


def _written(on: date, now: datetime) -> datetime:
    """When somebody wrote down what happened on a day: the day after."""
    return min(timezone.make_aware(datetime.combine(on + timedelta(days=1), time(11))), now)


def _protection(child: Child) -> Iterator[SocialCareEvent]:
    dice = child.course.dice
    yield from child.event(EventKind.STRATEGY, dice.choice((0.3, 0.5, 0.9)))
    if dice.random() < 0.35:
        yield from child.event(EventKind.SECTION_47, 1, 12, outcome="continue")
        return
    yield from child.event(EventKind.SECTION_47, 1, 16, outcome="conference")
    yield from child.event(EventKind.INITIAL_CONFERENCE, 16)
    yield from child.event(
        EventKind.PLAN, 16, 290, primary_category=dice.choice(CATEGORIES),
        domestic_abuse=dice.random() < 0.7,
    )  # fmt: skip
    for kind, days in ((EventKind.CORE_GROUP, 24), (EventKind.REVIEW_CONFERENCE, 100),
                       (EventKind.REVIEW_CONFERENCE, 270)):  # fmt: skip
        yield from child.event(kind, days)
    if dice.random() < 0.1:
        yield from child.event(EventKind.LOOKED_AFTER, 120)


STORIES = {2: _early_help, 3: _assessment, 4: _protection}


def escalate_what_is_late(cast: Cast, *, now: datetime) -> None:
    """Have what is late climb its tiers over the last month, and some of it be seen to."""
    if Escalation.objects.exists():
        return
    with quietly("escalations.raised"):
        for days in (14, 6, 3, 0):
            escalate(now - timedelta(days=days))
    _see_to_some(cast, now)


def tell_who_reported(*, now: datetime) -> None:
    """What was decided in the last fortnight has been told to the police, who sent it."""
    lately = Decision.objects.filter(
        decided_at__gte=now - timedelta(days=14), replaced_at__isnull=True, imported=False
    )
    for pk in lately.order_by("pk").values_list("pk", flat=True):
        give_feedback(pk, now=now)


def _see_to_some(cast: Cast, now: datetime) -> None:
    """The lead of social care knows of every second one, and has closed every fourth."""
    lead = cast.users["carelead"]
    theirs = Escalation.objects.filter(to_user=lead, closed_at__isnull=True).order_by("pk")
    for number, one in enumerate(theirs):
        if number % 2 == 0:
            acknowledge(escalation=one, by=lead, now=one.raised_at + timedelta(hours=7))
        if number % 4 == 0:
            note = "Spoke with the team manager: the visit is on Thursday."
            close(escalation=one, note=note, by=lead, now=now)
