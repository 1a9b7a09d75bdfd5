"""What differs between who is who now and who the batch executor says they are. No database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sightline.linkage.components import components

MentionId = int
PersonId = int
ClusterId = int


@dataclass
class Difference:
    """Mentions that belong together otherwise than they are linked, as one change.

    `moves`: by mention, the person it should be; None for a new one. Mentions of one new person
    share a number in `new`.
    """

    moves: dict[MentionId, PersonId | None] = field(default_factory=dict)
    new: dict[MentionId, ClusterId] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A mention, who it is linked to (None: nobody yet), and the cluster it belongs to."""

    mention: MentionId
    person: PersonId | None
    cluster: ClusterId


def who_stays(rows: Iterable[Row]) -> dict[ClusterId, PersonId]:
    """Return the person that each cluster is to be: whoever has most of it, then the longest known.

    No person is two clusters; a cluster without a person of its own needs a new one.
    """
    overlap = Counter((row.person, row.cluster) for row in rows if row.person is not None)
    stays: dict[ClusterId, PersonId] = {}
    taken: set[PersonId] = set()
    for (person, cluster), _ in sorted(overlap.items(), key=lambda each: (-each[1], each[0])):
        if person is not None and cluster not in stays and person not in taken:
            stays[cluster] = person
            taken.add(person)
    return stays


def differences(rows: Iterable[Row], stays: Mapping[ClusterId, PersonId]) -> list[Difference]:
    """Return the changes that make links of clusters, those that touch each other as one.

    Mentions that are linked to nobody are not changes.
    """
    linked = [row for row in rows if row.person is not None]
    groups = _touching(linked, stays)
    found: dict[int, Difference] = defaultdict(Difference)
    for row in linked:
        stay = stays.get(row.cluster)
        if stay != row.person:
            difference = found[groups[row.cluster]]
            difference.moves[row.mention] = stay
            if stay is None:
                difference.new[row.mention] = row.cluster
    return [found[group] for group in sorted(found)]


def _touching(rows: Iterable[Row], stays: Mapping[ClusterId, PersonId]) -> dict[ClusterId, int]:
    """Number the clusters so that those that share a person have one number."""
    first: dict[PersonId, ClusterId] = {}
    return components(
        (row.cluster, first.setdefault(person, row.cluster))
        for row in rows
        for person in (row.person, stays.get(row.cluster))
        if person is not None
    )
