"""What follows from what was said, and no more: each with the reason, none of it certain.

Nothing here looks at names, ages or addresses. That two people live together or share a surname
says nothing of how they are related.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sightline.rules.families.ties import Tie, Told

Proof = tuple[Tie, Tie]  # two ties that together show a third

ABUSE = "abuse"
SIBLINGS = frozenset({"sibling", "half-sibling", "step-sibling"})


@dataclass(frozen=True)
class Together:
    """Who was named as what in one incident, known by its number."""

    incident: int
    on: date
    source: str
    perpetrators: frozenset[int]
    victims: frozenset[int]


def derived(ties: Sequence[Tie]) -> list[Tie]:
    """Return what follows for parents of one child, siblings and grandparents, and was not said."""
    parents: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.bond == "parent":
            parents[tie.b].append(tie)
    bound = {(frozenset((t.a, t.b)), t.bond) for t in ties}
    found = [*_co_parents(parents), *_siblings(parents), *_grandparents(parents)]
    return [tie for tie in found if not _said(tie, bound)]


def _said(tie: Tie, bound: set[tuple[frozenset[int], str]]) -> bool:
    """Whether a source has said of the pair what would be derived, or something closer."""
    closer = {"sibling": SIBLINGS, "co-parent": {"couple", "co-parent"}}
    bonds = closer.get(tie.bond, {tie.bond, "parent"})
    return any((frozenset((tie.a, tie.b)), bond) in bound for bond in bonds)


def _co_parents(parents: dict[int, list[Tie]]) -> Iterator[Tie]:
    shared: dict[tuple[int, int], dict[int, Proof]] = defaultdict(dict)
    for child, ties in parents.items():
        for one, other in combinations(sorted(ties, key=lambda tie: tie.a), 2):
            shared[one.a, other.a][child] = one, other
    for (a, b), children in shared.items():
        because: Told = ("both are named as parent of ", *_list(list(children)))
        has = "has a child with"
        yield _derive(a, b, "co-parent", has, has, children.values(), because)


def _siblings(parents: dict[int, list[Tie]]) -> Iterator[Tie]:
    for a, b in combinations(sorted(parents), 2):
        of_a, of_b = ({tie.a: tie for tie in parents[child]} for child in (a, b))
        if shared := sorted(of_a.keys() & of_b.keys()):
            words, because = _how_close(
                shared, (a, sorted(of_a.keys() - of_b)), (b, sorted(of_b.keys() - of_a))
            )
            proofs = [(of_a[parent], of_b[parent]) for parent in shared]
            yield _derive(a, b, "sibling", words, words, proofs, because)


Other = tuple[int, list[int]]  # a child, and the parents that the other child does not share


def _how_close(shared: list[int], one: Other, other: Other) -> tuple[str, Told]:
    """Return what two children of a shared parent are, as far as can be shown."""
    both: Told = ("both are named as child of ", *_list(shared))
    if len(shared) > 1:
        return "sibling of", both
    unknown = [child for child, others in (one, other) if not others]
    if unknown:
        return "sibling or half-sibling of", (
            *both,
            "; no other parent is shown of ",
            *_list(unknown),
        )
    return "half-sibling of", (*both, "; other parents are ", *_list(one[1] + other[1]))


def _grandparents(parents: dict[int, list[Tie]]) -> Iterator[Tie]:
    for child, ties in parents.items():
        for tie in ties:
            for above in parents.get(tie.a, ()):
                if above.a != child:
                    because: Told = (above.a, " is named as parent of ", tie.a, ", and ", tie.a,
                                     " as parent of ", child)  # fmt: skip
                    yield _derive(above.a, child, "grandparent", "grandparent of", "grandchild of",
                                  [(tie, above)], because)  # fmt: skip


def abuse(incidents: Iterable[Together]) -> list[Tie]:
    """Return who was named as perpetrator where who was named as victim, and how often.

    The roles are what police wrote; whoever is named as both is no perpetrator here.
    """
    found: dict[tuple[int, int], dict[int, Together]] = defaultdict(dict)
    for one in incidents:
        for perpetrator in one.perpetrators - one.victims:
            for victim in one.victims:
                found[perpetrator, victim][one.incident] = one
    return [_abuse(pair, list(together.values())) for pair, together in sorted(found.items())]


def _abuse(pair: tuple[int, int], together: list[Together]) -> Tie:
    days, many = sorted(one.on for one in together), len(together)
    times = "one incident" if many == 1 else f"{many} incidents"
    because = (pair[0], " is named as perpetrator and ", pair[1], f" as victim in {times}")
    return Tie(
        *pair, ABUSE, f"perpetrator, {times}, towards", f"victim, {times}, of", days[0], days[-1],
        tuple(one.source for one in sorted(together, key=lambda one: one.on)), True,
        because=because,
    )  # fmt: skip


def _derive(
    a: int, b: int, bond: str, words: str, back: str, proofs: Iterable[Proof], because: Told
) -> Tie:
    """Return a tie known since both halves of a proof of it were said, until either was last."""
    pairs = list(proofs)
    since = min(max(one.since, other.since) for one, other in pairs)
    last = max(max(one.last, other.last) for one, other in pairs)
    sources = tuple(dict.fromkeys(s for pair in pairs for tie in pair for s in tie.sources))
    doubted = any(tie.doubts for pair in pairs for tie in pair)
    return Tie(
        a, b, bond, words, back, since, last, sources, derived=True, because=because,
        doubts=(("about what this rests on",),) if doubted else (),
    )  # fmt: skip


def _list(persons: Sequence[int]) -> Told:
    """Return 1, 2 and 3 with what stands between them."""
    parts: list[str | int] = []
    for number, person in enumerate(persons):
        between = " and " if number == len(persons) - 1 else ", "
        parts += [between, person] if number else [person]
    return tuple(parts)
