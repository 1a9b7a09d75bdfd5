"""What agencies did before: answers from facts that are looked up, not counted from incidents."""

from datetime import date

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.past import latest_first
from sightline.rules.screening.record import Concern, Evidence, FromRecord, Happening, RecordFacts
from sightline.rules.screening.windows import months_before

MARAC_MONTHS = 12


def answers_from_facts(this: Happening, facts: RecordFacts) -> dict[str, FromRecord]:
    """P8 and R1 to R4, each only where somebody has looked up its facts."""
    answers = {}
    if facts.marac_hearings is not None:
        answers["P8"] = again_after_marac(this.on, facts.marac_hearings)
    if facts.early_help_unfinished is not None:
        answers["R1"] = _any(facts.early_help_unfinished, "offers of early help not completed")
    if facts.protection is not None:
        answers["R2"] = _any(facts.protection, "enquiries, plans or care for domestic abuse")
    if facts.concerns is not None:
        answers["R3"] = two_agencies_concerned(facts.concerns)
    if facts.overdue_actions is not None:
        answers["R4"] = _any(facts.overdue_actions, "overdue actions from earlier screenings")
    return answers


def again_after_marac(on: date, hearings: tuple[Evidence, ...]) -> FromRecord:
    """P8. Yes when a hearing about this victim and perpetrator was in the 12 calendar months
    before, both days included.

    Source: SafeLives' definition of a repeat, and the 12 months for which agencies flag a file.
    Ambiguous: the definition runs from the last referral, the flag from the hearing. The question
    speaks of the hearing and so do we; between a referral and its hearing, a person answers.
    """
    recent = [one for one in hearings if months_before(on, MARAC_MONTHS) <= one.on <= on]
    if recent:
        because = "There was a MARAC hearing in the 12 months before."
        return FromRecord(Answer.YES, because, latest_first(recent))
    return FromRecord(Answer.NO, "There was no MARAC hearing in the 12 months before.")


def two_agencies_concerned(concerns: tuple[Concern, ...]) -> FromRecord:
    """R3. Yes when two or more different agencies have raised a concern, at any time."""
    agencies = len({concern.agency for concern in concerns})
    because = f"Agencies on record with a concern about this child: {agencies}."
    if agencies >= 2:
        found = [Evidence(one.on, f"Concern raised by {one.agency}") for one in concerns]
        return FromRecord(Answer.YES, because, latest_first(found))
    return FromRecord(Answer.NO, because)


def _any(found: tuple[Evidence, ...], what: str) -> FromRecord:
    """Yes when the record holds any; No when somebody looked and there are none."""
    because = f"On record: {len(found)} {what}."
    return FromRecord(Answer.YES if found else Answer.NO, because, latest_first(found))
