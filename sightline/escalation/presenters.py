"""Escalations in words: what is late, where, since when, with whom it is. No name of a child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.access.models import User
from sightline.access.roles import Perm
from sightline.common.clock import local_date
from sightline.common.words import moment, plural, short_day
from sightline.escalation.models import Escalation
from sightline.people.models import Incident, Mention
from sightline.people.queries import persons_of
from sightline.rules.clocks.clock import shipped_clocks
from sightline.rules.escalation.ladder import About, shipped_ladders
from sightline.sharing.models import Item
from sightline.sharing.queries import what_they_may_see
from sightline.sharing.sheltering import streets_of

HELD_BACK = "Not shared with your agency"


@dataclass(frozen=True)
class EscalationRow:
    """One escalation. kind: the colour of its tag. href: where it is done, "" if not open."""

    pk: int
    what: str
    where: str
    late: str
    kind: str
    tier: str
    because: str
    whose: str
    raised: str
    acknowledged: str
    href: str
    link: str


def rows_of(user: User, found: Iterable[Escalation], now: datetime) -> list[EscalationRow]:
    """Return the rows. Three queries, however many there are."""
    listed = list(found)
    about = {one.pk: _about(one) for one in listed if not one.emergency_id}
    person_of = persons_of([mention for mention, _ in about.values()])
    seen = what_they_may_see(user, set(person_of.values()), now)
    streets = streets_of((incident.pk for _, incident in about.values()), user, now)

    def row(one: Escalation) -> EscalationRow:
        if one.emergency_id:
            return _row(one, None, HELD_BACK, user, frozenset(), now)
        mention, incident = about[one.pk]
        answer = seen.get(person_of.get(mention.pk, 0))
        items = answer.items if answer else frozenset()
        where = streets.get(incident.pk) or "Address not known"
        return _row(
            one, incident, where if Item.HOUSEHOLD in items else HELD_BACK, user, items, now
        )

    return [row(one) for one in listed]


def _about(one: Escalation) -> tuple[Mention, Incident]:
    """Of whom and of which incident it is; of a question, the first person asked about."""
    if one.research:
        return next(asked.mention for asked in one.research.about.all()), one.research.incident
    if one.action:
        return one.action.concerns, one.action.incident
    if one.screening is None:
        raise ValueError(f"escalation {one.pk} is of nothing")
    return one.screening.mention, one.screening.incident


def _row(
    one: Escalation, incident: Incident | None, where: str, user: User, items: frozenset[str],
    now: datetime,
) -> EscalationRow:  # fmt: skip
    late, kind = _lateness(one, now)
    href, link = _address(one, incident, user, items)
    return EscalationRow(
        pk=one.pk, what=what_of(one), late=late, kind=kind, tier=tier_words(one),
        where=where, because=one.because, whose=_whose(one), raised=moment(one.raised_at),
        acknowledged=_acknowledged(one), href=href, link=link,
    )  # fmt: skip


def what_of(one: Escalation) -> str:
    """What is late: the action in its words, whom a question went to, or the name of the clock."""
    if one.action:
        return one.action.what
    if one.research:
        return f"What {one.research.service_words.lower()} knows of the family"
    if one.emergency_id:
        return "The review of a record that was opened in an emergency"
    return next((c.name for c in shipped_clocks() if c.id == one.clock), one.clock)


def tier_words(one: Escalation) -> str:
    """The words of the tier in the ladders by which it was raised."""
    for ladders in shipped_ladders():
        tier = ladders.of(_kind(one)).tier(one.tier)
        if tier and f"{ladders.id} {ladders.version}" == one.rules:
            return tier.words
    return one.tier


def _kind(one: Escalation) -> About:
    if one.emergency_id:
        return About.EMERGENCY
    return About.CLOCK if one.clock else About.ACTION if one.action_id else About.RESEARCH


def _lateness(one: Escalation, now: datetime) -> tuple[str, str]:
    days = (local_date(now) - one.last_day).days
    if days == 0 and one.research and now >= one.research.due_at:
        return "Late since today", "late"
    if days <= 0:
        return f"Due {short_day(one.last_day)}", "due"
    return f"Late by {plural(days, 'day')}", "late"


def _whose(one: Escalation) -> str:
    if one.action and one.action.owner and one.action.owner.is_active:
        return f"{one.action.owner.name}, {one.action.agency.name}"
    if one.action:
        return f"Nobody yet, {one.action.agency.name}"
    if one.emergency:
        return f"Opened by {one.emergency.opened_by}, {one.emergency.opened_by.agency.name}"
    return one.to_agency.name if one.to_agency else "The screening team"


def _acknowledged(one: Escalation) -> str:
    if one.acknowledged_at is None:
        return ""
    return f"{one.acknowledged_by}, {moment(one.acknowledged_at)}"


def _answers(user: User) -> bool:
    return Perm.ANSWER_RESEARCH in user.perms


def _address(
    one: Escalation, incident: Incident | None, user: User, items: frozenset[str]
) -> tuple[str, str]:
    if one.emergency:
        may = Perm.REVIEW_EMERGENCIES in user.perms and one.emergency.opened_by_id != user.pk
        return (reverse("emergency", args=[one.emergency_id]), "The review") if may else ("", "")
    mine = one.action and (one.action.agency_id == user.agency_id or Item.ACTIONS in items)
    if mine and Perm.WORK_ACTIONS in user.perms:
        return reverse("action", args=[one.action_id]), "The action"
    if one.research and one.research.agency_id == user.agency_id and _answers(user):
        return reverse("research-request", args=[one.research_id]), "The question"
    if incident and Item.IDENTITY in items:
        return reverse("family", args=[incident.pk]), "The family"
    return "", ""
