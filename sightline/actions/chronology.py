"""What happened, newest first: incidents over every household, decisions, what was done.

Families of one perpetrator are walled from each other. Of an incident with another family the page
says when it was, how it was graded and how many children were there; never who or where, even to
somebody who could open that family's own page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.actions.family import Family
from sightline.actions.models import EventKind
from sightline.actions.words import outcome_name
from sightline.common.clock import local_date
from sightline.common.words import clock_time, plural, short_day
from sightline.people.models import Incident, Link, Mention, Presence, Role
from sightline.screening.notified import HELD_BACK
from sightline.sharing.models import Item

FAMILY = (Role.VICTIM, Role.BOTH_ALLEGED, Role.CHILD)


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day. lines: what is said of it, each a sentence."""

    on: date
    when: str
    title: str
    lines: tuple[str, ...]

    @property
    def machine(self) -> str:
        return self.on.isoformat()


def chronology(family: Family) -> list[Entry]:
    """Return what may be shown of everything on record, newest first."""
    entries = [*_incidents(family), *_decisions(family), *_done(family), *_events(family)]
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def _may_know(family: Family, incident: Incident) -> bool:
    """Whether somebody in it is shared with the user, history included."""
    return any(
        family.sight.sees(link.person_id, Item.HISTORY) for link in family.there[incident.pk]
    )


def _incidents(family: Family) -> Iterator[Entry]:
    if any(family.sight.sees(link.person_id, Item.INCIDENT) for link in family.sight.shown):
        everything = family.sight.sees_all(Item.INCIDENT)
        yield _incident(family, family.incident, _account(family, family.incident, everything))
    for incident in family.earlier:
        if _may_know(family, incident):
            yield _earlier(family, incident)


def _earlier(family: Family, incident: Incident) -> Entry:
    there = family.there[incident.pk]
    own = [link for link in there if link.mention.role in FAMILY]
    if not any(family.sight.sees(link.person_id, Item.HISTORY) for link in own):
        return _elsewhere(family, incident, there)
    whole = all(family.sight.sees(link.person_id, Item.HISTORY) for link in own)
    unrestricted = all(link.person.restricted_at is None for link in there)
    return _incident(family, incident, _account(family, incident, whole and unrestricted))


def _elsewhere(family: Family, incident: Incident, there: Sequence[Link]) -> Entry:
    """An incident with another family of somebody in this one."""
    shared = [link for link in there if family.sight.sees(link.person_id, Item.HISTORY)]
    children = sum(link.mention.role == Role.CHILD for link in there)
    who = ", ".join(
        f"{link.person.name} as {Role(link.mention.role).label.lower()}" for link in shared
    )
    line = f"{who}; {plural(children, 'child', 'children')} there. Who else and where is held back."
    return _entry(incident, f"Incident with another family{_grade(incident)}", (line,))


def _incident(family: Family, incident: Incident, account: Sequence[str]) -> Entry:
    where = _where(family, incident)
    return _entry(incident, f"Police attended{where}{_grade(incident)}", account)


def _entry(incident: Incident, title: str, lines: Sequence[str]) -> Entry:
    on = local_date(incident.started_at)
    when = f"{short_day(on)}, {clock_time(incident.started_at)}"
    return Entry(on, when, title, tuple(line for line in lines if line))


def _where(family: Family, incident: Incident) -> str:
    if incident.household is None:
        return ""
    if incident.household_id == family.incident.household_id:
        return ", this household"
    own = [link for link in family.there[incident.pk] if link.mention.role in FAMILY]
    seen = all(family.sight.sees(link.person_id, Item.HOUSEHOLD) for link in own)
    return f", {incident.household.street}" if seen else ", another household"


def _grade(incident: Incident) -> str:
    return f", graded {incident.officer_grade}" if incident.officer_grade else ""


def _account(family: Family, incident: Incident, whole: bool) -> list[str]:
    """What was written of an incident, then what each child who may be shown saw and said."""
    lines = [incident.summary if whole else HELD_BACK]
    lines += [
        _child(family, link)
        for link in family.there[incident.pk]
        if link.mention.role == Role.CHILD
        and link.mention.presence != Presence.UNBORN
        and family.sight.sees(link.person_id, Item.IDENTITY)
    ]
    return lines


def _child(family: Family, link: Link) -> str:
    mention = link.mention
    presence = Presence(mention.presence or Presence.NOT_KNOWN).label.lower()
    words = f"{link.person.name}: {presence}."
    if family.sight.sees(link.person_id, Item.VOICE):
        words += _voice(mention)
    return words


def _voice(mention: Mention) -> str:
    said = f" Said: “{mention.words}”." if mention.words else ""
    return said + (f" Seemed: {mention.demeanour}." if mention.demeanour else "")


def _decisions(family: Family) -> Iterator[Entry]:
    names = {link.person_id: link.person.name for link in family.sight.shown}
    for decided in family.decided:
        decision = decided.decision
        title = f"{names[decided.child_id]}: {outcome_name(decision)}"
        lines = (decision.rationale,) if family.sight.sees_all(Item.DECISION) else ()
        yield _day(decision.decided_at, f"Decided for {title}", lines)


def _done(family: Family) -> Iterator[Entry]:
    names = {link.person_id: link.person.name for link in family.sight.shown}
    for decided in family.decided:
        for action in decided.actions:
            if action.completed_at is not None:
                title = f"Done for {names[decided.child_id]}: {action.what} ({action.agency.name})"
                note = action.note if family.sight.sees_all(Item.ACTIONS) else ""
                yield _day(action.completed_at, title, (note,))


def _events(family: Family) -> Iterator[Entry]:
    names = {link.person_id: link.person.name for link in family.sight.shown}
    for child, event in family.events:
        title = f"{EventKind(event.kind).label} for {names[child]}"
        yield Entry(event.on, short_day(event.on), title, ("By children's social care.",))


def _day(at: datetime, title: str, lines: Sequence[str]) -> Entry:
    return Entry(local_date(at), short_day(at), title, tuple(filter(None, lines)))
