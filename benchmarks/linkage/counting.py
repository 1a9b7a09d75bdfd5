"""Pairs of mentions counted without listing them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.linkage.reading import Numbers


@dataclass(frozen=True)
class Score:
    """Pairwise precision, recall and F1; each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Partners:
    """By mention: how many others are in its cluster, how many are truly its, how many both."""

    together: Numbers
    true: Numbers
    both: Numbers

    def score(self, some: npt.NDArray[np.bool_] | slice = slice(None)) -> Score:
        """Score pairs by the mentions they start from: all, or those of a group.

        Over all mentions these are the pairwise figures; over a group a pair with one mention
        outside counts half.
        """
        both = int(self.both[some].sum())
        return Score(
            _share(both, int(self.together[some].sum())), _share(both, int(self.true[some].sum()))
        )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def partners(cluster: Numbers, person: Numbers) -> Partners:
    """Count partners; `cluster` and `person` are numbers by mention."""
    both = cluster * (int(person.max()) + 1) + person
    return Partners(_others(cluster), _others(person), _others(both))


def _others(group: Numbers) -> Numbers:
    _, at, size = np.unique(group, return_inverse=True, return_counts=True)
    others: Numbers = (size - 1)[at]
    return others


def mixed(cluster: Numbers, person: Numbers) -> dict[tuple[int, int], int]:
    """Return the pairs of persons that share a cluster, with their pairs of mentions in it."""
    both, size = np.unique(np.stack([cluster, person]), axis=1, return_counts=True)
    found: dict[tuple[int, int], int] = {}
    start = 0
    for end in [*np.flatnonzero(np.diff(both[0])) + 1, both.shape[1]]:
        for a in range(start, end):
            for b in range(a + 1, end):
                pair = (int(both[1, a]), int(both[1, b]))
                found[pair] = found.get(pair, 0) + int(size[a] * size[b])
        start = end
    return found
