"""The clocks that run for children: read from notifications, decisions and what social care did."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F

from sightline.actions.models import SocialCareEvent
from sightline.common.clock import local_date
from sightline.common.words import short_day
from sightline.meetings.models import Decision
from sightline.people.models import Link
from sightline.rules.calendar import england_and_wales
from sightline.rules.clocks.child import (
    Course,
    Happening,
    Notified,
    Running,
    Standing,
    clocks_of,
)
from sightline.screening.models import Screening
from sightline.screening.queries import undecided

LOOK_BACK = timedelta(days=730)  # what began before that is history: no clock is told of it
UNDECIDED_SINCE = timedelta(days=90)  # as far back as the worklist looks
WANTS_ASSESSMENT = ("CFA",)  # outcomes of the sets since 2013
WANTS_STRATEGY = ("STRATEGY", "S47")
STILL_OPEN = (Standing.MISSED, Standing.RUNNING)
# In the order in which they are shown, each with the kind of its tag.
KINDS = {
    Standing.MISSED: "late", Standing.RUNNING: "going", Standing.MET_LATE: "due",
    Standing.MET: "done", Standing.STOPPED: "plain",
}  # fmt: skip


NOT_CONFIRMED = "Nobody has confirmed this limit yet."


@dataclass(frozen=True)
class ClockWords:
    """A clock as it is shown: what, how it stands (a word and the kind of its tag), and why."""

    name: str
    word: str
    kind: str
    because: str


def running_clocks(persons: Collection[int], today: date) -> dict[int, tuple[Running, ...]]:
    """Return the clocks of each of these children that began in the last two years.

    Three queries, however many children.
    """
    notified, happened = _notified(persons), _happened(persons)
    since = today - LOOK_BACK
    return {
        person: tuple(
            one
            for one in clocks_of(Course(notified[person], happened[person]), england_and_wales())
            if one.started >= since
        )
        for person in persons
    }


def clock_words(running: Iterable[Running], today: date) -> tuple[ClockWords, ...]:
    """Return clocks in words: what is missed first, then what runs, then what was met."""
    order = {standing: number for number, standing in enumerate(KINDS)}
    shown = sorted(running, key=lambda one: (order[one.standing(today)], one.due.at))
    return tuple(_words(one, one.standing(today)) for one in shown)


def _words(one: Running, standing: Standing) -> ClockWords:
    on = f" {short_day(one.met)}" if one.met else ""
    word = f"{standing.capitalize()}{on}"
    because = one.due.because if one.clock.confirmed else f"{one.due.because} {NOT_CONFIRMED}"
    return ClockWords(one.clock.name, word, KINDS[standing], because)


def _notified(persons: Collection[int]) -> Mapping[int, tuple[Notified, ...]]:
    """The screenings of each child, as notifications with what was decided on them first."""
    decisions = _decisions(persons)
    rows = Screening.objects.filter(
        withdrawn_at__isnull=True, imported=False,
        mention__links__ended_at__isnull=True, mention__links__person__in=persons,
    ).values_list("mention__links__person", "pk", "opened_at", "read_at")  # fmt: skip
    found: dict[int, list[Notified]] = defaultdict(list)
    for person, screening, opened, read in rows:
        first, outcome = decisions.get(screening, (read, ""))  # read: by the worker who goes on
        found[person].append(
            Notified(
                local_date(opened), first, outcome in WANTS_ASSESSMENT, outcome in WANTS_STRATEGY
            )
        )
    return defaultdict(tuple, {person: tuple(some) for person, some in found.items()})


def _decisions(persons: Collection[int]) -> dict[int, tuple[datetime, str]]:
    """Of each screening when it was first decided on, and the outcome that stands."""
    rows = Decision.objects.filter(
        imported=False, screening__mention__links__ended_at__isnull=True,
        screening__mention__links__person__in=persons,
    ).order_by("screening", "decided_at", "pk")  # fmt: skip
    found: dict[int, tuple[datetime, str]] = {}
    columns = ("screening", "decided_at", "outcome", "replaced_at")
    for screening, at, outcome, replaced in rows.values_list(*columns):
        first = found[screening][0] if screening in found else at
        found[screening] = (first, "" if replaced else outcome)
    return found


def _happened(persons: Collection[int]) -> Mapping[int, tuple[Happening, ...]]:
    rows = SocialCareEvent.objects.filter(
        mention__links__ended_at__isnull=True, mention__links__person__in=persons
    ).annotate(person=F("mention__links__person"))
    found: dict[int, list[Happening]] = defaultdict(list)
    for row in rows:
        found[row.person].append(Happening(row.kind, row.on, row.ended_on, row.outcome))
    return defaultdict(tuple, {person: tuple(some) for person, some in found.items()})


def children_with_clocks(today: date) -> set[int]:
    """Return the persons for whom a clock may run now, of the last two years: who was notified and
    not decided, for whom an assessment or a strategy discussion was decided on, or for whom social
    care has begun something. Three queries."""
    since = today - LOOK_BACK
    decided = Decision.objects.filter(
        replaced_at__isnull=True, imported=False, decided_at__date__gte=since,
        outcome__in=(*WANTS_ASSESSMENT, *WANTS_STRATEGY),
    )  # fmt: skip
    begun = SocialCareEvent.objects.filter(on__gte=since)
    waiting = undecided(Screening.objects.filter(opened_at__date__gte=today - UNDECIDED_SINCE))
    mentions = (
        decided.values_list("screening__mention", flat=True),
        begun.values_list("mention", flat=True),
        waiting.filter(imported=False, read_at__isnull=True).values_list("mention", flat=True),
    )
    links = Link.objects.filter(ended_at__isnull=True, person__restricted_at__isnull=True)
    return {
        person
        for some in mentions
        for person in links.filter(mention__in=some).values_list("person_id", flat=True)
    }
