"""What is known of one person, from all agencies, in the order in which it happened.

Each entry belongs to one item of the disclosure ledger, and is only there if that item is open.
Families of one perpetrator are walled from each other: of an incident with a family that the
reader may not see, only that it happened is said.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sightline.access.models import User
from sightline.actions.models import Action, SocialCareEvent
from sightline.common.clock import local_date
from sightline.encompass.models import Notice
from sightline.meetings.models import Decision
from sightline.people.models import Incident, Link, Mention, Person, Presence, Role
from sightline.rules.screening.outcomes import shipped_outcomes
from sightline.rules.screening.wordscale import scale_name
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see

FAMILY = (Role.VICTIM, Role.BOTH_ALLEGED, Role.CHILD)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, what, who says so, and more about it."""

    on: date
    title: str
    source: str
    body: str = ""
    incident: int | None = None


def chronology(person: Person, items: frozenset[str], reader: User, now: datetime) -> list[Entry]:
    """Return what happened to or through a person, newest first, as far as `items` allow.

    A fixed number of queries, however long the life.
    """
    mentions = _mentions(person)
    found: list[Entry] = []
    if Item.INCIDENT in items:
        whole = _wholly_open(mentions, reader, now)
        found += (
            _incident(mention, incident, items)
            if incident.pk in whole
            else _elsewhere(mention, incident)
            for mention in mentions
            if (incident := mention.source.incident)
        )
    if Item.HISTORY in items:
        found += (_told_of(m, items) for m in mentions if m.source.incident is None)
    if Item.SCALE in items:
        found += _scales(mentions)
    if Item.DECISION in items:
        found += _decisions(mentions)
    if Item.ACTIONS in items:
        found += _actions(mentions)
    if Item.SCHOOL in items:
        found += _notices(mentions)
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def _mentions(person: Person) -> list[Mention]:
    links = Link.objects.filter(
        person=person, ended_at__isnull=True, mention__source__superseded_at__isnull=True
    )
    return [
        link.mention
        for link in links.select_related(
            "mention__source__incident__household", "mention__household"
        )
    ]


def _wholly_open(mentions: list[Mention], reader: User, now: datetime) -> set[int]:
    """Return the incidents of whose victims and children the reader may see every one."""
    families: dict[int, set[int]] = defaultdict(set)
    links = Link.objects.filter(
        mention__source__incident__in={m.source.incident_id for m in mentions},
        mention__role__in=FAMILY, mention__source__superseded_at__isnull=True,
        ended_at__isnull=True,
    )  # fmt: skip
    for incident, person in links.values_list("mention__source__incident_id", "person_id"):
        families[incident].add(person)
    everybody = {person for family in families.values() for person in family}
    answers = what_they_may_see(reader, everybody, now)
    open_to = {person for person, a in answers.items() if Item.INCIDENT in a.items}
    return {incident for incident, family in families.items() if family <= open_to}


def _told_of(mention: Mention, items: frozenset[str]) -> Entry:
    """The team was told of a family to which nothing had happened yet."""
    at = f"At {mention.address}." if mention.address and Item.HOUSEHOLD in items else ""
    return Entry(mention.source.on, "The team was told of the family", mention.source.label, at)


def _elsewhere(mention: Mention, incident: Incident) -> Entry:
    grade = incident.officer_grade
    return Entry(
        on=local_date(incident.started_at),
        title=f"Police attended another family: {Role(mention.role).label.lower()}",
        source="Police notification",
        body=f"{f'Graded {grade}. ' if grade else ''}Who else and where is held back.",
    )


def _incident(mention: Mention, incident: Incident, items: frozenset[str]) -> Entry:
    home = incident.household if Item.HOUSEHOLD in items else None
    place = f"At {home.address}. " if home else ""
    return Entry(
        on=local_date(incident.started_at),
        title=f"Police attended: {Role(mention.role).label.lower()}{_presence(mention)}",
        source=mention.source.label,
        body=f"{place}{incident.summary}{_voice(mention, items)}",
        incident=incident.pk,
    )


def _presence(mention: Mention) -> str:
    return f", {Presence(mention.presence).label.lower()}" if mention.presence else ""


def _voice(mention: Mention, items: frozenset[str]) -> str:
    if Item.VOICE not in items or not (mention.words or mention.demeanour):
        return ""
    words = f" Said: “{mention.words}”." if mention.words else ""
    return words + (f" Seemed: {mention.demeanour}." if mention.demeanour else "")


def _scales(mentions: list[Mention]) -> Iterator[Entry]:
    screened = Screening.objects.filter(
        mention__in=mentions, withdrawn_at__isnull=True, scale__isnull=False
    )
    for one in screened.select_related("scale_set_by"):
        if one.scale and one.scale_set_at:
            yield Entry(
                _day(one.scale_set_at), f"Scale {one.scale}, {scale_name(one.scale)}",
                _who(one.scale_set_by), one.scale_because,
            )  # fmt: skip


def _decisions(mentions: list[Mention]) -> Iterator[Entry]:
    names = {(s.version, o.code): o.name for s in shipped_outcomes() for o in s.outcomes}
    made = Decision.objects.filter(screening__mention__in=mentions)
    for one in made.select_related("decided_by"):
        name = names.get((one.outcome_set, one.outcome), one.outcome)
        replaced = " (replaced later)" if one.replaced_at else ""
        yield Entry(
            _day(one.decided_at), f"Decided: {name}{replaced}", _who(one.decided_by), one.rationale
        )
    for event in SocialCareEvent.objects.filter(mention__in=mentions):
        yield Entry(event.on, event.get_kind_display(), "Children's social care")


def _actions(mentions: list[Mention]) -> Iterator[Entry]:
    agreed = Action.objects.filter(decision__screening__mention__in=mentions)
    for one in agreed.select_related("agency"):
        yield Entry(_day(one.agreed_at), f"Agreed: {one.what}", one.agency.name, _progress(one))


def _progress(action: Action) -> str:
    done = [
        f"{step} {_day(moment):%-d %B %Y}"
        for step in ("accepted", "started", "completed")
        if (moment := getattr(action, f"{step}_at"))
    ]
    return f"Due {action.due_on:%-d %B %Y}; {', '.join(done) if done else 'not accepted yet'}."


def _notices(mentions: list[Mention]) -> Iterator[Entry]:
    told = Notice.objects.filter(mention__in=mentions, sent_at__isnull=False)
    for one in told.select_related("school"):
        received = (
            f"Received {_day(one.received_at):%-d %B %Y}. "
            if one.received_at
            else "Not confirmed. "
        )
        yield Entry(_day(one.sent_at), f"School told: {one.school}", "Operation Encompass",
                    received + one.support)  # fmt: skip


def _day(moment: datetime | None) -> date:
    assert moment is not None  # noqa: S101 - filtered by the query
    return local_date(moment)


def _who(user: object) -> str:
    return str(user) if user else "From a file"
