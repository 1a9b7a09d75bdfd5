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
