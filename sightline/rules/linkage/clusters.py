"""Growing persons from pairs of mentions, so that the order in which they came does not matter.

The strongest pair is joined first. What keeps people apart is asked of whole persons, not of the
pair alone: nobody is two people in one source, a human's "not the same" binds through any third
record, and no member of one may contradict a member of the other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Contradicts = Callable[[int, int], bool]
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions by number and the weight that speaks for their being one person.

    `order` settles ties by what was written, never by when it came.
    """

    a: int
    b: int
    weight: float
    order: tuple[object, ...] = ()


class Clusters:
    """Mentions by number, each in one cluster; a cluster is named by its lowest member.

    `source_of`: the source of each mention. `apart`: for a mention, those that a human has said
    are somebody else.
    """

    def __init__(
        self, source_of: Sequence[int], apart: Mapping[int, Collection[int]] | None = None
    ) -> None:
        self._source_of = source_of
        self._apart = apart or {}
        self._of = list(range(len(source_of)))
        self._members: dict[int, list[int]] = {}
        self._sources: dict[int, frozenset[int]] = {}

    @property
    def size(self) -> int:
        """How many mentions there are."""
        return len(self._of)

    def of(self, mention: int) -> int:
        """The cluster a mention is in."""
        return self._of[mention]

    def members(self, cluster: int) -> Sequence[int]:
        return self._members.get(cluster) or (cluster,)

    def sources(self, cluster: int) -> frozenset[int]:
        found = self._sources.get(cluster)
        return frozenset((self._source_of[cluster],)) if found is None else found

    def put_together(self, mentions: Sequence[int]) -> None:
        """Make one cluster of mentions that are known to be one person."""
        together = {self._of[mention] for mention in mentions}
        if len(together) > 1:
            self._merge(min(together), *sorted(together)[1:])

    def grow(self, pairs: Iterable[Pair], contradict: Contradicts) -> None:
        """Join the pairs, strongest first, unless something keeps their clusters apart.

        `contradict` says whether two mentions cannot be one person.
        """
        for pair in sorted(pairs, key=lambda p: (-p.weight, p.order)):
            mine, theirs = self._of[pair.a], self._of[pair.b]
            if mine != theirs and self._may_be_one(mine, theirs, pair, contradict):
                self._merge(min(mine, theirs), max(mine, theirs))

    def _may_be_one(self, mine: int, theirs: int, pair: Pair, contradict: Contradicts) -> bool:
        return not self.are_two_people(mine, theirs) and not any(
            contradict(a, b)
            for a in self.members(mine)
            for b in self.members(theirs)
            if (a, b) != (pair.a, pair.b) and (b, a) != (pair.a, pair.b)
        )

    def are_two_people(self, mine: int, theirs: int) -> bool:
        """Mentioned in one source, or kept apart by a human."""
        if not self.sources(mine).isdisjoint(self.sources(theirs)):
            return True
        if not self._apart:
            return False
        others = set(self.members(theirs))
        return any(not others.isdisjoint(self._apart.get(a, NOBODY)) for a in self.members(mine))

    def _merge(self, stays: int, *go: int) -> None:
        """Put clusters into the one with the lowest number."""
        self._sources[stays] = self.sources(stays).union(*map(self.sources, go))
        self._members[stays] = [n for cluster in (stays, *go) for n in self.members(cluster)]
        for goes in go:
            for mention in self.members(goes):
                self._of[mention] = stays
            self._members.pop(goes, None)
            self._sources.pop(goes, None)
