"""Tables of how many had one notification, how many had two, and so on."""

from collections.abc import Mapping

from sightline.insight.figures.base import Counted, Row


def by_size(counts: Mapping[int, int]) -> Counted:
    """Return a row for every size from one to the largest, those of nobody too, and the total.

    `counts`: size -> how many are of that size.
    """
    sizes = range(1, max(counts, default=0) + 1)
    rows: list[Row] = [(n, counts.get(n, 0), n * counts.get(n, 0)) for n in sizes]
    notifications = sum(n * many for n, many in counts.items())
    return Counted([*rows, ("total", sum(counts.values()), notifications)], notifications)


def by_nth(nths: Mapping[int, int]) -> Counted:
    """Return the same of how many were the first, the second and so on of somebody or somewhere.

    From the beginning of the record on, whoever has three has a first, a second and a third:
    without looking at each of them, those with exactly two are the seconds less the thirds.
    """
    return by_size({nth: many - nths.get(nth + 1, 0) for nth, many in nths.items()})
