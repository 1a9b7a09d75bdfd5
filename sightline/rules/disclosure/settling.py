"""Choosing what to hide step by step, as tables are published one after the other."""

from collections.abc import Mapping, Sequence

from sightline.rules.disclosure.beside import Beside, ByStep, latest
from sightline.rules.disclosure.hiding import NOBODY, Settled, hide
from sightline.rules.disclosure.tables import EVERYWHERE, Laid, Shape, universe_of
from sightline.rules.disclosure.universe import Hidden, Universe


def settle(
    tables: Sequence[Laid], shape: Shape, spans: Mapping[str, Sequence[str]], threshold: int,
    margins: ByStep | None = None, beside: Sequence[Beside] = (),
) -> dict[int, Hidden]:  # fmt: skip
    """Return what is hidden after each step in which some of the tables are published.

    `margins`: the same of the tables of everywhere, where these are divided by place: what was
    chosen for those holds for every way to divide them. `beside`: of other figures that show some
    of the same counts.
    """
    chosen: dict[int, Hidden] = {}
    before = NOBODY
    for step in sorted({table.step for table in tables}):
        universe = universe_of([table for table in tables if table.step <= step], shape, spans)
        settled = []
        if margins is not None:
            settled.append(Settled(_of_everywhere(universe), latest(margins, step)))
        settled += [each.settled_in(universe, step) for each in beside]
        before = hide(universe, threshold, before=before, settled=settled)
        chosen[step] = before
    return chosen


def _of_everywhere(universe: Universe) -> frozenset[object]:
    return frozenset(
        key for key, cell in universe.cells.items()
        if cell.shown and isinstance(key, tuple) and key[1] == EVERYWHERE
    )  # fmt: skip
