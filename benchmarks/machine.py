"""What every benchmark prints first, which machine and how busy it was, and where it works."""

import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path


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


def in_a_folder(main: Callable[[str], None]) -> None:
    """Run a benchmark in the folder after `--data`, or in one that is gone afterwards."""
    from sightline.config.database import stop

    if "--data" in sys.argv:
        main(sys.argv[sys.argv.index("--data") + 1])
        return
    with tempfile.TemporaryDirectory(prefix="sightline-bench-") as folder:
        main(folder)
        stop(Path(folder))
