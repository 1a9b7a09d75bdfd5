"""From answers to a suggested scale, with every reason for it. A person sets the scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sightline.rules.screening.answers import Answer
from sightline.rules.screening.child import ChildFacts
from sightline.rules.screening.confidence import Counts, confidence, count, nothing_found
from sightline.rules.screening.parts import Accumulation, Instrument, Item, Uplift
from sightline.rules.screening.uplifts import Offer, applying, offers
from sightline.rules.screening.wordscale import LOWEST, scale_name

__all__ = ["ChildFacts", "Counts", "Offer", "Reason", "Suggestion", "suggest"]


@dataclass(frozen=True)
class Reason:
    """One thing that points to a scale. `item` is the id of the item, accumulation or uplift
    behind it; None only for the reason that nothing was recorded."""

    words: str
    item: str | None
    scale: int


@dataclass(frozen=True)
class Suggestion:
    """What the answers come to. Nothing is decided by it.

    scale: the highest scale of the reasons. scale_with_offers: where it would stand if the offered
    uplifts were taken. reasons: highest scale first. routes: whom else to tell or ask.
    to_weigh: protective factors, and items that only record an absence; none moves the scale.
    confidence: what is not known, in words.
    """

    instrument: str
    scale: int
    scale_with_offers: int
    reasons: tuple[Reason, ...]
    offered: tuple[Offer, ...]
    routes: tuple[str, ...]
    to_weigh: tuple[str, ...]
    counts: Counts
    confidence: str

    @property
    def name(self) -> str:
        """The name of the suggested scale."""
        return scale_name(self.scale)


def suggest(
    instrument: Instrument,
    answers: Mapping[str, Answer],
    child: ChildFacts,
    protective: Mapping[str, Answer],
) -> Suggestion:
    """The suggested scale of one child, 1 to 4, and why.

    The scale is the highest floor among the items answered Yes. A suspected item counts one scale
    lower, and never below 1. Concerns accumulate: three at scale 2 over two areas suggest 3, four
    at scale 3 suggest 4. Uplifts set a minimum or are offered; protective factors never lower.
    An item that is missing from `answers` counts as not asked. ValueError for an id that the
    instrument does not have, or a value that is not an Answer.

    Source: our reading of Barnardo's Domestic Violence Risk Identification Matrix, which asks the
    reader to mark every description that fits, over all four scales. It does not say how a
    suspected item counts; one scale lower is ours, and a suspected item takes part in
    accumulation at the scale where it then points.
    """
    given = _complete(instrument.items_by_id, answers, "item")
    factors = _complete(instrument.factors_by_id, protective, "protective factor")
    uplifts = applying(instrument, child)
    counts = count(given.values())

    found = _from_answers(instrument, given) or (Reason(nothing_found(counts), None, LOWEST),)
    reasons = _ordered((*found, *_minimums(uplifts)))
    from_answers, scale = _highest(found), _highest(reasons)
    offered = offers(uplifts, from_answers, scale)
    return Suggestion(
        instrument=instrument.key,
        scale=scale,
        scale_with_offers=max((offer.to for offer in offered), default=scale),
        reasons=reasons,
        offered=offered,
        routes=(*_item_routes(instrument, given), *(u.route for u in uplifts if u.route)),
        to_weigh=_to_weigh(instrument, given, factors),
        counts=counts,
        confidence=confidence(counts, child),
    )


def _complete(
    known: Mapping[str, object], given: Mapping[str, Answer], what: str
) -> dict[str, Answer]:
    """An answer for each known id, in the instrument's order, whatever the order given."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise ValueError(f"The instrument has no {what} {', '.join(unknown)}.")
    return {id_: Answer(given.get(id_, Answer.NOT_ASKED)) for id_ in known}


def _from_answers(instrument: Instrument, given: Mapping[str, Answer]) -> tuple[Reason, ...]:
    """A reason for each concern that raises, and for each accumulation of them."""
    concerns = [item for item in instrument.items if item.raises and given[item.id].is_concern]
    pointing = {item: _points_to(item, given[item.id]) for item in concerns}
    single = (_concern(item, given[item.id], scale) for item, scale in pointing.items())
    together = (_together(rule, pointing) for rule in instrument.accumulations)
    return (*single, *(reason for reason in together if reason))


def _points_to(item: Item, answer: Answer) -> int:
    return item.floor if answer is Answer.YES else max(LOWEST, item.floor - 1)


def _concern(item: Item, answer: Answer, scale: int) -> Reason:
    if answer is Answer.YES:
        return Reason(item.label, item.id, scale)
    lowered = ", counted one scale lower" if scale < item.floor else ""
    return Reason(f"{item.label} (suspected{lowered})", item.id, scale)


def _together(rule: Accumulation, pointing: Mapping[Item, int]) -> Reason | None:
    """The reason that `rule` gives, if enough concerns point to its scale over enough areas."""
    items = [item for item, scale in pointing.items() if scale == rule.of_scale]
    areas = {item.domain for item in items}
    if len(items) < rule.count or len(areas) < rule.domains:
        return None
    listed = "; ".join(f"{item.label} ({item.id})" for item in items)
    return Reason(f"{rule.label}: {listed}", rule.id, rule.points_to)


def _minimums(uplifts: Iterable[Uplift]) -> tuple[Reason, ...]:
    return tuple(
        Reason(f"{uplift.label}: scale {uplift.minimum} at least", uplift.id, uplift.minimum)
        for uplift in uplifts
        if uplift.minimum is not None
    )


def _item_routes(instrument: Instrument, given: Mapping[str, Answer]) -> tuple[str, ...]:
    return tuple(
        item.route for item in instrument.items if item.route and given[item.id].is_concern
    )


def _to_weigh(
    instrument: Instrument, given: Mapping[str, Answer], factors: Mapping[str, Answer]
) -> tuple[str, ...]:
    absences = ((i.label, given[i.id]) for i in instrument.items if not i.raises)
    helps = ((f.label, factors[f.id]) for f in instrument.protective_factors)
    return tuple(
        label if answer is Answer.YES else f"{label} (not confirmed)"
        for label, answer in (*absences, *helps)
        if answer.is_concern
    )


def _highest(reasons: Iterable[Reason]) -> int:
    return max(reason.scale for reason in reasons)


def _ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Highest scale first; the instrument's order within a scale."""
    return tuple(sorted(reasons, key=lambda reason: -reason.scale))
