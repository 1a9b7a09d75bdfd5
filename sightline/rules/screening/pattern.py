"""What one perpetrator does over time: more often, worse, for long, and to others.

Never No: the record holds what the police attended, and most abuse is not reported.
"""

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.past import Past, evidence
from sightline.rules.screening.record import FromRecord, Happening

HALF_YEAR = 6
YEAR = 12
LONG = 24


def more_frequent(past: Past) -> FromRecord:
    """P4. Yes when the incidents in the six months to this one, itself counted, are two or more
    and more than in the six months before, and some earlier incident is there to compare with.

    Ambiguous: no source says how "more frequent" is counted. Comparing the last two intervals
    would call half of all families worse by chance, so we compare halves of a year. And more
    calls to the police may be more abuse or more trust in the police; a person may answer
    otherwise.
    """
    middle, start = past.months_back(HALF_YEAR), past.months_back(YEAR)
    recent = [past.this, *(one for one in past.pattern if one.on >= middle)]
    older = [one for one in past.pattern if one.on < middle]
    before = [one for one in older if one.on >= start]
    because = f"{len(recent)} in the last 6 months, {len(before)} in the 6 months before those."
    if older and len(recent) >= 2 and len(recent) > len(before):
        return FromRecord(Answer.YES, because, evidence([*recent, *older]))
    return _not_shown(because)


def more_severe(past: Past) -> FromRecord:
    """P5. Yes when the officer's grade is higher than at this perpetrator's last graded incident.

    Ambiguous: a grade is one officer's, given to one incident, and an equal or lower one does not
    show that the abuse is no worse. Only standard, medium and high are compared; a grade by
    another scheme is not translated.
    """
    rank = past.this.grade_rank
    last = next((one for one in past.pattern if one.grade_rank is not None), None)
    if rank is None or last is None or last.grade_rank is None:
        return _not_shown("There are no two officers' grades to compare.")
    because = (
        f"Graded {past.this.officer_grade} by the officer, {last.officer_grade} the time before."
    )
    if rank > last.grade_rank:
        return FromRecord(Answer.YES, because, evidence([past.this, last]))
    return _not_shown(because)


def long_pattern(past: Past) -> FromRecord:
    """P7. Yes when this perpetrator's first known incident in this family was two years ago or
    more. The gaps between may be long; no source says that they end a pattern."""
    first = past.pattern[-1] if past.pattern else past.this
    if first.on <= past.months_back(LONG):
        because = "The first incident on record was two years before this one or more."
        return FromRecord(Answer.YES, because, evidence([past.this, first]))
    return _not_shown("The first incident on record was less than two years before.")


def abusive_elsewhere(past: Past) -> FromRecord:
    """P9. Yes when the same perpetrator is on record for abusing somebody else."""
    return _to_others(past.others, "The same person is on record as perpetrator towards others")


def other_children(past: Past) -> FromRecord:
    """A9. Yes when that was in another household, with children who are not in this one.

    The record cannot say where the perpetrator stays now; a person asks.
    """
    with_children = [
        one
        for one in past.others
        if one.household != past.this.household and one.children - past.this.children
    ]
    return _to_others(
        with_children, "The same person is on record as perpetrator where other children live"
    )


def _to_others(happenings: list[Happening] | tuple[Happening, ...], words: str) -> FromRecord:
    """Says how often, and never who or where: another victim's home stays out of sight."""
    if not happenings:
        return _not_shown("Nothing towards others is on it.")
    times = "once" if len(happenings) == 1 else f"{len(happenings)} times"
    return FromRecord(Answer.YES, f"{words}, {times}.", evidence(happenings))


def _not_shown(because: str) -> FromRecord:
    return FromRecord(Answer.NOT_KNOWN, f"The record does not show it. {because}")
