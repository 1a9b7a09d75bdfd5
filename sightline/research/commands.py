"""What people do with requests: ask by hand, choose the agency, withdraw.

Answering is in answering.py.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sightline.access.models import Agency, User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.people.models import Incident, Mention
from sightline.people.queries import persons_of
from sightline.research.doors import set_doors
from sightline.research.models import Asked, ResearchRequest
from sightline.rules.calendar import england_and_wales
from sightline.rules.due import Due
from sightline.rules.research.asking import due_by, urgency_of
from sightline.rules.research.parts import GRADES, RuleSet
from sightline.rules.research.rules_file import rules_on
from sightline.screening.models import Screening
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see

LONGEST = 300  # characters of a reason


@transaction.atomic
def ask_by_hand(
    *,
    incident: Incident,
    agency: Agency,
    service: str,
    about: Collection[Mention],
    because: str,
    by: User,
    now: datetime,
) -> ResearchRequest:
    """Ask an agency, as one of its services, about people of an incident, for a reason.

    What is asked already is not asked again. Raises NotUnderstood without a reason or people, for
    an agency that is closed or does not answer for the service, or for somebody whom `by` may not
    see.
    """
    require(by, Perm.CHASE_AGENCIES)
    because = _reason(because, "Say why this agency is asked")
    if agency.closed_on is not None and agency.closed_on <= local_date(now):
        raise NotUnderstood(f"{agency.name} does not work any more.")
    if service not in agency.answers_for:
        raise NotUnderstood(f"{agency.name} does not answer for that service.")
    mentions = _whom(incident, about, by, now)
    Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    request = _open_request(incident, agency, service) or _request(
        incident, agency, service, because, by, now
    )
    fresh = _not_asked_yet(request, mentions)
    Asked.objects.bulk_create(Asked(request=request, mention=m, because=because) for m in fresh)
    if fresh:
        record("research.asked", request, by=by, at=now, about=[m.pk for m in fresh])
        set_doors([request], by=by, now=now)
    return request


def _whom(incident: Incident, about: Collection[Mention], by: User, now: datetime) -> list[Mention]:
    there = [m for m in about if m.source.incident_id == incident.pk]
    who = persons_of(there)
    answers = what_they_may_see(by, who.values(), now)
    if not there or len(there) < len(about):
        raise NotUnderstood("Choose whom the agency is asked about.")
    if any(Item.IDENTITY not in answers[p].items if p in answers else True for p in who.values()):
        raise NotUnderstood("You may not see everybody whom you ask about.")
    return there


def _open_request(incident: Incident, agency: Agency, service: str) -> ResearchRequest | None:
    open_now = ResearchRequest.objects.select_for_update().filter(ResearchRequest.OPEN)
    return open_now.filter(incident=incident, agency=agency, service=service).first()


def _request(
    incident: Incident, agency: Agency, service: str, because: str, by: User, now: datetime
) -> ResearchRequest:
    rules = rules_on(local_date(now))
    urgency, due = due_now(incident, rules, now)
    return ResearchRequest.objects.create(
        incident=incident, agency=agency, service=service, urgency=urgency, rules=rules.key,
        asked_at=now, asked_by=by, asked_because=because, due_at=due.at, due_because=due.because,
    )  # fmt: skip


def due_now(incident: Incident, rules: RuleSet, now: datetime) -> tuple[str, Due]:
    """Return the urgency of an incident as it stands, and by when what is asked now is due."""
    standing = Screening.objects.filter(incident=incident, withdrawn_at__isnull=True)
    scale = standing.aggregate(highest=Max("scale"))["highest"]
    grade = incident.officer_grade if incident.officer_grade in GRADES else ""
    urgency = urgency_of(rules, grade=grade, scale=scale)
    return urgency.code, due_by(rules, urgency, now, england_and_wales())


def _not_asked_yet(request: ResearchRequest, mentions: list[Mention]) -> list[Mention]:
    standing = Asked.objects.filter(request=request, withdrawn_at__isnull=True)
    asked = [one.mention for one in standing.select_related("mention")]
    who = persons_of([*asked, *mentions])
    already = {who.get(mention.pk) for mention in asked}
    fresh = {who[m.pk]: m for m in mentions if m.pk in who and who[m.pk] not in already}
    return list(fresh.values())


@transaction.atomic
def choose_agency(
    *, request: ResearchRequest, agency: Agency, by: User, now: datetime
) -> ResearchRequest:
    """Say which agency is asked, where none or several answer for the service. The clock begins
    now. Choosing the same again changes nothing; WrongMoment once another was asked."""
    require(by, Perm.CHASE_AGENCIES)
    request = locked(request)
    if request.agency_id == agency.pk:
        return request
    must_be_open(request)
    if request.agency_id is not None:
        raise WrongMoment("Another agency has been asked. Withdraw that, then ask this one.")
    if request.service not in agency.answers_for:
        raise NotUnderstood(f"{agency.name} does not answer for that service.")
    if _open_request(request.incident, agency, request.service):
        raise WrongMoment(f"{agency.name} is asked already. Withdraw this one.")
    rules = rules_on(local_date(now))
    request.raised_at, request.raised_due_at = request.asked_at, request.due_at
    request.urgency, due = due_now(request.incident, rules, now)
    request.agency, request.asked_at = agency, now
    request.due_at, request.due_because = due.at, due.because
    request.save(
        update_fields=[
            "raised_at", "raised_due_at", "agency", "asked_at", "urgency", "due_at", "due_because",
        ]
    )  # fmt: skip
    record("research.agency_chosen", request, by=by, at=now, agency=agency.pk)
    set_doors([request], by=by, now=now)
    return request


@transaction.atomic
def withdraw(*, request: ResearchRequest, because: str, by: User, now: datetime) -> ResearchRequest:
    """Take a question back. Doing it again changes nothing; WrongMoment once it was answered."""
    require(by, Perm.CHASE_AGENCIES)
    request = locked(request)
    if request.withdrawn_at is not None:
        return request
    must_be_open(request)
    because = _reason(because, "Say why nobody needs to answer this")
    request.withdrawn_at, request.withdrawn_by, request.withdrawn_because = now, by, because
    request.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("research.withdrawn", request, by=by, at=now)
    set_doors([request], by=by, now=now)
    return request


def locked(request: ResearchRequest) -> ResearchRequest:
    """Read a request anew and keep others from changing it until this is done."""
    found = ResearchRequest.objects.select_for_update(of=("self",)).select_related(
        "agency", "incident"
    )
    return found.get(pk=request.pk)


def must_be_open(request: ResearchRequest) -> None:
    if request.withdrawn_at is not None:
        because = request.withdrawn_because or "no reason was written down"
        raise WrongMoment(f"This was withdrawn: {because}. There is nothing to do.")
    if request.answered_at is not None:
        raise WrongMoment("This has been answered.")


def _reason(because: str, ask: str) -> str:
    because = because.strip()
    if not because or len(because) > LONGEST:
        raise NotUnderstood(f"{ask}, in {LONGEST} characters at most.")
    return because
