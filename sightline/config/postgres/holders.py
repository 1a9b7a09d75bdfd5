"""Which processes use the embedded server: each holds a shared lock, and the last one knows it.

Callers hold the start lock of the data folder around `hold` and `release`, so that nobody can
come in between "I am the last" and the stop that follows.
"""

import contextlib
import fcntl
import os
from pathlib import Path

from sightline.config.postgres import locks

_held: dict[Path, int] = {}  # lock file -> our open descriptor


def hold(lock: Path) -> None:
    """Count this process among the users, until `release` or its end, `kill -9` included."""
    if lock not in _held:
        descriptor = locks.open_lock(lock)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _held[lock] = descriptor


def holds(lock: Path) -> bool:
    """Whether this process is counted among the users."""
    return lock in _held


def release(lock: Path) -> bool:
    """Count this process out. True when it was a user and no other process is one."""
    descriptor = _held.pop(lock, None)
    if descriptor is None:
        return False
    try:
        return locks.try_lock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _count_the_child_too() -> None:
    """A forked child (a web worker) shares its parent's lock; give it one of its own.

    Otherwise the child's exit would take the shared lock for itself and stop the server under
    its parent.
    """
    for lock, inherited in list(_held.items()):
        os.close(inherited)
        del _held[lock]
        with contextlib.suppress(OSError):  # the data folder is gone, and the server with it
            hold(lock)


os.register_at_fork(after_in_child=_count_the_child_too)
