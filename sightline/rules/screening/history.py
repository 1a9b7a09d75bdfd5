"""Answers that the record can give, so that no incident is graded without its history.

The record can show that something is so. It can show that something is not so only where the
question is about the record itself, and only while the record is complete. In all else it says
Not known, and a person asks.

Windows: months are calendar months, so that 12 months before 22 November is 22 November of the
year before, and a happening on that day counts. 28 days include the 28th: a happening on the 1st
and one on the 29th are within 28 days.

Source: the questions of the child screening matrix; SafeLives' MARAC criteria for three events in
12 months and for repeats; Dudley Safeguarding Children Board's review of 2013, which counted
repeats by their interval; joint inspections of 2017, which found incidents graded without history.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.past import Past, evidence, past_of
from sightline.rules.screening.record import (
    Concern,
    Evidence,
    FromRecord,
    Happening,
    RecordFacts,
)
from sightline.rules.screening.responses import answers_from_facts

__all__ = [
    "Concern",
    "Evidence",
    "FromRecord",
    "Happening",
    "RecordFacts",
    "answers_from_record",
]

YEAR = 12
HALF_YEAR = 6
LONG_PATTERN = 24
SOON = timedelta(days=28)


def answers_from_record(
    this: Happening, earlier: Sequence[Happening], facts: RecordFacts
) -> dict[str, FromRecord]:
    """What the record answers about `this`, by item id; a person may always answer otherwise.

    `earlier`: happenings before this one, in any order, of everybody in it, on every household.
    P1 to P7, P9 and A9 are always answered, if only with Not known. P8 and R1 to R4 are left out
    where their facts are None. ValueError when `earlier` holds this one or a later one.
    """
    past = past_of(this, earlier)
    return {
        "P1": first_known(past, facts),
        "P2": two_in_a_year(past, facts),
        "P3": three_in_a_year(past),
        "P4": more_frequent(past),
        "P5": more_severe(past),
        "P6": soon_after_the_last(past, facts),
        "P7": long_pattern(past),
        "P9": abusive_elsewhere(past),
        "A9": other_children(past),
        **answers_from_facts(this, facts),
    }


def first_known(past: Past, facts: RecordFacts) -> FromRecord:
    """P1. Yes when neither the record nor any agency knows of earlier abuse.

    An empty record alone is Not known: the question asks that all agencies have checked.
    """
    known = evidence([*past.family, *past.others]) + (facts.protection or ())
    if known:
        return FromRecord(Answer.NO, "Earlier abuse is on record.", _latest_first(known))
    if facts.nothing_found_by_agencies is None:
        return FromRecord(
            Answer.NOT_KNOWN, "Nothing earlier is on record, but not all agencies have checked."
        )
    if facts.nothing_found_by_agencies:
        return FromRecord(
            Answer.YES,
            "Nothing earlier is on record, and no agency knows of any.",
            evidence([past.this]),
        )
    return FromRecord(Answer.NO, "Nothing earlier is on record, but an agency knows of abuse.")


def two_in_a_year(past: Past, facts: RecordFacts) -> FromRecord:
    """P2. Yes for two or more incidents in this family in 12 months, this one counted.

    Whoever the perpetrator was: what counts is how often the child has lived with it.
    """
    start = past.months_back(YEAR)
    recent = _family_since(past, start)
    if len(recent) >= 2:
        return FromRecord(Answer.YES, _so_many(len(recent), past), evidence(recent))
    return _absent(f"Only this incident is on record in the 12 months to {_day(past.this.on)}",
                   facts, start)


def three_in_a_year(past: Past) -> FromRecord:
    """P3. Yes for three or more in 12 months, this one counted.

    Never No: by the MARAC criteria events count that the police did not attend, and the record
    does not hold those.
    """
    recent = _family_since(past, past.months_back(YEAR))
    if len(recent) >= 3:
        return FromRecord(Answer.YES, _so_many(len(recent), past), evidence(recent))
    return FromRecord(
        Answer.NOT_KNOWN,
        f"{_so_many(len(recent), past)} Incidents that the police did not attend are not on it.",
        evidence(recent),
    )


def more_frequent(past: Past) -> FromRecord:
    """P4. Yes when the perpetrator's incidents in the six months to this one, itself counted, are
    two or more, and more than in the six months before; with any earlier one to compare with.

    Ambiguous, because no source says how "more frequent" is counted. We compare halves of a year:
    two gaps alone would call half of all families worse by chance. And the record counts what the
    police attended: more calls may be more abuse or more trust, so a person may answer otherwise.
    Never No: abuse that nobody called the police about is not on it.
    """
    middle, start = past.months_back(HALF_YEAR), past.months_back(YEAR)
    recent = [past.this, *(one for one in past.pattern if one.on >= middle)]
    before = [one for one in past.pattern if start <= one.on < middle]
    older = len(past.pattern) - len(recent) - len(before) + 1
    words = f"{len(recent)} in the last 6 months, {len(before)} in the 6 months before."
    if len(recent) >= 2 and len(recent) > len(before) and (before or older):
        return FromRecord(Answer.YES, words, evidence(past_with_this(past)))
    return FromRecord(Answer.NOT_KNOWN, f"The record does not show it: {words}")
