"""The data folder: where it is, whose it is, and who may enter.

Started by a user, everything in it is the user's and closed to others (0700). Started by root, the
database server runs as a user without rights (PostgreSQL refuses root), who may pass through the
data folder (0710, the folder stays root's) to the folder of the database, and nowhere else.
"""

import logging
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import platformdirs

from sightline.config.postgres.problems import FolderProblem

SERVER_ACCOUNT = "sightline"
CLUSTER = "postgres"
ROOT_FOLDER = Path("/var/lib/sightline")
# pg_ctl hands paths to a shell in double quotes; these would not survive that.
UNUSABLE = set('"$`\\\n')

_log = logging.getLogger(__name__)


def data_folder(explicit: str | None = None) -> Path:
    """Where everything of this installation is kept; the folder itself need not exist yet.

    `explicit` (--data) wins over SIGHTLINE_DATA, which wins over the usual place of the system:
    /var/lib/sightline for root, the user's data folder otherwise.
    """
    named = explicit or os.environ.get("SIGHTLINE_DATA")
    if named:
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        return ROOT_FOLDER
    return platformdirs.user_data_path("sightline", appauthor=False)


def prepare(data: Path) -> pwd.struct_passwd | None:
    """Create the data folder, close it to others, and say as whom the database server runs.

    None means: as ourselves. Raises FolderProblem when the folder is not ours to use.
    """
    _refuse_unusable(data)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderProblem(
            f"Cannot create the data folder {data} ({error.strerror}). "
            "Name another with --data or SIGHTLINE_DATA."
        ) from error
    _refuse_shared(data)
    if os.geteuid() != 0:
        _refuse_others(data)
        data.chmod(0o700)
        return None
    account = _server_account(data)
    _close_but_for(data, account)
    return account


def _refuse_unusable(data: Path) -> None:
    if UNUSABLE & set(str(data)):
        raise FolderProblem(
            f"The data folder {data} has a quote, $ or \\ in its name: name another."
        )


def _refuse_shared(data: Path) -> None:
    if data.stat().st_mode & stat.S_IWOTH:
        raise FolderProblem(
            f"Everybody may write in {data}; case data cannot be kept there. "
            "Name a folder of its own with --data or SIGHTLINE_DATA."
        )


def _refuse_others(data: Path) -> None:
    for folder in (data, data / CLUSTER):
        if folder.exists() and folder.stat().st_uid != os.geteuid():
            raise FolderProblem(
                f"{folder} belongs to the user {_name_of(folder.stat().st_uid)}. Run as that user, "
                "or name another folder with --data or SIGHTLINE_DATA."
            )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _server_account(data: Path) -> pwd.struct_passwd:
    """For root: the owner of what is there already, or else our own account without rights."""
    for folder in (data / CLUSTER, data):
        if folder.exists() and (owner := folder.stat().st_uid) != 0:
            return _account_of(owner, folder)
    return _own_account()


def _account_of(owner: int, folder: Path) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(owner)
    except KeyError as error:
        raise FolderProblem(
            f"{folder} belongs to user number {owner}, whom this machine does not know. "
            f"Give it to somebody: chown -R {SERVER_ACCOUNT} {folder}"
        ) from error


def _own_account() -> pwd.struct_passwd:
    """The system user `sightline`, created when missing; two processes may try at once."""
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        said = _create_account()
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError as error:
        raise FolderProblem(
            "PostgreSQL does not run as root, and the user "
            f"'{SERVER_ACCOUNT}' could not be created ({said}). "
            "Create it (a system user without login), or start Sightline as another user."
        ) from error


def _create_account() -> str:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return "there is no useradd"
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = [program, *options, "--shell", "/usr/sbin/nologin", SERVER_ACCOUNT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return done.stderr.strip()


def _close_but_for(data: Path, account: pwd.struct_passwd) -> None:
    if data.stat().st_uid == account.pw_uid:
        data.chmod(0o700)
    else:
        os.chown(data, -1, account.pw_gid)
        data.chmod(0o710)
    for parent in reversed(data.parents):
        found = parent.stat()
        bit = _entering_bit(found, account)
        if not found.st_mode & bit:
            _log.warning("letting the user %s pass through %s", account.pw_name, parent)
            parent.chmod(stat.S_IMODE(found.st_mode) | bit)


def _entering_bit(folder: os.stat_result, account: pwd.struct_passwd) -> int:
    """Which permission lets the account pass: the first class that fits (path_resolution(7))."""
    if folder.st_uid == account.pw_uid:
        return stat.S_IXUSR
    if folder.st_gid in os.getgrouplist(account.pw_name, account.pw_gid):
        return stat.S_IXGRP
    return stat.S_IXOTH
