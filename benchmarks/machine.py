"""What every benchmark prints first: which machine, which database, how busy it was."""

import os
import platform
import statistics
from collections.abc import Sequence


def header() -> str:
    """Return a line about this machine."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"load {load:.1f} at the start"
    )


def times(seconds: Sequence[float]) -> str:
    """Return the median and the 95th percentile of some times, in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"p50 {statistics.median(ordered) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
