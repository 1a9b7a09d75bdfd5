"""Reading assessments, as far as a user may see whom they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from sightline.access.models import User
from sightline.people.models import Incident, Link, Person
from sightline.rules.screening.tools import Tool, tool_called
from sightline.screening.models import ToolRecord
from sightline.screening.own_words import tool_in
from sightline.screening.sight import Sight, sight_of
from sightline.screening.tools.commands import ROLES
from sightline.sharing.models import Item
from sightline.sharing.queries import log_reads, may_see


@dataclass(frozen=True)
class Assessed:
    """An assessment, whom it is about, and the tool as it asked."""

    record: ToolRecord
    person: Person
    tool: Tool


def opened_incident(user: User, pk: int, *, page: str, now: datetime) -> tuple[Incident, Sight]:
    """Load an incident for a user, and write down the look. 404 where nobody's scale may be seen:
    who was only asked what they know of a child learns nothing here."""
    sight = sight_of(user, pk, now)
    if not any(sight.sees(link.person_id, Item.SCALE) for link in sight.shown):
        raise Http404
    log_reads(user, dict(sight.answers), page=page, now=now)
    return Incident.objects.select_related("household").get(pk=pk), sight


def assessments_of(sight: Sight) -> list[Assessed]:
    """Return what was assessed of the people of an incident, in any incident, newest first, of
    those whose scale may be seen. One query."""
    seen = [link.person_id for link in sight.shown if sight.sees(link.person_id, Item.SCALE)]
    links = Link.objects.filter(
        person__in=seen, ended_at__isnull=True, mention__tool_records__isnull=False
    )
    return list(_assessed(links.select_related("person")))


def _assessed(links: Iterable[Link]) -> Iterable[Assessed]:
    who = {link.mention_id: link.person for link in links}
    records = ToolRecord.objects.filter(mention__in=who).select_related(
        "agency", "recorded_by__agency", "withdrawn_by", "countersigned_by", "own_words"
    )
    for record in records.order_by("-assessed_on", "-pk"):
        tool = tool_in(tool_called(record.tool), record.own_words)
        yield Assessed(record, who[record.mention_id], tool)


def shared_already(sight: Sight, incident: Incident, tool: Tool) -> list[Assessed]:
    """Return what agencies have made with a tool of which they share one an episode: of the people
    of this incident, in this incident, not withdrawn."""
    if not tool.one_an_episode:
        return []
    return [
        one
        for one in assessments_of(sight)
        if one.record.incident_id == incident.pk
        and one.tool.id == tool.id
        and one.record.withdrawn_at is None
    ]


def assessment_or_404(user: User, pk: int, *, now: datetime) -> Assessed:
    """Load an assessment, and write down the look. 404 unless the person's scale may be seen."""
    links = Link.objects.filter(mention__tool_records=pk, ended_at__isnull=True)
    link = links.select_related("person").first()
    if link is None:
        raise Http404
    answer = may_see(user, link.person_id, Item.SCALE, now)
    if not answer.allowed:
        raise Http404
    log_reads(user, {link.person_id: answer}, page="assessment", now=now)
    return next(one for one in _assessed([link]) if one.record.pk == pk)


def may_be_assessed(sight: Sight, tool: Tool) -> list[Link]:
    """Return the people of an incident whom a tool may be about and whose scale may be seen."""
    return [
        link
        for link in sight.shown
        if link.mention.role in ROLES[tool.about] and sight.sees(link.person_id, Item.SCALE)
    ]
