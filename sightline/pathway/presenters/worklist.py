"""The worklist in words. No name of a child or adult is on it: it is read over shoulders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.common.countdown import by_when, clock_to
from sightline.common.words import lasting, moment, plural, short_day
from sightline.encompass.chase_presenters import why_not_told
from sightline.encompass.models import Notice
from sightline.pathway.queries.worklist import Kind, Task, Worklist
from sightline.pathway.queries.worklist_rows import Scene
from sightline.screening.record import History
from sightline.sharing.sheltering import homes_sheltering, street_said

NAMES = {
    Kind.SCHOOL: "School not told",
    Kind.SCREEN: "To screen",
    Kind.REVIEW: "Who is this?",
    Kind.DECIDE: "Decisions missing",
    Kind.AGENCY: "Agencies to chase",
    Kind.ACTION: "Actions overdue",
    Kind.SETTLE: "Actions to settle",
    Kind.OPEN: "Already open to social care",
    Kind.STUCK: "Stuck on the way",
}
# The day's own work. Doubts about people and late actions have lists of their own.
TODAY = (Kind.STUCK, Kind.SCHOOL, Kind.SCREEN, Kind.OPEN, Kind.DECIDE)
EXPLAINED = {
    Kind.SCHOOL: "schools that have not confirmed a message, nearest deadline first",
    Kind.SCREEN: "children without a scale, nearest deadline first",
    Kind.REVIEW: "doubts about who somebody is, longest waiting first",
    Kind.DECIDE: "children with a scale and no decision, 90 days back, nearest deadline first",
    Kind.AGENCY: "agencies that have not answered in time, missed last first",
    Kind.ACTION: "actions whose day has passed, newest first",
    Kind.SETTLE: "actions that came back, or whose decision was replaced, longest waiting first",
    Kind.OPEN: "children with a social worker already, who goes on with them",
    Kind.STUCK: "notifications that came in and are not with the team yet, longest waiting first",
}
ALL = "what needs doing today, nearest deadline first, late or to come"


@dataclass(frozen=True)
class Filter:
    """One counter above the list, which is a link to its part of it."""

    words: str
    count: str
    late: str
    href: str
    current: bool


def filters(worklist: Worklist, chosen: Kind | None, now: datetime) -> list[Filter]:
    here = reverse("worklist")
    shown = [_filter("Today", worklist, TODAY, here, chosen is None, now)]
    return shown + [
        _filter(name, worklist, (kind,), f"{here}?show={kind}", kind is chosen, now)
        for kind, name in NAMES.items()
    ]


def _filter(
    words: str, worklist: Worklist, kinds: Sequence[Kind], href: str, current: bool, now: datetime
) -> Filter:
    tasks = worklist.of(kinds)
    more = "+" if worklist.cut & set(kinds) else ""
    # Of these only those are listed whose day has passed: saying so again tells nothing.
    late = sum(task.is_late(now) for task in tasks if task.kind not in (Kind.ACTION, Kind.AGENCY))
    return Filter(
        words, f"{len(tasks):,}{more}", f"{late:,}{more} late" if late else "", href, current
    )


def held_back(worklist: Worklist, kinds: Sequence[Kind]) -> str:
    """Say how many are left out as the user may see nobody in them, and that there are more."""
    count = sum(task.kind in kinds for task in worklist.held_back)
    are = "is" if count == 1 else "are"
    said = [f"{count:,} {are} held back: nobody in the incident is open to you."] if count else []
    if worklist.cut & set(kinds):
        said.append("There are more, further from their deadline; they follow when these are done.")
    return " ".join(said)


@dataclass(frozen=True)
class WorkRow:
    """One task: its clock, where and who without a name, what is known, what to do and why now."""

    clock: str
    clock_kind: str
    due: str
    place: str
    children: str
    known: tuple[str, ...]
    what: str
    why: str
    link: str
    href: str


@dataclass(frozen=True)
class Start:
    """Where to begin: the link of the first row, before all else on the page."""

    words: str
    href: str


def start_of(rows: Sequence[WorkRow]) -> Start | None:
    first = next((row for row in rows if row.href), None)
    return Start(f"Start with {first.place}", first.href) if first else None


def start_of_queue(waiting: int, oldest: datetime | None, now: datetime) -> Start | None:
    """Where to begin with the questions who somebody is: they come one after the other."""
    if oldest is None:
        return None
    words = f"Answer {plural(waiting, 'question')}, the oldest waiting {lasting(now - oldest)}"
    return Start(words, reverse("link-review-next"))


def work_rows(
    tasks: Sequence[Task],
    scenes: Mapping[int, Scene],
    notices: Mapping[int, Notice],
    user: User,
    now: datetime,
) -> list[WorkRow]:
    shelters = homes_sheltering((one.incident.household_id for one in scenes.values()), user, now)
    places = {
        incident: street_said(scene.incident.household, shelters) or "No address"
        for incident, scene in scenes.items()
    }
    return [_row(task, scenes.get(task.incident_id), places, notices, user, now) for task in tasks]


def _row(
    task: Task,
    scene: Scene | None,
    places: Mapping[int, str],
    notices: Mapping[int, Notice],
    user: User,
    now: datetime,
) -> WorkRow:
    clock, kind, due = _clock(task, now)
    what, why = _errand(task, notices, now)
    link, href = _link(task, notices, user)
    return WorkRow(
        clock=clock, clock_kind=kind, due=due, place=places.get(task.incident_id, "Not known yet"),
        children=_children(scene) if scene else "",
        known=tuple(_known(scene, now)) if scene else (),
        what=what, why=why, link=link, href=href,
    )  # fmt: skip


def _clock(task: Task, now: datetime) -> tuple[str, str, str]:
    if not task.has_deadline:
        return f"Waiting {lasting(now - task.due)}", "waiting", f"since {moment(task.due)}"
    clock = clock_to(task.due, now)
    return clock.words, clock.kind, by_when(task.due, now)


def _children(scene: Scene) -> str:
    parts = [plural(scene.children, "child", "children")] if scene.children else []
    parts += [f"{scene.unborn} unborn"] if scene.unborn else []
    return ", ".join(parts) or "No child named"


def _known(scene: Scene, now: datetime) -> Iterator[str]:
    yield f"Police: {scene.incident.officer_grade or 'not graded'}"
    if scene.history is not None:
        yield f"Our record: {_record(scene.history)}"
    flags = [one for one in scene.heard if one.is_flagged(local_date(now))]
    if flags:
        again = any(one.at < scene.incident.started_at for one in flags)
        yield f"MARAC flag until {short_day(flags[0].flagged_until)}{', a repeat' * again}"


def _record(history: History) -> str:
    """Return "4th in 12 months, person known from another household"; numbers, never who."""
    past = history.past
    recent = 1 + sum(one.on >= past.months_back(12) for one in past.family)
    words = [f"{_ordinal(recent)} in 12 months"] if past.family else []
    if past.others:
        words.append("perpetrator known from another household")
    return ", ".join(words) or "first known"


def _ordinal(number: int) -> str:
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _errand(task: Task, notices: Mapping[int, Notice], now: datetime) -> tuple[str, str]:
    """Return what is to be done, and why it stands where it stands."""
    many = len(task.records)
    children = plural(many, "child", "children")
    working_day = "one working day after the notification"
    match task.kind:
        case Kind.SCHOOL:
            return _school(task, notices)
        case Kind.SCREEN:
            return f"Screen {children}", working_day
        case Kind.OPEN:
            return f"Goes to the allocated worker: {task.words}", f"{children}, no meeting needed"
        case Kind.DECIDE:
            return f"Decide for {children}", f"the scale is set; {working_day}"
        case Kind.AGENCY:
            return (
                f"{task.words}: {plural(many, 'question')} late",
                "ring them, or key in what came",
            )
        case Kind.ACTION:
            return f"{task.words}: {plural(many, 'action')} overdue", "the day agreed has passed"
        case Kind.SETTLE:
            came = "an agency declined or could not, or the decision was replaced"
            return f"Settle {plural(many, 'action')}: agree anew, keep, withdraw or close", came
        case Kind.REVIEW:
            return "Say who somebody is", "asked when it came in; nothing waits for the answer"
        case Kind.STUCK:
            return f"Receipt {task.words}", "it is sent on again every minute; if it stays, say so"


def _school(task: Task, notices: Mapping[int, Notice]) -> tuple[str, str]:
    some = [notices[pk] for pk in task.records if pk in notices]
    if not some:
        return "School being told", ""
    first, many = some[0], plural(len(some), "message")
    why = why_not_told(first, failed=bool(cast(Any, first).failed))
    if first.school is None:
        return f"{first.office.name if first.office else 'Find the school'}, {many}", why
    number = f", {first.school.telephone}" if first.school.telephone else ""
    return f"{first.school.name}{number}: {many}", why


def _link(task: Task, notices: Mapping[int, Notice], user: User) -> tuple[str, str]:
    """Return the one link of a row; what the user may not do leads to the family instead."""
    first = task.records[0]
    if task.kind is Kind.STUCK:
        return "", ""
    if task.kind is Kind.SCHOOL and first in notices and cast(Any, notices[first]).opens:
        found = notices[first].school is not None
        return ("Tell" if found else "Find"), reverse("notice-school", args=[first])
    if task.kind is Kind.DECIDE and Perm.DECIDE in user.perms:
        return "Decide", reverse("decide", args=[first])
    if task.kind is Kind.SETTLE and Perm.DECIDE in user.perms:
        of_child = reverse("settle", args=[task.about]) if task.about else ""
        return "Settle", of_child or reverse("to-settle")
    if task.kind is Kind.REVIEW and Perm.REVIEW_LINKS in user.perms:
        return "Compare", reverse("link-review", args=[first])
    if task.kind is Kind.AGENCY and Perm.CHASE_AGENCIES in user.perms:
        return "Chase", reverse("research-chase-one", args=[first])
    words = {Kind.SCREEN: "Screen", Kind.OPEN: "Chase"}.get(task.kind, "Family")
    return words, reverse("family", args=[task.incident_id])
