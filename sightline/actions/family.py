"""Everything on the one screen for the meeting: what a user may see of a family, loaded at once.

The number of queries does not depend on how long the family's history is.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch
from django.http import Http404

from sightline.access.models import User
from sightline.actions.models import Action, SocialCareEvent
from sightline.intake.models import Notification
from sightline.intake.schema import Notification as Content
from sightline.meetings.attendance import rooms_of
from sightline.meetings.dissenting import STANDING_DISSENTS
from sightline.meetings.models import Decision, Dissent
from sightline.people.everybody import There, everybody_in
from sightline.people.models import Incident, Link, Relationship, Role
from sightline.screening.models import Answer, Screening
from sightline.screening.record import History, history_of
from sightline.screening.sight import Sight, sight_of
from sightline.sharing.models import VAULT_ITEMS, Item
from sightline.sharing.queries import log_reads
from sightline.sharing.sheltering import homes_sheltering
from sightline.vault.queries import safe_ways


@dataclass(frozen=True)
class Decided:
    """A decision about one child of the family, with the actions agreed with it, which agencies
    dissent from it, and who was in the room, in words."""

    child_id: int
    decision: Decision
    actions: tuple[Action, ...]
    dissents: tuple[Dissent, ...] = ()
    room: tuple[str, ...] = ()


@dataclass(frozen=True)
class Family:
    """A family as one user may see it. Whatever they may not see has been left out.

    there: the links of whoever is not hidden in the incident and in earlier ones, by incident;
    everybody: who was, hidden or not, without a name.
    earlier: incidents before this one, latest first. events: by person id of the child.
    """

    incident: Incident
    sight: Sight
    screenings: Mapping[int, Screening]
    answers: Mapping[int, Mapping[str, Answer]]
    history: History | None
    earlier: Sequence[Incident]
    there: Mapping[int, Sequence[Link]]
    everybody: Mapping[int, Sequence[There]]
    decided: Sequence[Decided]
    events: Sequence[tuple[int, SocialCareEvent]]
    relationships: Sequence[Relationship]
    contents: Mapping[int, Content]  # of notifications, by source
    safe_ways: Collection[int]  # persons whom the user may see how to reach safely
    sheltering: Collection[int]  # homes whose address is not said


def family_of(user: User, incident_id: int, *, now: datetime) -> Family:
    """Load the family of an incident, and write down that it was looked at.

    404 where nobody of the incident may be seen, or only who they are: an agency that is asked
    what it knows of somebody is told who that is, and has its own page for it.
    """
    sight = sight_of(user, incident_id, now)
    more = {Item.IDENTITY, *VAULT_ITEMS}  # whoever has no more than these has a page for it
    if not any(sight.answers[link.person_id].items - more for link in sight.shown):
        raise Http404
    log_reads(user, dict(sight.answers), page="family", now=now)
    incident = Incident.objects.select_related("household").get(pk=incident_id)
    history = history_of(incident_id)
    earlier = _earlier(history)
    screenings = _screenings(incident, sight)
    return Family(
        incident=incident,
        sight=sight,
        screenings=screenings,
        answers=_answers(screenings.values()),
        history=history,
        earlier=earlier,
        there=_there([incident, *earlier]),
        everybody=everybody_in([incident_id, *(one.pk for one in earlier)]),
        decided=decisions_about(_children(sight, Item.DECISION), sight),
        events=_events(_children(sight, Item.ACTIONS)),
        relationships=_relationships(sight),
        contents=_contents(sight),
        safe_ways=safe_ways(user, sight.answers, now),
        sheltering=homes_sheltering((one.household_id for one in (incident, *earlier)), user, now),
    )


def _children(sight: Sight, item: Item) -> list[int]:
    """The children of whom the name and `item` may be seen, by person id."""
    return [
        link.person_id
        for link in sight.shown
        if link.mention.role == Role.CHILD and sight.sees(link.person_id, item)
    ]


def _earlier(history: History | None) -> list[Incident]:
    ids = list(history.incident_ids.values()) if history else []
    return list(
        Incident.objects.filter(pk__in=ids).select_related("household").order_by("-started_at")
    )


def _there(incidents: Iterable[Incident]) -> dict[int, list[Link]]:
    """Whoever was in these incidents, each once; the newest version of each document."""
    links = Link.objects.filter(
        mention__source__incident__in=list(incidents),
        mention__source__superseded_at__isnull=True,
        ended_at__isnull=True,
    ).select_related("mention__source", "person")
    found: dict[int, dict[int, Link]] = defaultdict(dict)
    for link in links.order_by("mention__source_id", "mention__position"):
        found[link.mention.source.happened_in][link.person_id] = link
    return {incident: list(people.values()) for incident, people in found.items()}


def _screenings(incident: Incident, sight: Sight) -> dict[int, Screening]:
    """The screenings of this incident, by person id of the child."""
    standing = Screening.objects.filter(incident=incident, withdrawn_at__isnull=True)
    by_mention = {screening.mention_id: screening for screening in standing}
    of_person = Link.objects.filter(mention__in=list(by_mention), ended_at__isnull=True)
    return {
        person: by_mention[mention]
        for mention, person in of_person.values_list("mention", "person")
        if sight.sees(person, Item.IDENTITY)
    }


def _answers(screenings: Iterable[Screening]) -> dict[int, dict[str, Answer]]:
    found: dict[int, dict[str, Answer]] = defaultdict(dict)
    for answer in Answer.objects.filter(screening__in=list(screenings)):
        found[answer.screening_id][answer.item] = answer
    return found


def decisions_about(children: list[int], sight: Sight) -> list[Decided]:
    """Return every standing decision about these children, of any incident, newest first."""
    actions = Prefetch("actions", Action.objects.select_related("agency").order_by("due_on"))
    rows = list(
        Decision.objects.filter(
            replaced_at__isnull=True,
            screening__withdrawn_at__isnull=True,
            screening__mention__links__ended_at__isnull=True,
            screening__mention__links__person__in=children,
        )
        .annotate(child_id=F("screening__mention__links__person"))
        .select_related("screening", "decided_by")
        .prefetch_related(actions, STANDING_DISSENTS)
        .order_by("-decided_at", "-pk")
    )
    rooms = rooms_of(rows)
    return [
        Decided(
            row.child_id, row,
            tuple(row.actions.all()) if sight.sees(row.child_id, Item.ACTIONS) else (),
            tuple(row.dissents.all()), tuple(rooms.get(row.pk, ())),
        )
        for row in rows
    ]  # fmt: skip


def _events(children: list[int]) -> list[tuple[int, SocialCareEvent]]:
    rows = SocialCareEvent.objects.filter(
        mention__links__ended_at__isnull=True, mention__links__person__in=children
    ).annotate(child_id=F("mention__links__person"))
    return [(row.child_id, row) for row in rows.order_by("-on", "-pk")]


def _relationships(sight: Sight) -> list[Relationship]:
    """How the people who are shown are related to each other, as the newest sources say."""
    shown = [link.mention_id for link in sight.shown]
    return list(Relationship.objects.filter(a__in=shown, b__in=shown))


def _contents(sight: Sight) -> dict[int, Content]:
    sources = {link.mention.source_id for link in sight.shown}
    kept = Notification.objects.filter(source__in=sources).values_list("source", "content")
    return {source: Content.model_validate(content) for source, content in kept}


def shown_as(family: Family, *roles: str) -> list[Link]:
    """Return the people of the incident in these roles who may be shown, in that order of roles."""
    shown = [link for link in family.sight.shown if link.mention.role in roles]
    return sorted(shown, key=lambda link: roles.index(link.mention.role))
