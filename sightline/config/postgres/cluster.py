"""The embedded server of a data folder: started by the first process, stopped by the last.

Three locks in the data folder, all freed by the kernel when their holders end, `kill -9` included:

- `postgres.start.lock`: held while starting, stopping, or deciding to; one process at a time.
- `postgres.users.lock`: shared by every process that uses the server. Who can take it alone at
  exit is the last, and stops the server.
- `postgres.server.lock`: inherited by the server and all its processes, so it is held exactly as
  long as one of them lives. A process id in a file may be stale or somebody else's by now; this
  lock may not.

Linux is what we test. macOS is best effort: left-over server processes are not found and ended.
"""

import atexit
import contextlib
import logging
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock
from psycopg import pq

from sightline.config import embedded
from sightline.config.postgres import folder, holders, locks
from sightline.config.postgres.launch import SUPERUSER, launch
from sightline.config.postgres.leftovers import postmaster, server_processes
from sightline.config.postgres.place import Place
from sightline.config.postgres.problems import FolderProblem, StartFailed, WrongVersion

PATIENCE = 60.0  # seconds for a start with recovery, or for a clean stop

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Status:
    """What `sightline doctor` says of the embedded server."""

    cluster: Path
    log: Path
    exists: bool
    running: bool
    pid: int | None
    folder_version: str | None  # major version that wrote the folder
    program_version: str  # full version of the programs we would run


def start(data: Path, *, durable: bool = True) -> Path:
    """Start the server of `data`, or join the one that runs, and give the folder of its socket.

    The process counts as a user of the server until it ends. `durable=False` (tests only) trades
    safety against a power cut for speed. Raises FolderProblem, WrongVersion or StartFailed.
    """
    data = data.resolve()
    account = folder.prepare(data)
    place = Place(data)
    with _start_lock(place, PATIENCE * 2):
        _require_our_version(place)
        if not _settle(place):
            launch(place, account, durable=durable, seconds=PATIENCE)
        holders.hold(place.users_lock)
    _leave_at_exit(data)
    return place.socket


def stop(data: Path) -> bool:
    """Stop the server cleanly, also when others use it; False when none was running."""
    place = Place(data.resolve())
    if not locks.is_held(place.server_lock):
        return False
    with _start_lock(place, PATIENCE):
        return _stop(place)


def leave(data: Path) -> None:
    """Stop using the server; the last process to leave stops it."""
    place = Place(data.resolve())
    if not holders.holds(place.users_lock):
        return
    with _start_lock(place, PATIENCE):
        if holders.release(place.users_lock):
            _stop(place)


def status(data: Path) -> Status:
    """Look, without starting or creating anything. Raises FolderProblem when we may not look."""
    place = Place(data.resolve())
    try:
        running = locks.is_held(place.server_lock)
        written_by = place.version
    except PermissionError as error:
        raise FolderProblem(f"{place.data} belongs to another user: {error}") from error
    return Status(
        cluster=place.cluster,
        log=place.log,
        exists=written_by is not None,
        running=running,
        pid=postmaster(place.cluster) if running else None,
        folder_version=written_by,
        program_version=embedded.version(),
    )


@contextlib.contextmanager
def _start_lock(place: Place, seconds: float) -> Iterator[None]:
    os.close(locks.open_lock(place.start_lock))  # ours, with the folder's owner
    lock = filelock.FileLock(place.start_lock, timeout=seconds, fallback_to_soft=False)
    try:
        with lock:
            yield
    except filelock.Timeout as error:
        raise StartFailed(
            f"Another process has been starting or stopping the database in {place.cluster} for "
            f"{seconds:.0f} seconds. If none is, look at {place.log}."
        ) from error


def _require_our_version(place: Place) -> None:
    found = place.version
    if found is None:
        if place.cluster.exists() and any(place.cluster.iterdir()):
            raise FolderProblem(f"{place.cluster} is not empty and holds no PostgreSQL database.")
        return
    if found != embedded.major():
        raise WrongVersion(
            f"The database in {place.cluster} was written by PostgreSQL {found}; this Sightline "
            f"runs PostgreSQL {embedded.version()}, which cannot read it. Nothing was changed. "
            f"Either dump it with the Sightline that wrote it (PostgreSQL {found}: pg_dump) and "
            "restore the dump into a new folder, or name another folder with --data."
        )


def _settle(place: Place) -> bool:
    """Wait until the server answers (True), or until nothing of an earlier one is left (False)."""
    deadline = time.monotonic() + PATIENCE
    while locks.is_held(place.server_lock):
        if _answers(place):
            return True
        if postmaster(place.cluster) is None:
            _end_orphans(place)
        if time.monotonic() > deadline:
            raise place.failure(f"the server did not answer within {PATIENCE:.0f} seconds")
        time.sleep(0.05)
    return False


def _answers(place: Place) -> bool:
    target = f"host='{place.socket}' connect_timeout=5 user={SUPERUSER} dbname={SUPERUSER}"
    return pq.PGconn.ping(target.encode()) == pq.Ping.OK


def _end_orphans(place: Place) -> None:
    """Processes of a killed server end by themselves, save one deep in a long query.

    SIGQUIT ends it without writing; recovery follows anyhow.
    """
    for pid in server_processes(place.cluster):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)


def _stop(place: Place) -> bool:
    """Fast shutdown (SIGINT): open transactions roll back, everything is written.

    Source: PostgreSQL manual, "Shutting Down the Server". We signal ourselves rather than call
    `pg_ctl stop`, which trusts the process id in the file unseen.
    """
    pid = postmaster(place.cluster) if locks.is_held(place.server_lock) else None
    if pid is None:
        return False
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    while locks.is_held(place.server_lock):
        if time.monotonic() > deadline:
            raise place.failure(f"the server did not stop within {PATIENCE:.0f} seconds")
        time.sleep(0.02)
    return True


_leaving: set[Path] = set()


def _leave_at_exit(data: Path) -> None:
    if data not in _leaving:
        _leaving.add(data)
        atexit.register(_leave_quietly, data)


def _leave_quietly(data: Path) -> None:
    """At exit there is nobody to raise to; a server left behind is joined by the next start."""
    try:
        leave(data)
    except (StartFailed, OSError) as error:
        _log.warning("left the database running: %s", error)
