"""What facts about the child add: a minimum, an offer to go higher, somebody to tell."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.parts import Instrument, Uplift

UNBORN_MONTHS = -1  # before the first day: below every age


@dataclass(frozen=True)
class Offer:
    """A step up that a person may take or leave, recording which: from `start` to `to`."""

    uplift: str
    words: str
    start: int
    to: int


def applies(uplift: Uplift, child: ChildFacts) -> bool:
    """Whether the child is of the uplift's age, if it has one, and any of its facts is so."""
    fact_fits = not uplift.facts or any(child.has(fact) for fact in uplift.facts)
    return fact_fits and _age_fits(uplift, child)


def applying(instrument: Instrument, child: ChildFacts) -> tuple[Uplift, ...]:
    """The uplifts that apply to the child, in the instrument's order."""
    return tuple(uplift for uplift in instrument.uplifts if applies(uplift, child))


def offers(uplifts: tuple[Uplift, ...], from_answers: int, suggested: int) -> tuple[Offer, ...]:
    """The steps on offer above the suggested scale.

    Source: Barnardo's Domestic Violence Risk Identification Matrix: under 7, or special needs,
    "can raise" scale 2 to 3 and 3 to 4. The text does not say whether two such facts raise twice,
    or what a baby's age adds to a minimum that the baby's age has set. We read "or" as one step
    however many facts fit, and step from what the answers alone point to, so that no age is
    counted twice.
    """
    return tuple(
        Offer(uplift.id, f"{uplift.label}: may be raised from scale {start} to {to}", start, to)
        for uplift, start, to in _steps(uplifts)
        if start == from_answers and to > suggested
    )


def _steps(uplifts: tuple[Uplift, ...]) -> Iterator[tuple[Uplift, int, int]]:
    return ((uplift, start, to) for uplift in uplifts for start, to in uplift.offers)


def _age_fits(uplift: Uplift, child: ChildFacts) -> bool:
    if uplift.from_months is None and uplift.under_months is None:
        return True
    months = UNBORN_MONTHS if child.unborn else child.age_in_months
    if months is None:
        return False
    old_enough = uplift.from_months is None or months >= uplift.from_months
    return old_enough and (uplift.under_months is None or months < uplift.under_months)
