"""Keep the processes of one machine running: start them, restart what dies, stop them together.

For one machine without a process manager (`sightline serve`, the demo). A partnership with systemd
or containers runs web and worker under those instead.

A child that dies is started again, after a pause that doubles with each quick death. On SIGTERM or
SIGINT every child gets the same signal and time to finish (when the terminal closes, SIGTERM); a
second signal, or the end of that time, kills what is left. When this process itself is killed with
-9, Linux sends the children SIGTERM (prctl(2), PR_SET_PDEATHSIG); on other systems they live on
(best effort).
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

LOOK_SECONDS = 0.1  # how soon a death or a signal is noticed
TEND_SECONDS = 5.0
GRACE_SECONDS = 20.0  # for requests and tasks under way to finish
UP_SECONDS = 10.0  # alive this long: it works, and a later death is an accident
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
TRIES = 5  # a child that never came up and ends with an error this often will not come up

STOPPING = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
_log = logging.getLogger(__name__)


class Child:
    """One command, and what became of it so far."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str]) -> None:
        self.name, self.command, self.env = name, command, env
        self.quick_deaths = 0
        self.was_up = False
        self.next_start = 0.0
        self.start()

    def start(self) -> None:
        """Start in a session of its own, so that Ctrl-C at the terminal reaches us alone."""
        parent = os.getpid()
        self.started = time.monotonic()
        self.running = True
        self.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            self.command,
            env=dict(self.env),
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),
        )

    def look(self, now: float) -> None:
        """Notice a death and plan the next start, or carry out the planned one."""
        if not self.running:
            if now >= self.next_start:
                self.start()
            return
        self.was_up = self.was_up or now - self.started >= UP_SECONDS
        if self.process.poll() is not None:
            self._plan(now)

    def _plan(self, now: float) -> None:
        self.running = False
        self.end_group()
        quick = now - self.started < UP_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        pause = min(FIRST_PAUSE * 2 ** max(self.quick_deaths - 1, 0), LONGEST_PAUSE)
        self.next_start = now + pause
        _log.warning(
            "%s ended (%s); starting it again in %.1f s", self.name, self.process.returncode, pause
        )

    def end_group(self) -> None:
        """End what the dead child started: a killed web server leaves its workers on the port."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)

    @property
    def hopeless(self) -> bool:
        """It was never up, and fails by itself (not killed) again and again."""
        failed = not self.running and self.process.returncode > 0
        return failed and not self.was_up and self.quick_deaths >= TRIES

    def signal(self, number: int) -> None:
        """Send a signal to the child; to its whole group when it is SIGKILL."""
        if self.running and self.process.poll() is None:
            with suppress(ProcessLookupError):
                if number == signal.SIGKILL:
                    os.killpg(self.process.pid, number)
                else:
                    self.process.send_signal(number)


def run(
    commands: Mapping[str, list[str]],
    env: Mapping[str, str],
    on_ready: Callable[[], None],
    tend: Callable[[], None] | None = None,
) -> int:
    """Run `commands` (name -> command line) until told to stop, and give the exit code.

    `on_ready` is called once all are started; `tend` every few seconds (it looks after what the
    children need, the database); both run in the main thread, from which `run` must be called.
    0: stopped by SIGTERM or SIGINT. 1: some had to be killed. Otherwise the exit code of a child
    that failed TRIES times and never came up; the others are stopped then.
    """
    with _signals_noted() as noted:
        children: list[Child] = []
        try:
            for name, command in commands.items():
                children.append(Child(name, command, env))
            on_ready()
            failed = _watch(children, noted, tend)
        except BaseException:
            _stop(children, signal.SIGTERM, noted)
            raise
        clean = _stop(children, noted[0] if noted else signal.SIGTERM, noted)
    if failed:
        _log.error("%s does not start (exit code %d)", failed.name, failed.process.returncode)
        return failed.process.returncode
    return 0 if clean else 1


def _watch(
    children: list[Child], noted: list[int], tend: Callable[[], None] | None
) -> Child | None:
    """Until a signal comes (None), or a child proves hopeless (that child)."""
    tended = time.monotonic()
    while not noted:
        now = time.monotonic()
        if tend and now - tended >= TEND_SECONDS:
            _tend(tend)
            tended = time.monotonic()
        for child in children:
            child.look(now)
            if child.hopeless:
                return child
        time.sleep(LOOK_SECONDS)
    return None


def _tend(tend: Callable[[], None]) -> None:
    """Whatever goes wrong there must not take the children down; it is tried again soon."""
    try:
        tend()
    except Exception as error:
        _log.error("could not look after the database: %s", error)


def _stop(children: list[Child], number: int, noted: list[int]) -> bool:
    """Pass the signal on, wait, and kill what is left; True when nothing had to be killed."""
    heard = len(noted)
    running = [child for child in children if child.running]
    for child in running:
        child.signal(number)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(child.process.poll() is None for child in running):
        if time.monotonic() > deadline or len(noted) > heard:
            break
        time.sleep(LOOK_SECONDS)
    left = [child for child in running if child.process.poll() is None]
    for child in left:
        child.signal(signal.SIGKILL)
        child.process.wait()
    for child in running:
        child.end_group()
    return not left


@contextmanager
def _signals_noted() -> Iterator[list[int]]:
    """What tells us to stop is noted in the list instead; the old handlers come back."""
    noted: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        noted.append(signal.SIGTERM if number == signal.SIGHUP else number)

    ignored = {number for number in STOPPING if signal.getsignal(number) is signal.SIG_IGN}
    before = {number: signal.signal(number, note) for number in STOPPING - ignored}  # nohup(1)
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _die_with(parent: int) -> None:
    """In the child, before its program: ask for SIGTERM at the parent's death, however it dies."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)
