"""Who belongs in which generation, as ties tell; where they do not, adults above children."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from sightline.rules.families.derived import ABUSE
from sightline.rules.families.ties import Tie

DOWN = {"parent": 1, "step-parent": 1, "carer": 1, "aunt or uncle": 1, "grandparent": 2}
LEVEL = frozenset({"couple", "co-parent", "sibling", "half-sibling", "step-sibling", "cousin"})


def generations(
    people: Sequence[int], ties: Iterable[Tie], children: AbstractSet[int]
) -> dict[int, int]:
    """Return the row of each person, 0 the eldest, without gaps.

    Rows follow the ties of whoever comes first in `people`; of ties that contradict each other the
    nearest counts. Kinds that we do not know put nobody into a row.
    """
    steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    beside: dict[int, list[int]] = defaultdict(list)
    for tie in ties:
        if tie.bond in DOWN or tie.bond in LEVEL:
            steps[tie.a].append((tie.b, DOWN.get(tie.bond, 0)))
            steps[tie.b].append((tie.a, -DOWN.get(tie.bond, 0)))
        elif tie.bond == ABUSE:
            beside[tie.a].append(tie.b)
            beside[tie.b].append(tie.a)
    rows: dict[int, int] = {}
    for person in people:
        if person not in rows:
            rows[person] = _start(person, rows, beside[person], children)
            _follow(person, rows, steps)
    levels = {row: number for number, row in enumerate(sorted(set(rows.values())))}
    return {person: levels[rows[person]] for person in people}


def _start(
    person: int, rows: dict[int, int], beside: Sequence[int], children: AbstractSet[int]
) -> int:
    """Return a row for somebody whom no tie puts into one."""
    if person in children:
        return max((rows[p] for p in rows if p not in children), default=0) + 1
    with_them = [rows[p] for p in beside if p in rows and p not in children]
    above = [rows[p] - 1 for p in rows if p in children]
    return next(iter([*with_them, *sorted(above, reverse=True)]), 0)


def _follow(person: int, rows: dict[int, int], steps: dict[int, list[tuple[int, int]]]) -> None:
    waiting = [person]
    for one in waiting:  # grows on the way
        for other, step in steps[one]:
            if other not in rows:
                rows[other] = rows[one] + step
                waiting.append(other)
