"""What the answers of one screening come to: facts about the child in, a suggestion out."""

from collections.abc import Iterable
from datetime import date

from sightline.people.models import Mention, Presence
from sightline.rules.screening.answers import Answer as Value
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.instrument import Instrument, instrument_called
from sightline.rules.screening.suggest import Suggestion, suggest
from sightline.screening.models import Answer, Screening
from sightline.screening.record import History

MONTHS = 12
YES_NO = {"yes": True, "no": False}


def suggestion_of(
    screening: Screening, answers: Iterable[Answer], history: History | None, today: date
) -> Suggestion:
    """Return the suggested scale of a screening as answered. Reads nothing more."""
    instrument = instrument_called(screening.instrument)
    given = {answer.item: Value(answer.value) for answer in answers}
    return suggest(
        instrument,
        {item: value for item, value in given.items() if item in instrument.items_by_id},
        facts_of(screening, history, today),
        {item: value for item, value in given.items() if item in instrument.factors_by_id},
    )


def questions(instrument: Instrument) -> frozenset[str]:
    """Return the ids of everything this version asks, protective factors included."""
    return frozenset({*instrument.items_by_id, *instrument.factors_by_id})


def facts_of(screening: Screening, history: History | None, today: date) -> ChildFacts:
    """Return what is known of the child on the day of screening; None where nothing was written."""
    mention = screening.mention
    unborn = mention.presence == Presence.UNBORN and mention.birth_date is None
    return ChildFacts(
        age_in_months=None if unborn else age_in_months(mention, today),
        unborn=unborn,
        siblings=len(_siblings(screening, history)),
        disability=True if mention.detail.get("disability") else None,
        home_educated=mention.home_educated,
        open_to_social_care=True if screening.already_open_to else None,
        needs_interpreter=YES_NO.get(mention.detail.get("interpreter", "")),
    )


def age_in_months(mention: Mention, today: date) -> int | None:
    """Return completed months. An age in years counts as its youngest: the younger, the riskier."""
    born = mention.birth_date
    if born is None:
        return None if mention.age is None else mention.age * MONTHS
    months = (today.year - born.year) * MONTHS + today.month - born.month - (today.day < born.day)
    return max(months, 0)  # written down a day before the birth date that was written


def _siblings(screening: Screening, history: History | None) -> frozenset[str]:
    """The other children of this incident and of earlier ones with one of its victims."""
    if history is None:
        return frozenset()
    shared = [one for one in history.earlier if one.victims & history.this.victims]
    children = frozenset().union(history.this.children, *(one.children for one in shared))
    return children - {str(history.persons.get(screening.mention_id))}
