"""Django's PostgreSQL, with every statement made for somebody (sightline/common/wall.py).

The settings that the policies go by hold for one transaction only (`set_config(..., true)`), so
that a connection which is used again, or shared by a pooler, carries nothing over. Outside of
transactions they travel in front of the statement itself: what is sent at once is one transaction.
"""

from functools import partial
from typing import Any

from django.db import NotSupportedError
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from psycopg import Cursor
from psycopg import sql as composing

from sightline.common.wall import NOTHING, Actor, actor

OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")  # may follow an error
# Left to itself, the server plans anew where a plan for few rows looks cheaper, and does not count
# what planning costs. For one transaction, and of prepared statements alone.
KEEP_PLANS = "select set_config('plan_cache_mode', 'force_generic_plan', true)"


class _ForSomebody(CursorWrapper):
    """Puts the settings in front of statements where they are not in force already."""

    def _execute(self, sql: Any, params: Any, *ignored: Any) -> Any:
        front = self.db.in_front()
        if not front or str(sql).startswith(OF_TRANSACTIONS):
            return super()._execute(sql, params)  # type: ignore[misc]
        if getattr(self.cursor, "name", None):  # a cursor of the server takes one statement
            with self.db.connection.transaction():
                self.db.connection.execute(front)
                found = super()._execute(sql, params)  # type: ignore[misc]
        else:
            found = super()._execute(self._together(front, sql), params)  # type: ignore[misc]
            self.cursor.nextset()
        self.db.keep_in_force()
        return found

    def _executemany(self, sql: Any, param_list: Any, *ignored: Any) -> Any:
        with self.db.wrap_database_errors, self.db.connection.transaction():
            self.db.connection.execute(self.db.in_front() or "select")
            return super()._executemany(sql, param_list)  # type: ignore[misc]

    def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        """Only within a transaction: the settings are sent before it."""
        if not self.db.in_atomic_block:
            raise NotSupportedError("copying has to be within a transaction")
        if front := self.db.in_front():
            self.db.connection.execute(front)
            self.db.keep_in_force()
        return self.cursor.copy(statement, *args, **kwargs)

    def rows(self, sql: str, params: Any) -> list[Any]:
        """Return the rows of what every notification asks or writes: its plan is kept.

        To plan one of these takes longer than to carry it out. It is a statement like others where
        something has to travel in front of it: outside of a transaction the settings, and what the
        history of changes notes beside a change.
        """
        if self.db.in_atomic_block:
            kept = partial(self._kept, sql)
            made = self._execute_with_wrappers(sql, params, many=False, executor=kept)
        else:
            self.execute(sql, params)
            made = self.cursor
        return list(made.fetchall()) if made.description else []

    def _kept(self, asked: str, sql: str, params: Any, *ignored: Any) -> Any:
        if sql != asked:
            return self._execute(sql, params)
        self.db.validate_no_broken_transaction()
        with self.db.wrap_database_errors:
            if front := self.db.before_what_is_kept():
                self.db.connection.execute(front)
            return Cursor(self.db.connection).execute(sql, params, prepare=True)

    def _together(self, front: str, sql: Any) -> Any:
        if isinstance(sql, composing.Composable):
            sql = sql.as_string(self.cursor)
        return front.encode() + sql if isinstance(sql, bytes) else front + sql


class _ForSomebodyCounted(_ForSomebody, CursorDebugWrapper):
    """The same where queries are counted."""

    def rows(self, sql: str, params: Any) -> list[Any]:
        if not self.db.in_atomic_block:
            return super().rows(sql, params)
        with self.debug_sql(sql, params):
            return super().rows(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    _in_force: Actor | None = None  # within the transaction that is open
    plans_are_kept = False  # within it too

    def in_front(self) -> str:
        """Return the statement that must come before the next one; empty when none need to."""
        wanted = self._wanted()
        if wanted is (self._in_force if self.in_atomic_block else None):
            return ""
        values = wanted.settings() if wanted else NOTHING
        calls = (f"set_config('{name}', '{value}', true)" for name, value in values.items())
        return f"select {', '.join(calls)}; "

    def before_what_is_kept(self) -> str:
        """Return the same for a statement whose plan is kept, as if it had been made already."""
        front = self.in_front()
        self.keep_in_force()
        if self.plans_are_kept:
            return front
        self.plans_are_kept = True
        return front + KEEP_PLANS

    def keep_in_force(self) -> None:
        """Remember what was set, for as long as the transaction lasts."""
        self._in_force = self._wanted() if self.in_atomic_block else None

    def _wanted(self) -> Actor | None:
        who = actor()
        return who and who.within(self.blocks)

    @property
    def blocks(self) -> int:
        """How many blocks of `transaction.atomic` are around us."""
        return len(self.savepoint_ids) + self.in_atomic_block

    def _forget(self) -> None:
        """What was set held for the transaction that has ended."""
        self._in_force, self.plans_are_kept = None, False

    def make_cursor(self, cursor: Any) -> Any:
        return _ForSomebody(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> Any:
        return _ForSomebodyCounted(cursor, self)

    def _commit(self) -> None:
        self._forget()
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self._forget()
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._forget()  # what was set since the savepoint is undone too
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def connect(self) -> None:
        self._forget()
        super().connect()
        self.connection.prepare_threshold = 0  # only where a plan is to be kept: see `rows`
