"""MARAC in words. On lists there is no name; a referral that was opened names its two people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sightline.common.words import day, moment, plural, short_day
from sightline.meetings.marac.pairs import Heard
from sightline.meetings.marac.reading import Opened, Standing
from sightline.meetings.models import MaracHearing, MaracReferral
from sightline.sharing.models import Item


@dataclass(frozen=True)
class ReferralRow:
    """One referral in a list: who referred it, when, on what, and how it stands."""

    pk: int
    title: str
    criteria: str
    when: str


def referral_rows(referrals: Iterable[MaracReferral]) -> list[ReferralRow]:
    return [
        ReferralRow(one.pk, f"Pair {one.pk}, {one.agency.name}", criteria_words(one), _when(one))
        for one in referrals
    ]


def _when(referral: Any) -> str:
    """Return when it was referred, or of a flag when it was heard and until when it stands."""
    if hasattr(referral, "flagged_until"):
        until = short_day(referral.flagged_until)
        return f"Heard {short_day(referral.heard_at)}, flagged until {until}"
    return f"Referred {short_day(referral.referred_at)}"


def criteria_words(referral: MaracReferral) -> str:
    return ", ".join(one["name"] for one in referral.criteria)


@dataclass(frozen=True)
class ReferralPage:
    """Everything about one referral. told: whether what happened may be shown."""

    referral: MaracReferral
    title: str
    people: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    criteria: tuple[tuple[str, str], ...]
    hearing: MaracHearing | None
    heard: str
    may_withdraw: bool


def referral_page(opened: Opened, hearing: MaracHearing | None) -> ReferralPage:
    referral, told = opened.referral, opened.sees(Item.HISTORY)
    return ReferralPage(
        referral=referral,
        title=f"MARAC: pair {referral.pk}",
        people=(("Victim", opened.victim.name), ("Perpetrator", opened.perpetrator.name)),
        facts=tuple(_facts(referral)),
        criteria=tuple(
            (one["name"], one["because"] if told else "Held back from your agency.")
            for one in referral.criteria
        ),
        hearing=hearing if told else None,
        heard=_heard(hearing),
        may_withdraw=hearing is None and referral.withdrawn_at is None,
    )


def _facts(referral: MaracReferral) -> Iterator[tuple[str, str]]:
    by = referral.referred_by.name
    yield "Referred", f"{moment(referral.referred_at)} by {by}, {referral.agency.name}"
    if before := referral.repeat_of:
        yield "Repeat", f"Heard before on {day(before.heard_at)}, less than twelve months earlier"
    if referral.withdrawn_at is not None:
        yield "Taken back", f"{moment(referral.withdrawn_at)}: {referral.withdrawn_because}"


def _heard(hearing: MaracHearing | None) -> str:
    if hearing is None:
        return "Not heard yet"
    return f"{day(hearing.heard_at)}; flagged until {day(hearing.flagged_until)}"


def flag_words(heard: Heard) -> str:
    """Return a flag as one sentence; who the other is, it never says."""
    return f"MARAC flag until {short_day(heard.flagged_until)}: heard {short_day(heard.on)}."


def standing_words(standing: Standing) -> list[str]:
    """Return how a family stands with MARAC, a sentence each: for pages that were opened."""
    said = [flag_words(one) for one in standing.flags]
    if standing.repeats:
        said.append(
            "What was notified now is a repeat within twelve months of the hearing: refer the two "
            "again, whatever the grade."
        )
    if standing.waiting:
        said.append(f"{plural(len(standing.waiting), 'referral')} to MARAC, not heard yet.")
    return said
