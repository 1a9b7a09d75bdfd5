"""Referring a victim and a perpetrator to MARAC, on criteria judged by the record."""

from datetime import date, datetime

from django.db import transaction

from sightline.access.models import User
from sightline.access.queries import require
from sightline.access.roles import Perm
from sightline.audit.commands import record
from sightline.common.clock import local_date
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.common.words import short_day
from sightline.meetings.marac.pairs import PairOf, hearings_of, record_of_pair
from sightline.meetings.models import MaracReferral
from sightline.people.models import Incident, Link, Mention
from sightline.rules.meetings.marac import REPEAT, Judged, criteria_on, judge

NO_CRITERION = "No criterion is met by the record. If you judge the risk to be high, say why."


def judged(pair: PairOf, judgement: str, today: date) -> tuple[Judged, ...]:
    """Return the four criteria for a pair as they stand today. Three queries."""
    return judge(record_of_pair(pair, on=today, judgement=judgement), criteria_on(today))


@transaction.atomic
def refer_to_marac(
    *, incident: Incident, pair: PairOf, judgement: str, by: User, now: datetime
) -> MaracReferral:
    """Refer the victim and the perpetrator of an incident; `pair`: their persons.

    A pair that waits for its hearing is not referred twice: the referral there is comes back.
    Raises NotUnderstood where no criterion is met, WrongMoment for a victim who is too young for a
    MARAC, or for two who are not victim and perpetrator of the incident.
    """
    require(by, Perm.ATTEND_MEETINGS)
    today, judgement = local_date(now), judgement.strip()
    victim, perpetrator = _mentions(incident, pair)
    if standing := waiting_referral(pair):
        return standing
    _refuse_child(victim, today)
    met = [one for one in judged(pair, judgement, today) if one.met]
    if not met:
        raise NotUnderstood(NO_CRITERION)
    heard = hearings_of(pair) if any(one.id == REPEAT for one in met) else []
    before = next((one.hearing_id for one in heard if one.pair == pair), None)
    referral = MaracReferral.objects.create(
        victim=victim, perpetrator=perpetrator, agency_id=by.agency_id,
        rules=criteria_on(today).key, judgement=judgement, repeat_of_id=before,
        criteria=[{"id": one.id, "name": one.name, "because": one.because} for one in met],
        referred_at=now, referred_by=by,
    )  # fmt: skip
    record("marac.referred", referral, by=by, at=now, criteria=[one.id for one in met])
    return referral


def _mentions(incident: Incident, pair: PairOf) -> tuple[Mention, Mention]:
    """Return how an incident names the two. Its rows are held: two people refer at once."""
    list(Incident.objects.select_for_update(no_key=True).filter(pk=incident.pk))
    links = Link.objects.filter(
        person__in=pair, ended_at__isnull=True, mention__source__incident=incident,
        mention__source__superseded_at__isnull=True,
    ).select_related("mention", "person")  # fmt: skip
    by_person = {link.person_id: link.mention for link in links.order_by("mention_id")}
    if set(pair) - set(by_person):
        raise WrongMoment("Victim and perpetrator must both be named in this incident.")
    return by_person[pair[0]], by_person[pair[1]]


def waiting_referral(pair: PairOf) -> MaracReferral | None:
    """Return the referral of a pair that waits for its hearing, if any. One query."""
    return MaracReferral.objects.filter(
        victim__links__person=pair[0], victim__links__ended_at__isnull=True,
        perpetrator__links__person=pair[1], perpetrator__links__ended_at__isnull=True,
        withdrawn_at__isnull=True, hearings__isnull=True,
    ).first()  # fmt: skip


def _refuse_child(victim: Mention, today: date) -> None:
    youngest = criteria_on(today).youngest
    born = victim.birth_date
    age = victim.age if born is None else _age(born, today)
    if age is not None and age < youngest:
        raise WrongMoment(
            f"A MARAC hears victims of {youngest} and over. For a child refer to children's social "
            "care."
        )


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


@transaction.atomic
def withdraw_referral(
    *, referral: MaracReferral, because: str, by: User, now: datetime
) -> MaracReferral:
    """Take back a referral that has not been heard, with the reason. Twice is once."""
    require(by, Perm.ATTEND_MEETINGS)
    referral = MaracReferral.objects.select_for_update().get(pk=referral.pk)
    if referral.withdrawn_at is not None:
        return referral
    if heard := referral.hearings.first():
        raise WrongMoment(f"It was heard on {short_day(heard.heard_at)} and stays in the record.")
    if not because.strip():
        raise NotUnderstood("Say why the referral is taken back.")
    referral.withdrawn_at, referral.withdrawn_by = now, by
    referral.withdrawn_because = because.strip()[:300]
    referral.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("marac.withdrawn", referral, by=by, at=now)
    return referral
