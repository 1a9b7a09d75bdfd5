"""Exact arithmetic on counts: rounding as printed, sharing out, thinning, and nearest rows.

Everything is in integers, so that a figure is equal or it is not. A share is in tenths of a
per cent, rounded half up, as the source rounds.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product


def tenths(count: int, of: int) -> int:
    """`count` as tenths of a per cent of `of`, rounded half up: 195 of 2,915 is 67 (6.7%)."""
    return (2000 * count + of) // (2 * of)


def apportion(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """Share `total` out in proportion to `weights`, by largest remainder; ties go to the first.

    A total that equals the sum of the weights gives the weights back.
    """
    whole = sum(weights.values())
    shares = {key: weight * total // whole for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(weights[key] * total % whole))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def thin(counts: Mapping[int, int], fraction: Fraction) -> dict[int, int]:
    """Keep `fraction` of the things counted in `counts` (size -> how many), evenly by rank.

    The things are laid in order of size, largest first, and every (1/fraction)-th is kept, so
    the few large ones keep their place at the top. A fraction of 1 keeps all.
    """
    sizes = [size for size in sorted(counts, reverse=True) for _ in range(counts[size])]
    thinned = dict.fromkeys(counts, 0)
    for place in range(int(len(sizes) * fraction)):
        thinned[sizes[int((place + Fraction(1, 2)) / fraction)]] += 1
    return thinned


def nearest_counts(wanted: tuple[int, ...], sizes: Iterable[int]) -> tuple[int, ...]:
    """Whole counts whose rounded shares come nearest to `wanted`, out of the given sample sizes.

    Nearest: the smallest largest difference of a cell, then the smallest total difference, then
    the smallest difference relative to the cell, then the largest sample. Search stops at the
    first (largest) sample whose shares are equal to `wanted`.
    """
    best: tuple[tuple[float, ...], tuple[int, ...]] | None = None
    for size in sorted(sizes, reverse=True):
        for counts in _near(wanted, size):
            judged = (_distance(wanted, counts), counts)
            if best is None or judged < best:
                best = judged
        if best is not None and best[0][0] == 0:
            break
    if best is None:
        raise ValueError("no sample size to choose from")
    return best[1]


def _near(wanted: tuple[int, ...], size: int) -> list[tuple[int, ...]]:
    """Counts adding up to `size`, each cell but the last within two of its exact share."""
    around = [
        [base + step for step in (-1, 0, 1, 2) if base + step >= 0]
        for base in (cell * size // 1000 for cell in wanted[:-1])
    ]
    return [(*cells, size - sum(cells)) for cells in product(*around) if sum(cells) <= size]


def _distance(wanted: tuple[int, ...], counts: tuple[int, ...]) -> tuple[float, ...]:
    size = sum(counts)
    off = [abs(tenths(count, size) - cell) for count, cell in zip(counts, wanted, strict=True)]
    relative = sum(Fraction(miss, cell) for miss, cell in zip(off, wanted, strict=True) if cell)
    return (max(off), sum(off), float(relative), -size)
