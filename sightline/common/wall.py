"""For whom and what for the database is asked: what its policies on rows go by.

Nobody is set by themselves. A request acts for its user, a task or a command of the console for a
purpose with a name; outside of both the policies show nothing. What each purpose may read and
write stands in config/wall/tables.py, and why at all in docs/adr/0024-the-second-wall.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sightline.common.clock import now


class Purpose(StrEnum):
    """What the database is asked for."""

    READING = "reading"  # a page, by its user: what the disclosure ledger opens
    FINDING = "finding"  # the same, and that there was a case which has closed
    CHANGING = "changing"  # a command that a user gave, and which checks itself whether they may
    SIGNING_IN = "signing_in"  # who somebody is; nothing of any case
    LEAVING = "leaving"  # what is on its way out is searched for what is protected
    AUDITING = "auditing"  # who saw whom and whose record is restricted: by number, by its lead
    COUNTING = "counting"  # figures: tables are counted, nobody is shown
    CHECKING = "checking"  # whether something must be kept from somebody: read, and not shown
    SEALING = "sealing"  # the chain of digests over the logs
    WORKING = "working"  # the stages of a notification and what follows from the clock
    CONSOLE = "console"  # whoever runs the installation, at its terminal


SETTINGS = (
    "sightline.purpose", "sightline.user", "sightline.agency", "sightline.perms", "sightline.at",
)  # fmt: skip
# Within these a command that the user gives is one all the same.
BY_A_READER = frozenset({
    Purpose.READING, Purpose.FINDING, Purpose.AUDITING, Purpose.COUNTING, Purpose.CHECKING,
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class Actor:
    """For whom and what for: users' ids and rights, as config/wall/functions.py reads them."""

    purpose: Purpose
    user: int | None = None
    agency: int | None = None
    perms: frozenset[str] = frozenset()
    at: datetime | None = None  # None: whenever a statement is made
    outside: int | None = None  # blocks of transactions around a request; deeper is a command

    def within(self, blocks: int) -> "Actor":
        """Return for what a statement is made so many transactions deep.

        Commands are transactions and queries are not: that is how one is told from the other.
        """
        deeper = self.outside is not None and blocks > self.outside
        return self._commanding if deeper else self

    @cached_property
    def _commanding(self) -> "Actor":
        return replace(self, purpose=Purpose.CHANGING, outside=None)

    def settings(self) -> dict[str, str]:
        """Return the settings that the policies read, all of them plain: no quotes, no per cent."""
        values = (
            self.purpose.value, str(self.user or ""), str(self.agency or ""),
            ",".join(sorted(self.perms)), (self.at or now()).isoformat(),
        )  # fmt: skip
        return dict(zip(SETTINGS, values, strict=True))


NOTHING = dict.fromkeys(SETTINGS, "")
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)
_otherwise: list[Actor] = []


def actor() -> Actor | None:
    """Return for whom statements are made here and now."""
    return _acting.get() or next(iter(_otherwise), None)


def at_the_terminal() -> None:
    """Say that this process is somebody's at the terminal (or a test): it asks for everything where
    nobody else is set, in all its threads. Web and worker never do."""
    _otherwise[:] = [Actor(Purpose.CONSOLE)]


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Within this block the database is asked for `who`."""
    token = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(token)


def become(who: Actor) -> None:
    """From now on it is asked for `who`, until the block around us ends: a token let them in."""
    _acting.set(who)


@contextmanager
def acting_for(purpose: Purpose) -> Iterator[None]:
    """Within this block it is asked for another purpose, by whoever is asking."""
    before = actor() or Actor(purpose)
    kept = before.outside if purpose in BY_A_READER else None
    with acting(replace(before, purpose=purpose, outside=kept)):
        yield
