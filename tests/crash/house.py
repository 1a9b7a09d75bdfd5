"""A Sightline whose processes are killed: its data folder, what runs in it, and what is in it."""

import contextlib
import multiprocessing
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import psycopg

from sightline.config import database
from sightline.config.postgres.launch import SUPERUSER
from tests.crash import roles

FORKS = multiprocessing.get_context("forkserver")
# pytest is the main module here, which every child imports again.
FORKS.set_forkserver_preload(["pytest", "tests.crash.preload", "tests.crash.roles"])

ALWAYS = {"web", "worker"}  # run until they are stopped, whatever they end with
NOBODY = 2**22 + 1  # no process has a number as high (proc(5), pid_max)
Role = tuple[Callable[..., object], tuple[object, ...]]


class House:
    """The processes of one Sightline by name, what to restart when it dies, and its database."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.found = database.connections(folder, name)
        self.superuser = self.found.owner.replace(database.OWNER_ROLE, SUPERUSER, 1)
        self.mail = folder / f"mail of {name}"
        self.log = folder / f"log of {name}"
        self.token = ""  # with which the police's machine may send
        self.roles: dict[str, Role] = {}
        self.running: dict[str, ForkServerProcess] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this house has in its environment."""
        return {
            "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
            "SIGHTLINE_APP_DATABASE": self.found.app,
            "SIGHTLINE_BASE_URL": "https://sightline.example",
            "SIGHTLINE_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "SIGHTLINE_EMAIL_FOLDER": str(self.mail),
            "SIGHTLINE_SECRET_KEY": "known to the crash tests only",
        }

    def add(self, name: str, role: Callable[..., object], *arguments: object) -> None:
        """Start a process that is to run until it has done its work and ends with 0."""
        self.roles[name] = (role, arguments)
        self._start(name)

    def _start(self, name: str) -> None:
        role, arguments = self.roles[name]
        process = FORKS.Process(target=roles.in_log, args=(self.log, role, *arguments), daemon=True)
        process.start()
        self.running[name] = process

    def look_after(self) -> None:
        """Start again what has died, as the supervisor of a machine does."""
        database.keep_running(self.folder)
        for name, process in list(self.running.items()):
            if process.exitcode == 0 and name not in ALWAYS:
                del self.running[name]
            elif process.exitcode is not None:
                _end_group(process, signal.SIGTERM)
                self._start(name)

    def kill(self, victim: str, chance: random.Random) -> bool:
        """Kill a process with -9. Returns False when there was none."""
        pid = chance.choice(self._processes(victim) or [NOBODY])
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:  # it had just ended by itself
            return False
        if victim in self.running and self.running[victim].pid == pid:
            self.running[victim].join()
        return True

    def _processes(self, victim: str) -> list[int]:
        """Return the processes of that name: the web server has workers, the database backends."""
        if victim == "postmaster":
            return [database.status(self.folder).pid or NOBODY]
        if victim == "backend":
            return [row[0] for row in self.rows(BACKENDS)]
        if victim not in self.running:
            return []
        return _with_children(self.running[victim].pid)

    def stop(self) -> None:
        """End every process of ours."""
        for process in self.running.values():
            process.kill()
            process.join()
            _end_group(process, signal.SIGKILL)

    def ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        """Have a process of its own do something and return what it returns."""
        with ProcessPoolExecutor(1, mp_context=FORKS) as pool:
            return pool.submit(question, *arguments).result(timeout=120)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the database itself, past every wall; when it was killed just now, ask again."""
        for _ in range(40):
            try:
                with psycopg.connect(self.superuser, autocommit=True) as connection:
                    return connection.execute(query.encode()).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.1)
                database.keep_running(self.folder)
        raise TimeoutError("the database does not come back")

    def one(self, query: str) -> Any:
        """Return the only value that a query finds."""
        [[value]] = self.rows(query)
        return value

    def mailed(self) -> Counter[str]:
        """Count the mails of every notice, and of every correction of one."""
        return Counter(name.decode() for mail in self.mails() for name in MESSAGE_ID.findall(mail))

    def mails(self) -> Iterator[bytes]:
        """Yield the files of mail, each of which may hold more than one."""
        for file in self.mail.iterdir() if self.mail.exists() else ():
            yield file.read_bytes()


def _with_children(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        children = ""
    return [pid, *map(int, children.split())]


def _end_group(process: ForkServerProcess, number: int) -> None:
    """End what a killed web server leaves behind, as the supervisor does."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


MESSAGE_ID = re.compile(rb"Message-ID: <notice-([\d-]+)@")
BACKENDS = """
    select pid from pg_stat_activity
    where backend_type = 'client backend' and usename = 'sightline_app'
"""
