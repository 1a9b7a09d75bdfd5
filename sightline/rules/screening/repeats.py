"""How often and how soon: what the record says about repeats in one family.

Whoever the perpetrator was: what counts here is how often the child has lived with it.
"""

from datetime import date, timedelta

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.past import Past, evidence, latest_first
from sightline.rules.screening.record import FromRecord, Happening, RecordFacts

YEAR = 12
SOON = timedelta(days=28)


def first_known(past: Past, facts: RecordFacts) -> FromRecord:
    """P1. Yes when neither the record nor any agency knows of earlier abuse.

    An empty record alone is Not known: the question asks that every agency has checked.
    """
    known = (*evidence({*past.family, *past.others}), *(facts.protection or ()))
    if known:
        return FromRecord(Answer.NO, "Earlier abuse is on record.", latest_first(known))
    if facts.nothing_found_by_agencies is None:
        because = "Nothing earlier is on record, but not every agency has checked."
        return FromRecord(Answer.NOT_KNOWN, because)
    if not facts.nothing_found_by_agencies:
        return FromRecord(Answer.NO, "Nothing earlier is on record, but an agency knows of abuse.")
    because = "Nothing earlier is on record, and no agency knows of any."
    return FromRecord(Answer.YES, because, evidence([past.this]))


def two_in_a_year(past: Past, facts: RecordFacts) -> FromRecord:
    """P2. Yes for two or more incidents in 12 months, this one counted; three are also two."""
    recent = _in_a_year(past)
    if len(recent) >= 2:
        return FromRecord(Answer.YES, _so_many(recent), evidence(recent))
    return _absent(_so_many(recent), facts, past.months_back(YEAR))


def three_in_a_year(past: Past) -> FromRecord:
    """P3. Yes for three or more incidents in 12 months, this one counted.

    Never No. Source: SafeLives' MARAC criteria, potential escalation, where events count that the
    police did not attend; the record does not hold those.
    """
    recent = _in_a_year(past)
    if len(recent) >= 3:
        return FromRecord(Answer.YES, _so_many(recent), evidence(recent))
    because = f"{_so_many(recent)} It does not hold what the police did not attend."
    return FromRecord(Answer.NOT_KNOWN, because, evidence(recent))


def soon_after_the_last(past: Past, facts: RecordFacts) -> FromRecord:
    """P6. Yes when the incident before was 28 days ago or less; the same day counts.

    Source: Dudley Safeguarding Children Board's review of 2013, which counted repeats by interval.
    The days are those of the incidents, not of their notifications, which may come late.
    """
    last = past.family[0] if past.family else None
    if last is None:
        return _absent("No earlier incident is on record.", facts, past.this.on - SOON)
    gap = past.this.on - last.on
    because = f"The incident before this one was {_days(gap)} earlier."
    if gap <= SOON:
        return FromRecord(Answer.YES, because, evidence([last]))
    return _absent(because, facts, past.this.on - SOON)


def _in_a_year(past: Past) -> list[Happening]:
    start = past.months_back(YEAR)
    return [past.this, *(one for one in past.family if one.on >= start)]


def _so_many(recent: list[Happening]) -> str:
    incidents = "1 incident" if len(recent) == 1 else f"{len(recent)} incidents"
    return f"The record holds {incidents} in 12 months, this one counted."


def _days(gap: timedelta) -> str:
    return "1 day" if gap.days == 1 else f"{gap.days} days"


def _absent(because: str, facts: RecordFacts, start: date) -> FromRecord:
    """No where the record is complete from `start` on; else it may be that we were not told."""
    if facts.complete_since is not None and facts.complete_since <= start:
        return FromRecord(Answer.NO, because)
    return FromRecord(Answer.NOT_KNOWN, f"{because} The record may not hold every incident.")
