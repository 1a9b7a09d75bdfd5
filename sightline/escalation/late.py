"""What is late, or soon due: actions, questions to agencies, clocks, reviews, each with whose it
is."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sightline.access.models import Agency, AgencyKind, User
from sightline.actions.clocks import children_with_clocks, running_clocks
from sightline.actions.models import Action
from sightline.common.clock import local_date
from sightline.research.models import ResearchRequest
from sightline.rules.clocks.child import Running, Standing
from sightline.rules.clocks.clock import Whose
from sightline.rules.escalation.ladder import About
from sightline.screening.models import Screening
from sightline.sharing.models import Emergency

AHEAD = timedelta(days=21)  # further ahead no reminder reaches, holidays included
# A question that nobody answered in a month was decided without: figures count it, nobody chases.
STILL_ASKED = timedelta(days=30)


@dataclass(frozen=True)
class Key:
    """What an escalation is about: an action, a question to an agency, a clock of a screened child
    since some day, or the review of a record that was opened in an emergency."""

    action: int | None = None
    research: int | None = None
    screening: int | None = None
    clock: str = ""
    began: date | None = None
    emergency: int | None = None


@dataclass(frozen=True)
class Late:
    """Something that may have to be escalated. agency: None for what is the team's own. over: its
    hour has passed, of what is due at an hour."""

    about: About
    key: Key
    last: date
    agency: int | None
    owner: User | None = None
    over: bool = False


def late_things(now: datetime) -> list[Late]:
    """Return everything open whose last day is past or near. Thirteen queries at most."""
    today = local_date(now)
    return [*_actions(today), *_research(now), *_clocks(today), *_emergencies(today)]


def _emergencies(today: date) -> Iterator[Late]:
    """Reviews that nobody has made; they are of whoever opened the record, by their agency."""
    near = Emergency.objects.filter(Emergency.WAITS, review_by__lte=today + AHEAD)
    for one in near.order_by("pk"):
        yield Late(About.EMERGENCY, Key(emergency=one.pk), one.review_by, one.agency_id)


def _research(now: datetime) -> Iterator[Late]:
    near = ResearchRequest.objects.filter(
        ResearchRequest.OPEN, due_at__lte=now + AHEAD, due_at__gt=now - STILL_ASKED
    )
    for one in near.order_by("pk"):
        key, last = Key(research=one.pk), local_date(one.due_at)
        yield Late(About.RESEARCH, key, last, one.agency_id, over=now >= one.due_at)


def _actions(today: date) -> Iterator[Late]:
    near = Action.objects.filter(
        Action.OPEN, due_on__lte=today + AHEAD, decision__screening__withdrawn_at__isnull=True
    ).select_related("owner__manager")
    for action in near.order_by("pk"):
        yield Late(About.ACTION, Key(action.pk), action.due_on, action.agency_id, action.owner)


def _clocks(today: date) -> Iterator[Late]:
    persons = children_with_clocks(today)
    running = running_clocks(persons, today)
    screenings = _screenings(persons)
    care = _social_care()
    for person, clocks in sorted(running.items()):
        for one in clocks:
            open_still = one.standing(today) in (Standing.RUNNING, Standing.MISSED)
            if open_still and one.last <= today + AHEAD and screenings[person]:
                yield _clock(one, screenings[person], care)


def _clock(one: Running, screenings: list[tuple[date, int]], care: int | None) -> Late:
    agency = care if one.clock.whose is Whose.SOCIAL_CARE else None
    key = Key(None, None, _screening_of(one, screenings), one.clock.id, one.started)
    return Late(About.CLOCK, key, one.last, agency)


def _screening_of(one: Running, screenings: list[tuple[date, int]]) -> int:
    """The last screening that was opened when the clock began: one opened later changes nothing."""
    before = [pk for opened, pk in screenings if opened <= one.started]
    return before[-1] if before else screenings[0][1]


def _screenings(persons: Collection[int]) -> dict[int, list[tuple[date, int]]]:
    """The screenings of each child with the day they were opened, oldest first."""
    rows = Screening.objects.filter(
        withdrawn_at__isnull=True, imported=False,
        mention__links__ended_at__isnull=True, mention__links__person__in=persons,
    ).order_by("opened_at", "pk")  # fmt: skip
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for person, opened, pk in rows.values_list("mention__links__person", "opened_at", "pk"):
        found[person].append((local_date(opened), pk))
    return found


def _social_care() -> int | None:
    """The social care agency of the team: its clocks are those of the law."""
    care = Agency.objects.filter(kind=AgencyKind.SOCIAL_CARE, core=True, closed_on__isnull=True)
    return care.order_by("pk").values_list("pk", flat=True).first()
