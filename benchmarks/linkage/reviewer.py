"""A reviewer who is always right, asked the strongest questions first until time is up."""

from dataclasses import dataclass

import numpy as np

from benchmarks.linkage.reading import Numbers, Pairs

Question = tuple[int, int]  # two clusters, the smaller number first
PER_100 = 2  # questions a hundred mentions that people have time for


@dataclass(frozen=True)
class Reviewed:
    """What came of a review: the clusters after it, and how much was asked."""

    cluster: Numbers
    asked: int
    yes: int
    open: int  # questions for which there was no time


def review(cluster: Numbers, pairs: Pairs, person: Numbers, per_100: float = PER_100) -> Reviewed:
    """Ask about each pair of clusters that a review pair connects, until time is up.

    A yes makes the two one cluster; what that answers is not asked again, nor is a no. The two
    mentions of the strongest pair decide, as the reviewer has these before them.
    """
    sides = _Sides()
    at = np.flatnonzero(~pairs.join)
    order = at[np.argsort(-pairs.weight[at], kind="stable")]
    left, right = pairs.left[order], pairs.right[order]
    same = person[left] == person[right]
    limit = int(len(cluster) * per_100 / 100)
    asked = yes = 0
    no_time: set[Question] = set()
    ends = zip(cluster[left].tolist(), cluster[right].tolist(), same.tolist(), strict=True)
    for a, b, answer in ends:
        question = sides.question(a, b)
        if question is None:
            continue
        if asked >= limit:
            no_time.add(question)
            continue
        asked += 1
        yes += answer
        sides.answer(*question, yes=answer)
    return Reviewed(sides.relabel(cluster), asked, yes, len(no_time))


class _Sides:
    """Clusters made one, and clusters said to be two (union-find)."""

    def __init__(self) -> None:
        self._root: dict[int, int] = {}
        self._apart: dict[int, set[int]] = {}

    def question(self, a: int, b: int) -> Question | None:
        """Return what is to be asked about two clusters; None when it is answered already."""
        a, b = sorted((self._find(a), self._find(b)))
        return None if a == b or b in self._apart.get(a, ()) else (a, b)

    def answer(self, a: int, b: int, *, yes: bool) -> None:
        """Take the answer to a question that was open."""
        if not yes:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)
            return
        self._root[b] = a
        for other in self._apart.pop(b, set()):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart.setdefault(a, set()).add(other)

    def relabel(self, cluster: Numbers) -> Numbers:
        names, at = np.unique(cluster, return_inverse=True)
        roots = np.array([self._find(name) for name in names.tolist()], dtype=np.int64)
        relabelled: Numbers = roots[at]
        return relabelled

    def _find(self, name: int) -> int:
        while (above := self._root.get(name, name)) != name:
            self._root[name] = self._root.get(above, above)
            name = above
        return name
