"""What the figures of the queue "Who is this?" share."""

from decimal import ROUND_HALF_UP, Decimal

SIGHTLINE = "Sightline, the queue “Who is this?”"


def per_hour(timed: int, seconds: int | None) -> Decimal | None:
    """Return how many answers an hour of looking gives, or None where no time is known."""
    if not seconds:
        return None
    return (timed * 3600 / Decimal(seconds)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
