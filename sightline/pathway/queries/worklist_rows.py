"""What a row of the worklist says of its incident: where, how many children, what is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from sightline.common.wall import Purpose, acting_for
from sightline.encompass.models import Delivery, Notice
from sightline.meetings.marac.pairs import Heard, heard_in
from sightline.pathway.queries.worklist import Kind, Task
from sightline.people.everybody import everybody_in
from sightline.people.models import Incident, Role
from sightline.screening.record import History, histories


@dataclass(frozen=True)
class Scene:
    """One incident without a name: its street and grade are in `incident`. heard: its pairs at
    MARAC."""

    incident: Incident
    children: int
    unborn: int
    history: History | None
    heard: tuple[Heard, ...] = ()


def scenes_of(tasks: Iterable[Task]) -> dict[int, Scene]:
    """Return the scene of each task by incident. Seven queries, however many tasks."""
    wanted = {task.incident_id for task in tasks if task.incident_id}
    incidents = Incident.objects.filter(pk__in=wanted).select_related("household")
    children, past, heard = _children(wanted), histories(wanted), heard_in(wanted)
    return {
        incident.pk: Scene(
            incident=incident,
            children=sum(not unborn for unborn in children[incident.pk].values()),
            unborn=sum(children[incident.pk].values()),
            history=past.get(incident.pk),
            heard=tuple(heard.get(incident.pk, ())),
        )
        for incident in incidents
    }


def _children(incident_ids: set[int]) -> Mapping[int, dict[int, bool]]:
    """Return each child of each incident by person, and whether it is unborn."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    for incident, them in everybody_in(incident_ids).items():
        found[incident] = {one.person: one.is_unborn for one in them if one.role == Role.CHILD}
    return found


def notices_of(tasks: Iterable[Task]) -> dict[int, Notice]:
    """Return the notices of these tasks by id, with `failed`: the last e-mails were not taken, and
    `opens`: the reader may know which child it is about."""
    found = _notices_of(tasks)
    opening = set(Notice.objects.filter(pk__in=found).values_list("pk", flat=True))
    for notice in found.values():
        notice.opens = notice.pk in opening  # type: ignore[attr-defined]
    return found


@acting_for(Purpose.CHECKING)  # no names: whether their school knows
def _notices_of(tasks: Iterable[Task]) -> dict[int, Notice]:
    wanted = {pk for task in tasks if task.kind is Kind.SCHOOL for pk in task.records}
    failed = Delivery.objects.filter(notice=OuterRef("pk")).exclude(failed_because="")
    found = Notice.objects.filter(pk__in=wanted).select_related("school", "office")
    return {notice.pk: notice for notice in found.annotate(failed=Exists(failed))}
