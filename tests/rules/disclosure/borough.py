"""A year of an invented borough: counts by kind, ward, force and month, and all tables of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from sightline.rules.disclosure.settling import settle
from sightline.rules.disclosure.tables import EVERYWHERE, Laid, Shape, universe_of
from sightline.rules.disclosure.universe import Key, Universe
from sightline.rules.rounding import percent

THRESHOLD = 5
SHAPE = Shape(labels=frozenset({0}), parts=((2, 1),), shares={("part", 3): 2, ("whole", 3): 1})
QUARTERS = {f"quarter {q}": tuple(range(3 * q - 2, 3 * q + 1)) for q in range(1, 5)}
SPANS: Mapping[str, Sequence[str]] = {
    **{quarter: [f"month {m}" for m in months] for quarter, months in QUARTERS.items()},
    "year": list(QUARTERS),
}
DAYS = {**{f"month {m}": (m,) for m in range(1, 13)}, **QUARTERS, "year": tuple(range(1, 13))}


class Borough:
    """Kinds by wards by forces by months: how many, and how many of them were repeats."""

    def __init__(self, seed: int, *, kinds: int, wards: int, forces: int, mean: float) -> None:
        chance = np.random.default_rng(seed)
        sizes = [chance.exponential(1, many) for many in (kinds, wards, forces)]
        usual = mean * sizes[0][:, None, None] * sizes[1][None, :, None] * sizes[2][None, None, :]
        self.counts = chance.poisson(usual[..., None], (kinds, wards, forces, 12))
        self.repeats = chance.binomial(self.counts, 0.4)
        self.places = {"ward": wards, "force": forces}

    def tables(self, by: str = "") -> list[Laid]:
        """The tables of everywhere by month, quarter and year; or of places, without months."""
        places = (
            [EVERYWHERE, *(f"{by} {n}" for n in range(self.places[by]))] if by else [EVERYWHERE]
        )
        return [
            self._table(when, place, months)
            for when, months in DAYS.items() if not (by and len(months) == 1)
            for place in places
        ]  # fmt: skip

    def _table(self, when: str, place: str, months: Sequence[int]) -> Laid:
        counts, repeats = (self._of(each, place, months) for each in (self.counts, self.repeats))
        rows = [
            (f"kind {n}", int(many), int(again), percent(int(again), int(many)))
            for n, (many, again) in enumerate(zip(counts, repeats, strict=True))
        ]
        all_of_them, again = int(counts.sum()), int(repeats.sum())
        rows.append(("total", all_of_them, again, percent(again, all_of_them)))
        return Laid(when, place, max(months), rows)

    @staticmethod
    def _of(counts: np.ndarray, place: str, months: Sequence[int]) -> np.ndarray:
        kept = counts[..., [m - 1 for m in months]].sum(axis=3)
        by, _, number = place.partition(" ")
        if by:
            kept = np.take(kept, int(number), axis={"ward": 1, "force": 2}[by])
        return kept.sum(axis=tuple(range(1, kept.ndim)))

    def published(self) -> tuple[Universe, frozenset[Key]]:
        """Everything that is published together, and what is hidden of it."""
        everywhere = settle(self.tables(), SHAPE, SPANS, THRESHOLD)
        hidden = set(everywhere[12].keys)
        laid = self.tables()
        universe = universe_of(laid, SHAPE, SPANS)
        for by in self.places:
            divided = self.tables(by)
            hidden |= settle(divided, SHAPE, SPANS, THRESHOLD, everywhere)[12].keys
            join(universe, universe_of(divided, SHAPE, SPANS))
        return universe, frozenset(hidden)


def join(universe: Universe, other: Universe) -> Universe:
    """Add what another universe says. A rest of the other is told from ours by its number."""
    name = {
        key: key if cell.shown else ("other", len(universe.cells), key)
        for key, cell in other.cells.items()
    }
    universe.cells |= {name[key]: cell for key, cell in other.cells.items()}
    for each in other.sums:
        parts = tuple(name[part] for part in each.parts)
        universe.sums.append(type(each)(name[each.whole], parts, each.weights))
    return universe
