"""How long a command takes and how much memory it and its children hold at once."""

import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

LOOK_EVERY = 0.05  # seconds


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds on the wall, and the peak of resident memory in MiB."""

    seconds: float
    peak_mib: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; raises CalledProcessError with what it wrote when it fails.

    Memory is that of the process and its children together, looked at twenty times a second.
    Pages that they share are counted for each.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        peak: list[int] = [0]
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        told, _ = process.communicate()
        watcher.join()
    seconds = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, told)
    return Run(seconds, peak[0] / 2**20)


def median(runs: Sequence[Run]) -> Run:
    """Return the median of the seconds, and the highest of the peaks."""
    return Run(statistics.median(r.seconds for r in runs), max(r.peak_mib for r in runs))


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _resident(process.pid))
        time.sleep(LOOK_EVERY)


def _resident(pid: int) -> int:
    try:
        parent = psutil.Process(pid)
        return sum(p.memory_info().rss for p in (parent, *parent.children(recursive=True)))
    except psutil.Error:  # it ended while we looked
        return 0
