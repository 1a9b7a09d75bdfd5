"""What happened, newest first: told of a family together, or of one person alone.

One builder tells both, from what its caller loaded and from what its reader may see. Families of
one perpetrator are walled from each other: of an incident with another family it says when it was,
how it was graded and, told of a family, how many children were there who are not restricted; never
who or where, even to somebody who could open that family's own page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sightline.actions.care_words import came_of_it, kind_words, until_words
from sightline.actions.models import Action, SocialCareEvent
from sightline.actions.words import outcome_name
from sightline.common.clock import local_date
from sightline.common.words import clock_time, plural, short_day
from sightline.meetings.models import Decision
from sightline.people.models import Incident, Mention, Presence, Role
from sightline.screening.notified import HELD_BACK

BY_CARE = "By children's social care."
HIDDEN = "Who else and where is held back."


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day. lines: what is said of it, each a sentence."""

    on: date
    when: str
    title: str
    lines: tuple[str, ...]
    source: str = ""

    @property
    def machine(self) -> str:
        return self.on.isoformat()


class Open(Enum):
    """How much of an incident may be told: everything, only of those shown, or that it was."""

    WHOLE = "whole"
    PART = "part"
    ELSEWHERE = "elsewhere"


def how_open(seen: Iterable[bool]) -> Open:
    """`seen`: of each victim and child of the incident, whether the reader may see them."""
    family = list(seen)
    if not any(family):
        return Open.ELSEWHERE
    return Open.WHOLE if all(family) else Open.PART


@dataclass(frozen=True)
class Of:
    """Somebody of an incident who is spoken of, and whether what they said may be told."""

    mention: Mention
    name: str
    voice: bool


@dataclass(frozen=True)
class Happened:
    """An incident to tell. where: a place that may be said. people: those who are spoken of."""

    incident: Incident
    open: Open
    where: str
    people: Sequence[Of]
    children: int = 0


@dataclass(frozen=True)
class Decided:
    """A decision, about whom where it is told of several, its reasons where they may be told, and
    which agencies dissent."""

    whom: str
    decision: Decision
    reasons: str
    dissents: Sequence[str] = ()


@dataclass(frozen=True)
class Story:
    """What is told. alone: of one person, whose name need not be said each time.

    actions and events: each with whom it is about, where it is told of several. notes: whether
    what was noted when an action was completed may be told.
    """

    alone: bool
    happened: Iterable[Happened]
    decided: Iterable[Decided] = ()
    actions: Iterable[tuple[str, Action]] = ()
    events: Iterable[tuple[str, SocialCareEvent]] = ()
    notes: bool = True
    more: Iterable[Entry] = ()


def tell(story: Story) -> list[Entry]:
    """Return every entry, newest first."""
    entries = [
        *(_incident(one, alone=story.alone) for one in story.happened),
        *map(_decided, story.decided),
        *(entry for whom, action in story.actions for entry in _action(whom, action, story)),
        *(entry for whom, event in story.events for entry in _event(whom, event)),
        *story.more,
    ]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _incident(one: Happened, *, alone: bool) -> Entry:
    grade = one.incident.officer_grade
    lines = list(_alone(one) if alone else _together(one))
    on = local_date(one.incident.started_at)
    when = f"{short_day(on)}, {clock_time(one.incident.started_at)}"
    graded = f", graded {grade}" if grade else ""
    title = f"{_title(one, alone)}{graded}"
    return Entry(on, when, title, tuple(filter(None, lines)), _source(one) if alone else "")


def _source(one: Happened) -> str:
    """Of another family's notification not even its number is said."""
    elsewhere = one.open is Open.ELSEWHERE
    return "Police notification" if elsewhere else one.people[0].mention.source.label


def _title(one: Happened, alone: bool) -> str:
    elsewhere = one.open is Open.ELSEWHERE
    if not alone:
        return "Incident with another family" if elsewhere else f"Police attended{one.where}"
    (person,) = one.people
    police = "Police attended another family" if elsewhere else "Police attended"
    return f"{police}: {_role(person.mention)}{'' if elsewhere else _presence(person.mention)}"


def _alone(one: Happened) -> Iterator[str]:
    if one.open is Open.ELSEWHERE:
        yield HIDDEN
        return
    yield one.where
    yield one.incident.summary if one.open is Open.WHOLE else HELD_BACK
    yield from (_voice(person).strip() for person in one.people)


def _together(one: Happened) -> Iterator[str]:
    if one.open is Open.ELSEWHERE:
        who = ", ".join(f"{person.name} as {_role(person.mention)}" for person in one.people)
        children = plural(one.children, "child", "children") if one.children else ""
        yield f"{who}{f'; {children} there' if children else ''}. {HIDDEN}"
        return
    yield one.incident.summary if one.open is Open.WHOLE else HELD_BACK
    for child in one.people:
        yield f"{child.name}: {_presence(child.mention)[2:] or 'not known'}.{_voice(child)}"


def _role(mention: Mention) -> str:
    return Role(mention.role).label.lower()


def _presence(mention: Mention) -> str:
    return f", {Presence(mention.presence).label.lower()}" if mention.presence else ""


def _voice(person: Of) -> str:
    if not person.voice:
        return ""
    said = f" Said: “{person.mention.words}”." if person.mention.words else ""
    return said + (f" Seemed: {person.mention.demeanour}." if person.mention.demeanour else "")


def _decided(one: Decided) -> Entry:
    replaced = " (replaced later)" if one.decision.replaced_at else ""
    title = f"Decided{_for(one.whom)}: {outcome_name(one.decision)}{replaced}"
    by = who(one.decision.decided_by)
    return on_day(one.decision.decided_at, title, one.reasons, *one.dissents, source=by)


def _action(whom: str, action: Action, story: Story) -> Iterator[Entry]:
    """Tell of a family what was done, which its page lists beside; alone, what was agreed."""
    if story.alone:
        title = f"Agreed: {action.what}"
        yield on_day(action.agreed_at, title, _progress(action), source=action.agency.name)
    elif action.completed_at is not None:
        title = f"Done{_for(whom)}: {action.what} ({action.agency.name})"
        yield on_day(action.completed_at, title, action.note if story.notes else "")


def _for(whom: str) -> str:
    return f" for {whom}" if whom else ""


def _progress(action: Action) -> str:
    done = [
        f"{step} {short_day(moment)}"
        for step in ("accepted", "started", "completed")
        if (moment := getattr(action, f"{step}_at"))
    ]
    return f"Due {short_day(action.due_on)}; {', '.join(done) if done else 'not accepted yet'}."


def _event(whom: str, event: SocialCareEvent) -> Iterator[Entry]:
    """Tell of its beginning with what came of it, and of its end on the day it ended."""
    title = f"{kind_words(event)}{_for(whom)}"
    lines = (BY_CARE, *came_of_it(event), until_words(event))
    yield Entry(event.on, short_day(event.on), title, tuple(filter(None, lines)))
    if event.ended_on is not None and event.ended_on != event.on:
        yield Entry(event.ended_on, short_day(event.ended_on), f"Ended: {title}", (BY_CARE,))


def on_day(at: datetime, title: str, *lines: str, source: str = "") -> Entry:
    """Return an entry of which the day is enough."""
    return Entry(local_date(at), short_day(at), title, tuple(filter(None, lines)), source)


def who(user: object) -> str:
    """Return who did something here, or that it came by file."""
    return str(user) if user else "From a file"
