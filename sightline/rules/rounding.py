"""Percentages as official tables print them."""

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int | Decimal, whole: int | Decimal, places: int = 1) -> Decimal | None:
    """`part` as a percentage of `whole`, rounded half up; None when there is no whole.

    Half up (2.25 is 2.3), as the published tables of this field round; Python's own round() would
    give 2.2. Numbers are exact, never float.
    """
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
