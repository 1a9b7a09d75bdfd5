"""Writing many rows of one table in one statement, where every notification waits for it.

Django's `bulk_create` puts its statement together anew each time, which costs several times what
the database needs. This knows a table's statement by heart: the rows are one value, so that it is
the same for any number of them, and the server keeps its plan. It gives no field a default, calls
no `pre_save`, and opens no transaction of its own.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model

AT_ONCE = 1_000  # rows of one statement
M = TypeVar("M", bound=Model)


class _Table(NamedTuple):
    """A table as it is written: its statement, and the columns and values of a row."""

    statement: str
    returning: str
    columns: tuple[str, ...]
    values: Any


def numbers(found: Iterable[int]) -> str:
    """Return numbers as PostgreSQL writes an array of them: for a place such as %s::bigint[].

    psycopg takes as long to write a list as the server to answer by it.
    """
    return f"{{{','.join(map(str, found))}}}"


def create(made: Sequence[M], on_conflict: str = "") -> Sequence[M]:
    """Write new records of one model, and give them the keys that the database numbers them by.

    `on_conflict`: what follows these words of PostgreSQL, where a row may be there already; then
    no record is given a key. Returns what it was given.
    """
    for begin in range(0, len(made), AT_ONCE):
        _create(made[begin : begin + AT_ONCE], on_conflict)
    return made


def _create(made: Sequence[Model], on_conflict: str) -> None:
    table = _table(type(made[0]))
    ending = f" on conflict {on_conflict}" if on_conflict else table.returning
    rows = [dict(zip(table.columns, table.values(one), strict=True)) for one in made]
    with connection.cursor() as cursor:
        numbered = cursor.rows(table.statement + ending, [json.dumps(rows, default=str)])
    for one, (number,) in zip(made, numbered, strict=bool(numbered)):
        one.pk = number
        one._state.adding, one._state.db = False, connection.alias


@lru_cache(None)
def _table(model: type[Model]) -> _Table:
    """What Django knows of a table; its key is numbered by the database, or a value like others."""
    own = model._meta
    key = own.auto_field
    fields = [field for field in own.concrete_fields if field is not key]
    quoted = connection.ops.quote_name
    name, columns = quoted(own.db_table), ", ".join(quoted(str(f.column)) for f in fields)
    return _Table(
        statement=f"insert into {name} ({columns}) select {columns}"  # noqa: S608 - our own
        f" from jsonb_populate_recordset(null::{name}, %s)",
        returning=f" returning {quoted(str(key.column))}" if key else "",
        columns=tuple(str(field.column) for field in fields),
        values=attrgetter(*(field.attname for field in fields)),
    )
