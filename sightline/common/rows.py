"""Writing many rows of one table in one statement, where every notification waits for it.

Django's `bulk_create` puts its statement together anew each time, which costs several times what
the database needs. This knows a table's statement by heart. It gives no field a default, calls no
`pre_save`, and opens no transaction of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, Model

AT_ONCE = 1_000  # rows of one statement
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Table:
    """A table as it is written: the statement up to its values, one row's place, and its fields."""

    begin: str
    row: str
    end: str
    fields: tuple[Any, ...]


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
    ending = f" on conflict {on_conflict}" if on_conflict else table.end
    statement = table.begin + ", ".join([table.row] * len(made)) + ending
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for one in made for value in _values(one, table)])
        numbered = cursor.fetchall() if ending and not on_conflict else []
    for one, (number,) in zip(made, numbered, strict=bool(numbered)):
        one.pk = number
        one._state.adding, one._state.db = False, connection.alias


def _values(one: Model, table: _Table) -> list[Any]:
    return [f.get_db_prep_save(getattr(one, f.attname), connection) for f in table.fields]


@lru_cache(None)
def _table(model: type[Model]) -> _Table:
    """What Django knows of a table; its key is numbered by the database, or a value like others."""
    own = model._meta
    key = own.auto_field
    fields = tuple(field for field in own.concrete_fields if field is not key)
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    return _Table(
        begin=f"insert into {quoted(own.db_table)} ({columns}) values ",  # noqa: S608 - our own
        row=f"({', '.join(_place(field) for field in fields)})",
        end=f" returning {quoted(str(key.column))}" if key else "",
        fields=fields,
    )


def _place(field: "Field[Any, Any]") -> str:
    """An empty array has no type of its own."""
    return f"%s::{field.db_type(connection)}" if isinstance(field, ArrayField) else "%s"
