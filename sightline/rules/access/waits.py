"""How long to wait after failed attempts: longer each time, but never for good.

A closed account would let a stranger shut a worker out on the night when a child needs them.
"""

from datetime import timedelta

from sightline.rules.access.rules_file import Waits

FORGOTTEN = timedelta(days=1)  # a day without a failure, and it begins anew
DOUBLINGS = 20  # a bound, so that no number grows without end


def wait_after(failures: int, waits: Waits) -> timedelta:
    """How long to wait after so many failures in a row, counted from the last."""
    beyond = failures - waits.free
    if beyond < 0:
        return timedelta(0)
    times: int = 2 ** min(beyond, DOUBLINGS)
    return min(waits.first * times, waits.longest)


def still_to_wait(failures: int, since: timedelta, waits: Waits) -> timedelta:
    """What is left of the wait when the last failure was `since` ago; never below nought."""
    return max(wait_after(failures, waits) - since, timedelta(0))
