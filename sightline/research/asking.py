"""Asking agencies by rule, and following corrections: of a notification, a link, a scale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction

from sightline.audit.commands import event, record_many
from sightline.people.models import Incident
from sightline.research.doors import set_doors
from sightline.research.facts import Scene, scenes_of
from sightline.research.models import Asked, ResearchRequest
from sightline.research.planning import Asking, Standing, Wanted, standing_of
from sightline.rules.calendar import england_and_wales
from sightline.rules.research.asking import due_by, urgency_of
from sightline.rules.research.parts import RuleSet

NOT_THERE = "not in the corrected notification, or known to be somebody else"
NO_REASON = "what the rule asks for is not so any more"
Place = tuple[int, str, int | None]  # incident, service, agency


@transaction.atomic
def ask_agencies(incident_ids: Iterable[int], *, now: datetime) -> list[ResearchRequest]:
    """Ask by rule about everybody in these incidents, and withdraw what is asked without need.

    Returns the requests that were made. Doing it again changes nothing. What was answered stays,
    but not about somebody who turned out not to be in the incident. The number of queries does not
    depend on how many incidents there are.
    """
    wanted_ids = sorted(set(incident_ids))
    incidents = Incident.objects.select_for_update(no_key=True).filter(pk__in=wanted_ids)
    list(incidents.order_by("pk").values_list("pk"))
    standing, asking = standing_of(wanted_ids), Asking(now)
    made: list[ResearchRequest] = []
    fresh: list[Asked] = []
    gone: list[tuple[Standing, str]] = []
    followed: list[Asked] = []
    for scene in scenes_of(wanted_ids, now):
        there = standing[scene.incident_id]
        rules = asking.rules(there)
        wanted = list(asking.wanted(scene, rules))
        out = list(_gone(there, wanted, scene))
        gone += out
        followed += _followed(there, scene)
        left = [one for one in there if one not in {each for each, _ in out}]
        new = [w for w in wanted if not any(one.covers(w) for one in left)]
        places = _places(new, there, scene, rules, now)
        made += [request for request in places.values() if request.pk is None]
        fresh += [_asked(w, places) for w in new]
    _write(made, fresh, followed, gone, now)
    return made


def _gone(
    there: Sequence[Standing], wanted: Sequence[Wanted], scene: Scene
) -> Iterator[tuple[Standing, str]]:
    """Yield what is asked about somebody who is not there, or by a rule that does not hold."""
    for one in there:
        if one.person not in scene.people:
            yield one, NOT_THERE
        elif _is_open_by_rule(one) and not any(one.covers(w) for w in wanted):
            yield one, NO_REASON


def _is_open_by_rule(one: Standing) -> bool:
    return bool(one.asked.rule) and one.request.answered_at is None


def _followed(there: Sequence[Standing], scene: Scene) -> Iterator[Asked]:
    """Yield what goes on with the mention in the version that holds."""
    for one in there:
        if one.asked.mention.source.superseded_at is not None and one.person in scene.people:
            one.asked.mention = scene.people[one.person]
            yield one.asked


def _places(
    new: Sequence[Wanted], there: Sequence[Standing], scene: Scene, rules: RuleSet, now: datetime
) -> dict[Place, ResearchRequest]:
    """Return the open request into which each new question goes, made where there is none."""
    places = {_place(o.request): o.request for o in there if o.request.answered_at is None}
    urgency = urgency_of(rules, grade=scene.grade, scale=scene.scale)
    due = due_by(rules, urgency, now, england_and_wales())
    for one in new:
        key = (one.incident_id, one.service, one.agency_id)
        if key not in places:
            places[key] = ResearchRequest(
                incident_id=one.incident_id, service=one.service, agency_id=one.agency_id,
                urgency=urgency.code, rules=rules.key, asked_at=now, due_at=due.at,
                due_because=due.because,
            )  # fmt: skip
    return places


def _place(request: ResearchRequest) -> Place:
    return request.incident_id, request.service, request.agency_id


def _asked(wanted: Wanted, places: dict[Place, ResearchRequest]) -> Asked:
    request = places[wanted.incident_id, wanted.service, wanted.agency_id]
    return Asked(request=request, mention=wanted.mention, because=wanted.because, rule=wanted.rule)


def _write(
    made: list[ResearchRequest],
    fresh: list[Asked],
    followed: list[Asked],
    gone: list[tuple[Standing, str]],
    now: datetime,
) -> None:
    ResearchRequest.objects.bulk_create(made)
    Asked.objects.bulk_create(fresh)
    Asked.objects.bulk_update(followed, ["mention"])
    taken_out = _take_out(gone, now)
    changed = {a.request.pk: a.request for a in (*fresh, *taken_out)}
    record_many(event("research.asked", request, by=None, at=now) for request in made)
    if changed:
        _withdraw_empty([a.request for a in taken_out], now)
        set_doors(changed.values(), by=None, now=now)


def _take_out(gone: list[tuple[Standing, str]], now: datetime) -> list[Asked]:
    for one, because in gone:
        one.asked.withdrawn_at, one.asked.withdrawn_because = now, because
    taken_out = [one.asked for one, _ in gone]
    Asked.objects.bulk_update(taken_out, ["withdrawn_at", "withdrawn_because"])
    return taken_out


def _withdraw_empty(requests: Sequence[ResearchRequest], now: datetime) -> None:
    """Withdraw requests that ask about nobody any more; of those that were answered it is kept
    that they were."""
    if not requests:
        return
    reasons: dict[int, set[str]] = defaultdict(set)
    about = Asked.objects.filter(request__in=requests)
    rows = about.values_list("request", "withdrawn_at", "withdrawn_because")
    for pk, withdrawn, because in rows:
        reasons[pk].add(because if withdrawn else "")
    empty = [r for r in {r.pk: r for r in requests}.values() if "" not in reasons[r.pk]]
    for request in empty:
        request.withdrawn_at = now
        request.withdrawn_because = "; ".join(sorted(reasons[request.pk]))
    ResearchRequest.objects.bulk_update(empty, ["withdrawn_at", "withdrawn_because"])
    record_many(event("research.withdrawn", request, by=None, at=now) for request in empty)
