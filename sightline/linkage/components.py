"""Who hangs together: what edges connect, however long the chain."""

from collections.abc import Iterable


def components(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the component of every number that an edge names, called by its lowest number.

    An edge from a number to itself says that it is there.
    """
    above: dict[int, int] = {}
    for a, b in edges:
        low, high = sorted((_top(above, a), _top(above, b)))
        above[high] = low
    return {number: _top(above, number) for number in list(above)}


def _top(above: dict[int, int], number: int) -> int:
    """The lowest number found so far; the way there is halved, so that no chain grows long."""
    while (up := above.setdefault(number, number)) != number:
        above[number] = number = above[up]
    return number
