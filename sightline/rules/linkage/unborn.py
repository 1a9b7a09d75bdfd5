"""Which unborn child is meant again: nobody has a name, a birth date or a number of their own yet.

What is left is who carries the child, and when it is due. Nothing here looks at a name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

NOT_SAID = 0
# Our rule: an expected date moves by up to so much between a guess and a scan.
WINDOW = timedelta(days=21)
LATEST = date.max


@dataclass(frozen=True, kw_only=True)
class Unborn:
    """An unborn child as one source speaks of it.

    person: who it is, as linked or decided so far. mother: her person, NOT_SAID where the source
    does not say whose child it is. due: expected date of birth. source, incident: which they are
    (incident None: told of outside one). position: where it stands in the source. corrected: a
    newer version of the source holds now.
    """

    mention: int
    person: int
    mother: int
    due: date | None
    source: int
    incident: int | None
    position: int
    corrected: bool = False


def same_unborn(new: Sequence[Unborn], held: Sequence[Unborn]) -> Mapping[int, int]:
    """Return who the unborn children of one source are, by mention; who is not known is left out.

    They are those of another source with the same mother, where both speak of as many (of twins
    nobody can say which is which, so that each is one of the two), of the same incident or due
    within the window. Where a source does not say whose they are, only one child alone in both
    versions of one notification is the same. Dates further apart are another pregnancy always.
    """
    found: dict[int, int] = {}
    newest_first = sorted(held, key=lambda one: -one.mention)
    sources = _by(lambda one: one.source, newest_first)
    for mine in _by(lambda one: one.mother, new).values():
        for theirs in sources.values():
            pairs = _pairs(mine, theirs, alone=len(new) == 1 == len(theirs))
            if pairs:
                found |= pairs
                break
    return found


def _by(key: Callable[[Unborn], int], some: Iterable[Unborn]) -> dict[int, list[Unborn]]:
    groups: dict[int, list[Unborn]] = defaultdict(list)
    for one in some:
        groups[key(one)].append(one)
    return groups


def _pairs(mine: list[Unborn], theirs: list[Unborn], *, alone: bool) -> dict[int, int]:
    """Return who is who, or nothing where it is not sure."""
    mother = mine[0].mother
    said = [one for one in theirs if mother != NOT_SAID and one.mother == mother]
    others = said or (theirs if alone and _not_said(mine[0], theirs[0]) else [])
    if len(others) != len(mine) or len({one.person for one in others}) != len(others):
        return {}
    pairs = list(zip(_in_order(mine), _in_order(others), strict=True))
    if not all(_may_be(one, other, by_mother=bool(said)) for one, other in pairs):
        return {}
    return {one.mention: other.person for one, other in pairs}


def _not_said(one: Unborn, other: Unborn) -> bool:
    """Whether one of the two does not say whose child it is, so that nothing contradicts."""
    return NOT_SAID in (one.mother, other.mother)


def _in_order(some: list[Unborn]) -> list[Unborn]:
    return sorted(some, key=lambda one: (one.due or LATEST, one.position))


def _may_be(one: Unborn, other: Unborn, *, by_mother: bool) -> bool:
    near = one.due is not None and other.due is not None and abs(one.due - other.due) <= WINDOW
    if one.due is not None and other.due is not None and not near:
        return False
    here = one.incident is not None and one.incident == other.incident
    if by_mother:
        return here or near
    return here and (one.corrected or other.corrected)
