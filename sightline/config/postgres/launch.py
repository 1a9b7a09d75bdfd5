"""Start the server of a data folder, and make its cluster when there is none.

Callers hold the start lock, and know that no server of the folder runs.
"""

import contextlib
import os
import pwd
import shlex
import shutil

from sightline.config import embedded
from sightline.config.postgres import locks
from sightline.config.postgres.leftovers import clear_stale
from sightline.config.postgres.place import SOCKET_NAME, Place
from sightline.config.postgres.problems import FolderProblem

SUPERUSER = "postgres"
CREATION = 120.0  # seconds for initdb; it takes one, a slow disk far more
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "random_page_cost": "1.1",  # data folders lie on solid state disks
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Errors of single statements hold people's data in their text, details and parameters: the
    # application reports those itself. The log keeps starts, stops, crashes and refusals.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}
# Tests undo what they write: whoever counts rows between two of them finds tables empty, and the
# planner then takes hundreds of rows for one.
FORGETFUL = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
}  # fmt: skip


def launch(
    place: Place, account: pwd.struct_passwd | None, *, durable: bool, seconds: float
) -> None:
    """Start the server and wait until it answers, recovery included.

    Every program inherits the server lock: one that outlives a killed starter keeps the next
    start waiting until it is done. Raises StartFailed, with the last lines of the log.
    """
    try:
        programs = embedded.programs(account, place.data)
        with locks.exclusive(place.server_lock) as inherited:
            if place.version is None:
                _create(place, programs, inherited, durable=durable)
            _make_socket_folder(place, account)
            clear_stale(place.cluster, place.socket / f"{SOCKET_NAME}.lock")
            programs.run(
                "pg_ctl", "start", "--pgdata", str(place.cluster), "--log", str(place.log),
                "--options", _options(place, durable=durable),
                "--wait", "--timeout", f"{seconds:.0f}",
                seconds=seconds + 10, keep=(inherited,),
            )  # fmt: skip
    except embedded.ProgramError as error:
        raise place.failure(str(error)) from error


def _options(place: Place, *, durable: bool) -> str:
    chosen = SETTINGS | {"unix_socket_directories": str(place.socket)}
    if not durable:
        chosen |= FORGETFUL
    return shlex.join(word for name, value in chosen.items() for word in ("-c", f"{name}={value}"))


def _create(place: Place, programs: embedded.Programs, inherited: int, *, durable: bool) -> None:
    """Make a new cluster beside its place and move it there whole: killed half way, none is there.

    The locale is PostgreSQL's own, not the machine's: an update of the machine's C library must
    not silently change the order of texts under existing indexes.
    """
    unfinished = place.cluster.with_name(f"{place.cluster.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if programs.account:
        os.chown(unfinished, programs.account.pw_uid, programs.account.pw_gid)
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    sync = [] if durable else ["--no-sync"]
    programs.run(
        "initdb", f"--pgdata={unfinished}", f"--username={SUPERUSER}", "--auth=trust",
        "--encoding=UTF8", *locale, *sync, seconds=CREATION, keep=(inherited,),
    )  # fmt: skip
    unfinished.rename(place.cluster)


def _make_socket_folder(place: Place, account: pwd.struct_passwd | None) -> None:
    if place.socket == place.cluster:
        return
    owner = account.pw_uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        place.socket.mkdir(mode=0o700)
        if account:
            os.chown(place.socket, account.pw_uid, account.pw_gid)
    found = place.socket.lstat()
    if found.st_uid != owner or found.st_mode & 0o170777 != 0o040700:
        raise FolderProblem(
            f"{place.socket} is not a folder of our own: remove it, or name a data folder with a "
            "shorter path."
        )
