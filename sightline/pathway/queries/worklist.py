"""What needs doing, by its clock.

Of every kind of task the `NEAREST` are read, those whose deadline is nearest to now, late or to
come: nobody works through more in a day, and the time this takes does not grow with the years.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from sightline.access.models import User
from sightline.actions.models import Action
from sightline.actions.queries import to_settle
from sightline.common.clock import local_date
from sightline.common.wall import Purpose, acting_for
from sightline.common.words import moment
from sightline.encompass.models import Notice
from sightline.encompass.queries import UNREAD
from sightline.intake.models import Notification
from sightline.pathway.recovery import PATIENCE
from sightline.people.models import Incident, Link, LinkReview
from sightline.research.models import ResearchRequest
from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.clock import clock_on
from sightline.rules.clocks.reckoning import after
from sightline.rules.due import DueDay
from sightline.rules.research.services import Service
from sightline.screening.models import Screening
from sightline.screening.queries import undecided
from sightline.sharing.models import Item
from sightline.sharing.queries import open_reviews, visible_persons
from sightline.sharing.review_queue import waits_for_another

NEAREST = 75
# The incident by which it became known whom an action is for: a child, or the victim of a pair.
OF_INCIDENT = Coalesce(
    "decision__screening__incident_id", "hearing__referral__victim__source__incident_id"
)
LATELY = timedelta(days=90)  # how far back missing decisions are looked for
THE_LAST_DAYS = timedelta(days=14)


class Kind(StrEnum):
    """A kind of task, by the word that its filter has in the address."""

    SCHOOL = "schools"
    SCREEN = "screen"
    REVIEW = "who"
    DECIDE = "decide"
    AGENCY = "agencies"
    ACTION = "actions"
    SETTLE = "settle"
    OPEN = "open"
    STUCK = "stuck"


@dataclass(frozen=True)
class Task:
    """Something to do about one incident (none: it is not known yet), for one party to it.

    about: of a school its id or 0, of an action or a question the id of its agency, of actions to
    settle the id of the child's screening (0: after the hearing of a pair), else 0.
    records: the notices, screenings, reviews, questions, actions or notifications that it is made
    of, nearest first.
    due: its deadline, or when it was asked where it has none.
    """

    kind: Kind
    incident_id: int
    about: int
    due: datetime
    records: tuple[int, ...]
    words: str = ""

    @property
    def has_deadline(self) -> bool:
        return self.kind not in (Kind.REVIEW, Kind.SETTLE, Kind.STUCK)

    def is_late(self, now: datetime) -> bool:
        return self.has_deadline and now >= self.due

    def nearness(self, now: datetime) -> timedelta:
        """What the list is sorted by: how far the deadline is, past or to come.

        What can still be done in time and what has just been missed come before what was missed
        long ago. What has no deadline comes first, longest waiting first.
        """
        return abs(self.due - now) if self.has_deadline else self.due - now


@dataclass(frozen=True)
class Worklist:
    """All tasks that a user may know of, nearest deadline first, and how many are held back."""

    tasks: tuple[Task, ...]
    held_back: tuple[Task, ...]
    cut: frozenset[Kind]  # kinds of which there is more than was read

    def of(self, kinds: Iterable[Kind]) -> list[Task]:
        wanted = set(kinds)
        return [task for task in self.tasks if task.kind in wanted]


@acting_for(Purpose.CHECKING)  # what nobody may open has to be seen to be held back
def worklist_of(user: User, now: datetime) -> Worklist:
    """Return what needs doing, of incidents in which the user may see somebody. 12 to 13 queries.

    No names, and nothing of a place: what a page shows of a task is read for its user alone.
    """
    read = [list(tasks) for tasks in _read(now)]
    tasks = _without_answered(_grouped(task for some in read for task in some), user)
    seen = _visible(user, {task.incident_id for task in tasks}, now)
    answerable = _answerable(user, tasks, now)
    may = {task: _may_know(user, task, seen, answerable) for task in tasks}
    in_order = sorted(tasks, key=lambda task: task.nearness(now))
    return Worklist(
        tasks=tuple(task for task in in_order if may[task]),
        # How many there are is for the team; whoever is not of it is not told that any exist.
        held_back=tuple(task for task in in_order if not may[task]) if user.agency.core else (),
        cut=frozenset(task.kind for some in read if len(some) == NEAREST for task in some),
    )


def _may_know(user: User, task: Task, seen: frozenset[int], answerable: frozenset[int]) -> bool:
    """Whether somebody of the incident is open to the user; of a doubt, both whom it is about.

    What is stuck has opened no door yet; it is shown, as a receipt without a place, to those who
    will get one: the core members of core agencies.
    """
    if task.kind is Kind.STUCK:
        return user.is_core and user.agency.core
    if task.kind is Kind.REVIEW and task.records[0] not in answerable:
        return False
    return task.incident_id in seen


def _without_answered(tasks: list[Task], user: User) -> list[Task]:
    """Leave out the doubts that the user has answered: they are errands of a second reader."""
    asked = _doubts(tasks)
    if not asked:
        return tasks
    mine = set(waits_for_another(user).filter(pk__in=asked).values_list("pk", flat=True))
    return [task for task in tasks if task.kind is not Kind.REVIEW or task.records[0] not in mine]


def _doubts(tasks: Iterable[Task]) -> list[int]:
    return [task.records[0] for task in tasks if task.kind is Kind.REVIEW]


def _answerable(user: User, tasks: Iterable[Task], now: datetime) -> frozenset[int]:
    """Return which of the doubts have both their persons open to the user."""
    asked = _doubts(tasks)
    return frozenset(open_reviews(user, now).filter(pk__in=asked).values_list("pk", flat=True))


def _visible(user: User, incident_ids: set[int], now: datetime) -> frozenset[int]:
    open_to = visible_persons(user, now, Item.INCIDENT)
    links = Link.objects.filter(
        mention__source__incident=OuterRef("pk"), ended_at__isnull=True, person__in=open_to
    )
    found = Incident.objects.filter(Exists(links), pk__in=incident_ids)  # one person is enough
    return frozenset(found.values_list("pk", flat=True))


def _grouped(tasks: Iterable[Task]) -> list[Task]:
    """Join what is one errand: the messages to one school, the children of one screening."""
    together: dict[tuple[Kind, int, int, str], list[Task]] = defaultdict(list)
    for task in tasks:
        alone = task.records[0] if task.kind in (Kind.REVIEW, Kind.STUCK) else task.about
        together[task.kind, task.incident_id, alone, task.words].append(task)
    return [_joined(some) for some in together.values()]


def _joined(tasks: Sequence[Task]) -> Task:
    if len(tasks) == 1:
        return tasks[0]
    first = min(tasks, key=lambda task: task.due)
    return replace(first, records=tuple(pk for task in tasks for pk in task.records))


def _read(now: datetime) -> Iterator[Iterable[Task]]:
    """Yield the nearest of every kind, one query each."""
    unread = Notice.objects.filter(UNREAD)
    yield _schools(unread.filter(due_at__gt=now).order_by("due_at"))
    yield _schools(unread.filter(due_at__lte=now).order_by("-due_at"))
    yield _to_screen()
    yield _to_decide(now)
    yield _reviews()
    yield _to_chase(now)
    yield _overdue(now)
    yield _to_settle()
    yield _stuck(now)


def _schools(notices: QuerySet[Notice]) -> Iterator[Task]:
    """Messages that no school has confirmed."""
    rows = notices.values_list("incident_id", "school_id", "due_at", "pk")
    for incident, school, due, pk in rows[:NEAREST]:
        yield Task(Kind.SCHOOL, incident, school or 0, due, (pk,))


def _to_screen() -> Iterator[Task]:
    """Children without a scale. Those with a social worker already go to that worker instead, and
    are done with here when the worker has read it."""
    waiting = Screening.objects.filter(
        scale__isnull=True, withdrawn_at__isnull=True, read_at__isnull=True
    )
    for incident, opened, pk, worker, sent in _newest(waiting, "already_open_to", "routed_at"):
        kind = Kind.OPEN if worker else Kind.SCREEN
        words = f"{worker}, sent {moment(sent)}, not yet read" if sent else worker
        yield Task(kind, incident, 0, decision_due(local_date(opened)).at, (pk,), words)


def _to_decide(now: datetime) -> Iterator[Task]:
    """Children with a scale and without a decision. In a busy region those of the last days are
    enough, and whether a decision stands need not be looked up for all who came before them."""
    scaled = undecided(Screening.objects.filter(scale__isnull=False))
    rows = list(_newest(scaled.filter(opened_at__gt=now - THE_LAST_DAYS)))
    if len(rows) < NEAREST:
        rows = list(_newest(scaled.filter(opened_at__gt=now - LATELY)))
    for incident, opened, pk in rows:
        yield Task(Kind.DECIDE, incident, 0, decision_due(local_date(opened)).at, (pk,))


def _newest(screenings: QuerySet[Screening], *more: str) -> QuerySet[Screening, tuple[Any, ...]]:
    rows = screenings.order_by("-opened_at")
    return rows.values_list("incident_id", "opened_at", "pk", *more)[:NEAREST]


def decision_due(notified: date) -> DueDay:
    """By when it is decided what follows: one working day after the notification.

    Source: Working Together to Safeguard Children, responding to a referral
    (the clock `referral_decision` of sightline/rules/clocks). A notification of domestic abuse with
    a child in the home is read as a referral; the screening is how it is decided on.
    """
    limit = clock_on("referral_decision", notified).length
    return after(limit, notified, "the notification", england_and_wales())


def _reviews() -> Iterator[Task]:
    """Doubts about who somebody is, those of the last notifications first."""
    asked = LinkReview.objects.filter(LinkReview.OPEN).order_by("-asked_at")
    rows = asked.values_list("mention__source__incident_id", "asked_at", "pk")
    for incident, since, pk in rows[:NEAREST]:
        yield Task(Kind.REVIEW, incident, 0, since, (pk,))


def _to_chase(now: datetime) -> Iterator[Task]:
    """Questions that agencies have not answered in time, by agency, missed last first."""
    late = ResearchRequest.objects.filter(
        ResearchRequest.OPEN, due_at__lte=now, asked_at__gt=now - LATELY
    ).order_by("-due_at")
    columns = ("incident_id", "service", "agency_id", "agency__name", "due_at", "pk")
    for incident, service, agency, name, due, pk in late.values_list(*columns)[:NEAREST]:
        words = f"{Service(service).words}, {name or 'no agency chosen'}"
        yield Task(Kind.AGENCY, incident, agency or 0, due, (pk,), words)


def _overdue(now: datetime) -> Iterator[Task]:
    """Actions whose day has passed, by agency, missed last first."""
    late = Action.objects.filter(Action.OPEN, due_on__lt=local_date(now))
    columns = (OF_INCIDENT, "agency_id", "due_on", "pk", "agency__name")
    for incident, agency, on, pk, name in late.order_by("-due_on").values_list(*columns)[:NEAREST]:
        yield Task(Kind.ACTION, incident, agency, DueDay(on, "").at, (pk,), name)


def _to_settle() -> Iterator[Task]:
    """What came back from an agency, and what a replaced decision left open, last come first."""
    since = Coalesce("ended_at", "decision__replaced_at")
    waiting = to_settle().alias(since=since).order_by("-since")
    columns = (OF_INCIDENT, "decision__screening_id", since, "pk")
    for incident, screening, at, pk in waiting.values_list(*columns)[:NEAREST]:
        yield Task(Kind.SETTLE, incident, screening or 0, at, (pk,))


def _stuck(now: datetime) -> Iterator[Task]:
    """Notifications that came and have not gone their way."""
    waiting = Notification.objects.filter(opened_at__isnull=True, received_at__lt=now - PATIENCE)
    rows = waiting.order_by("received_at").values_list("received_at", "pk", "receipt")
    for received, pk, receipt in rows[:NEAREST]:
        yield Task(Kind.STUCK, 0, 0, received, (pk,), receipt)
