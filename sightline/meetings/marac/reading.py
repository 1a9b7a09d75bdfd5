"""Referrals and flags of MARAC, as far as one user may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from sightline.access.models import User
from sightline.common.clock import local_date
from sightline.meetings.marac.pairs import Heard, PairOf, hearings_of, pairs_in
from sightline.meetings.models import MaracReferral
from sightline.people.models import Link, Person
from sightline.sharing.models import Item
from sightline.sharing.queries import Answer, log_reads, visible_persons, what_they_may_see

SIDES = ("victim", "perpetrator")


@dataclass(frozen=True)
class Opened:
    """A referral that a user may look at: the two persons, and what may be seen of each."""

    referral: MaracReferral
    victim: Person
    perpetrator: Person
    answers: Mapping[int, Answer]

    @property
    def pair(self) -> PairOf:
        return self.victim.pk, self.perpetrator.pk

    def sees(self, item: Item) -> bool:
        """Whether `item` of both may be seen."""
        return all(item in self.answers[person].items for person in self.pair)


def open_referral(user: User, pk: int, *, now: datetime) -> Opened:
    """Load a referral and write down that it was looked at. 404 unless both may be seen."""
    related = ("victim__source", "perpetrator__source", "agency", "referred_by", "withdrawn_by",
               "repeat_of")  # fmt: skip
    referral = MaracReferral.objects.select_related(*related).filter(pk=pk).first()
    if referral is None:
        raise Http404
    links = Link.objects.filter(
        mention__in=(referral.victim_id, referral.perpetrator_id), ended_at__isnull=True
    ).select_related("person")
    who = {link.mention_id: link.person for link in links}
    answers = what_they_may_see(user, [person.pk for person in who.values()], now)
    both = [who.get(referral.victim_id), who.get(referral.perpetrator_id)]
    if any(p is None or Item.IDENTITY not in _items(answers, p) for p in both):
        raise Http404
    log_reads(user, answers, page="marac", now=now)
    return Opened(referral, who[referral.victim_id], who[referral.perpetrator_id], answers)


def _items(answers: Mapping[int, Answer], person: Person) -> frozenset[str]:
    return answers[person.pk].items if person.pk in answers else frozenset()


def referrals_of(user: User, now: datetime) -> QuerySet[MaracReferral]:
    """Return the referrals of which the user may see both persons, newest first."""
    seen = visible_persons(user, now)
    found = MaracReferral.objects.select_related("agency").order_by("-referred_at", "-pk")
    for side in SIDES:
        linked = Link.objects.filter(mention=OuterRef(side), ended_at__isnull=True, person__in=seen)
        found = found.filter(Exists(linked))
    return found


def waiting(user: User, now: datetime) -> QuerySet[MaracReferral]:
    """Return the referrals that wait for their hearing."""
    return referrals_of(user, now).filter(withdrawn_at__isnull=True, hearings__isnull=True)


def flagged(user: User, now: datetime, today: date) -> QuerySet[MaracReferral]:
    """Return the referrals whose flag stands today, with `heard_at` and `flagged_until`."""
    found = referrals_of(user, now).filter(hearings__flagged_until__gte=today)
    return found.annotate(
        heard_at=F("hearings__heard_at"), flagged_until=F("hearings__flagged_until")
    ).order_by("-heard_at")


def flags_shown(user: User, person: int, now: datetime) -> list[Heard]:
    """Return the hearings of a person whose flag stands, where both of the pair are open to the
    user. Two queries, one where there is none."""
    heard = [one for one in hearings_of([person]) if one.is_flagged(local_date(now))]
    persons = {each for one in heard for each in one.pair}
    seen = what_they_may_see(user, persons, now) if persons else {}
    open_to = {each for each, answer in seen.items() if Item.HISTORY in answer.items}
    return [one for one in heard if open_to.issuperset(one.pair)]


@dataclass(frozen=True)
class Standing:
    """How the pairs of one incident stand with MARAC, of those whom a user may see.

    flags: hearings whose flag stands. repeats: those of them that came before this incident:
    whatever happened since is a repeat. waiting: ids of referrals that are to be heard.
    """

    flags: tuple[Heard, ...]
    repeats: tuple[Heard, ...]
    waiting: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.flags or self.waiting)


def standing_of(
    incident_id: int, started_at: datetime, shown: frozenset[int], today: date
) -> Standing:
    """Return how an incident's pairs stand with MARAC; `shown`: persons whose history is open.

    Three queries. The flag of a perpetrator with another victim is never told here.
    """
    pairs = {
        pair for pair in pairs_in([incident_id]).get(incident_id, set()) if shown.issuperset(pair)
    }
    if not pairs:
        return Standing((), (), ())
    heard = [one for one in hearings_of({p for pair in pairs for p in pair}) if one.pair in pairs]
    flags = tuple(one for one in heard if one.is_flagged(today))
    before = tuple(one for one in flags if one.at < started_at)
    return Standing(flags, before, tuple(_waiting_for(pairs)))


def _waiting_for(pairs: set[PairOf]) -> list[int]:
    persons = {person for pair in pairs for person in pair}
    open_links = Q(victim__links__ended_at__isnull=True, perpetrator__links__ended_at__isnull=True)
    rows = MaracReferral.objects.filter(
        open_links, victim__links__person__in=persons, perpetrator__links__person__in=persons,
        withdrawn_at__isnull=True, hearings__isnull=True,
    ).values_list("pk", "victim__links__person", "perpetrator__links__person")  # fmt: skip
    return [pk for pk, victim, perpetrator in rows if (victim, perpetrator) in pairs]
