"""Recall and precision by group, and the largest gap of recall at equal precision."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.linkage.counting import Score, partners
from benchmarks.linkage.reading import Numbers, Pairs, Truth

GROUPINGS = ("tradition", "age_band", "completeness")
ENOUGH = 1000  # true partners; a smaller group says little
SURE = 0.997  # the precision that the join band must have; more than that is not asked
STEPS = 16  # thresholds tried for equal precision


@dataclass(frozen=True)
class Group:
    """How a group of mentions fares."""

    name: str
    mentions: int
    score: Score
    at_equal_precision: Score | None  # None where the pairs are not known, or it is not reached


def by_group(known: Truth, cluster: Numbers, pairs: Pairs | None) -> dict[str, list[Group]]:
    """Return the groups of every grouping, each as it is and at equal precision.

    Equal precision is that of the whole join band, but no more than SURE. A group below it is
    taken at the lowest weight where it reaches it; the clusters there are those of the stronger
    join pairs alone.
    """
    levels = [cluster, *(_stricter(cluster, pairs) if pairs is not None else [])]
    counted = [partners(level, known.person) for level in levels]
    target = min(SURE, counted[0].score().precision)
    found = {}
    for grouping in GROUPINGS:
        at, names = known.codes(grouping)
        found[grouping] = [
            Group(str(name), int((at == n).sum()), scores[0], reaches(scores, target))
            for n, name in enumerate(names)
            if counted[0].true[at == n].sum() >= ENOUGH
            for scores in [[level.score(at == n) for level in counted]]
        ]
    return found


def gap(groups: list[Group]) -> float:
    """Return the largest gap of recall between groups that reach equal precision, in points."""
    recalls = [g.at_equal_precision.recall for g in groups if g.at_equal_precision]
    return 100 * (max(recalls) - min(recalls)) if recalls else 0.0


def reaches(scores: list[Score], target: float) -> Score | None:
    """Return the first score with the precision wanted; None when none has it."""
    return next((score for score in scores if score.precision >= target), None)


def _stricter(cluster: Numbers, pairs: Pairs) -> list[Numbers]:
    """Return clusters from ever stronger join pairs; a pair across clusters was overruled."""
    within = pairs.join & (cluster[pairs.left] == cluster[pairs.right])
    weights = pairs.weight[within]
    if not len(weights):
        return []
    thresholds = np.quantile(weights, np.linspace(0, 0.6, STEPS + 1)[1:])
    return [joined(pairs, within & (pairs.weight >= t), len(cluster)) for t in thresholds]


def joined(pairs: Pairs, chosen: np.ndarray, mentions: int) -> Numbers:
    """Return the clusters that the `chosen` pairs make of so many mentions."""
    left, right = pairs.left[chosen], pairs.right[chosen]
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(mentions, mentions))
    return connected_components(graph, directed=False)[1].astype(np.int64)
