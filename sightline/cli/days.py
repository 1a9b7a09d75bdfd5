"""Days as they are written at the terminal."""

import argparse
from datetime import date


def a_day(written: str) -> date:
    """Read 2011-03-31; argparse says what is wrong with anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{written!r} is not a day written as 2011-03-31"
        ) from None
