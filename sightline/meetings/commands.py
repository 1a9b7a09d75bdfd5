"""Deciding what should follow for a child. Agreeing on actions with it: sightline/actions."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.announce import announce
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.meetings.lists import item_at_work, mark_taken
from sightline.meetings.models import Decision, MeetingItem
from sightline.meetings.returning import send_back
from sightline.rules.screening.outcomes import OutcomeSet, outcomes_on
from sightline.screening.models import Screening
from sightline.screening.results import begin_again


def outcomes_at(now: datetime) -> OutcomeSet:
    """Return the outcome set in use: the one the partnership has chosen, or that in force."""
    return outcomes_on(local_date(now), settings.OUTCOME_SET or None)


@transaction.atomic
def decide(
    *, screening: Screening, outcome: str, rationale: str, by: User, now: datetime,
    item: MeetingItem | None = None,
) -> Decision:  # fmt: skip
    """Decide for one child. Deciding the same again returns the standing decision; deciding
    otherwise replaces it, and both are kept.

    `item`: the place of the family on the list of the meeting in which it is decided; who was in
    the room is then on the decision. Raises WrongMoment without a scale, for a child that a
    correction took out, or for a meeting that is over; NotUnderstood without a rationale, or for
    an outcome that is not offered today. There is no default.
    """
    require(by, Perm.DECIDE)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    scale = _scale_of(screening)
    rationale = rationale.strip()
    terms = outcomes_at(now)
    _refuse(outcome, rationale, terms, now)
    meeting = item_at_work(item, screening.incident_id) if item else None
    standing = standing_decision(screening)
    content = {
        "outcome_set": terms.version, "outcome": outcome, "scale": scale, "rationale": rationale,
    }  # fmt: skip
    if standing and all(getattr(standing, name) == said for name, said in content.items()):
        return standing
    if standing:
        _replace(standing, now)
    decision = Decision.objects.create(
        screening=screening, decided_at=now, decided_by=by, meeting=meeting, **content
    )
    if item is not None:
        mark_taken(item, by=by, now=now)
    record("decision.made", decision, by=by, at=now, outcome=outcome, scale=scale)
    send_back(decision=decision, by=by, now=now)
    announce("decision.made", decision.pk)
    return decision


@transaction.atomic
def screen_again(*, screening: Screening, by: User, now: datetime) -> None:
    """End the standing decision so that answers and scale may be changed. It stays in the record.

    Doing it when nothing is decided changes nothing. Raises WrongMoment for a child whom a
    correction took out.
    """
    require(by, Perm.DECIDE)
    screening = Screening.objects.select_for_update().get(pk=screening.pk)
    _must_be_there(screening)
    standing = standing_decision(screening)
    if standing is None:
        return
    _replace(standing, now)
    begin_again(screening, now)
    record("screening.opened_again", screening, by=by, at=now, decision=standing.pk)


def standing_decision(screening: Screening) -> Decision | None:
    """Return the decision that stands for a screening, if any."""
    return Decision.objects.filter(screening=screening, replaced_at__isnull=True).first()


def _must_be_there(screening: Screening) -> None:
    if screening.withdrawn_at is not None:
        raise WrongMoment("A correction took this child out of the notification.")


def _scale_of(screening: Screening) -> int:
    _must_be_there(screening)
    if screening.scale is None:
        raise WrongMoment("Set the scale of this child first, then decide.")
    return screening.scale


def _refuse(outcome: str, rationale: str, terms: OutcomeSet, now: datetime) -> None:
    offered = {one.code for one in terms.offered_on(local_date(now))}
    reasons = []
    if outcome not in offered:
        reasons.append("Choose an outcome from the list.")
    if not rationale:
        reasons.append("Give the rationale: what the decision rests on.")
    if reasons:
        raise NotUnderstood(*reasons)


def _replace(standing: Decision, now: datetime) -> None:
    standing.replaced_at = now
    standing.save(update_fields=["replaced_at"])
