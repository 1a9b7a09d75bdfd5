"""What a killed server leaves behind: orphaned processes, and files with stale process ids."""

import contextlib
import os
import sys
from pathlib import Path


def server_processes(cluster: Path) -> set[int]:
    """Process ids of the PostgreSQL processes that work in this folder. Linux; elsewhere none.

    PostgreSQL's processes all have the cluster as their working directory.
    """
    if not sys.platform.startswith("linux"):
        return set()
    return {int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _works_in(entry, cluster)}


def postmaster(cluster: Path) -> int | None:
    """Process id of the running server of this folder, or None.

    The number in postmaster.pid counts only if that process really is a server of this folder:
    after a crash it may be nobody's, or another program's.
    """
    pid = _pid_in(cluster / "postmaster.pid")
    if pid is None:
        return None
    if sys.platform.startswith("linux"):
        return pid if _works_in(Path("/proc") / str(pid), cluster) else None
    return pid if _alive(pid) else None


def clear_stale(cluster: Path, socket_lock: Path) -> None:
    """Remove lock files that PostgreSQL itself would take for a running server's.

    It trusts any living process with the recorded number, and refuses an empty file. Call it
    only when the folder's server lock is free. A file with a dead process id stays: PostgreSQL
    handles it, with a check of its own for shared memory still in use.
    """
    for file in (cluster / "postmaster.pid", socket_lock):
        pid = _pid_in(file)
        if pid is None or (_alive(pid) and pid not in server_processes(cluster)):
            file.unlink(missing_ok=True)


def _works_in(process: Path, cluster: Path) -> bool:
    with contextlib.suppress(OSError):  # ended meanwhile, or another user's
        program = Path(os.readlink(process / "exe")).name
        return program.startswith("postgres") and os.readlink(process / "cwd") == str(cluster)
    return False


def _pid_in(file: Path) -> int | None:
    try:
        return abs(int(file.read_text(errors="replace").splitlines()[0]))
    except (OSError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
