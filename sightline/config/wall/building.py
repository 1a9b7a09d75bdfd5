"""Making the wall: the functions, then for each table its policies. Run as the owner, at each start
when anything of it has changed; what holds is told by a digest that stands in the database."""

import hashlib
from collections.abc import Iterator

from django.db import connection

from sightline.common.wall import Purpose
from sightline.config.postgres.roles import APP_ROLE
from sightline.config.wall.functions import functions
from sightline.config.wall.said import said
from sightline.config.wall.tables import CASES, FOLLOWED, LOGS, OPEN, READ_ONLY, STAFF, Wall

PURPOSE = "current_setting('sightline.purpose', true)"
READERS = frozenset({Purpose.READING, Purpose.FINDING})
WALLED = CASES | STAFF | LOGS
VIEWED = ("people_searchentry", "people_searchword")
UNKNOWN = Wall()  # a table of which nobody has said who sees it: no reader does


def build(tables: set[str]) -> None:
    """Put the wall around these tables, unless it stands as it should."""
    statements = list(functions())
    statements += [line for table in sorted(tables) for line in _table(table, tables)]
    statements += [line for table in VIEWED for line in _view(table)]
    links = CASES["people_link"]
    statements.append(said(_any_of(links.purposes | links.looked_at), _any_of(READERS)))
    statements.append(f'grant usage on schema wall to "{APP_ROLE}"')
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("select obj_description(to_regnamespace('wall'), 'pg_namespace')")
        if cursor.fetchone() == (digest,):
            return
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"comment on schema wall is '{digest}'")


def _table(table: str, tables: set[str]) -> Iterator[str]:
    """Yield the statements for one table. Doing it again is harmless."""
    for name in ("sees", "works", "adds"):
        yield f"drop policy if exists {name} on {table}"
    if table in OPEN:
        yield f"alter table {table} disable row level security"
        return
    wall = _wall(table, tables)
    yield f"alter table {table} enable row level security"
    yield f"create policy sees on {table} for select using ({_seen(wall)})"
    working = _any_of(wall.purposes)
    yield f"create policy works on {table} using ({working}) with check ({working})"
    if wall.added_by_all:
        yield f"create policy adds on {table} for insert with check ({PURPOSE} <> '')"


def _view(table: str) -> Iterator[str]:
    """Yield a view with the same wall: its owner's, so that every index is of use behind it."""
    yield f"drop view if exists wall.{table}"
    who = f"{_any_of(WALLED[table].purposes)} or {_seen(WALLED[table])}"
    yield f"create view wall.{table} as select * from {table} where {who}"  # noqa: S608
    yield f'grant select on wall.{table} to "{APP_ROLE}"'


def _wall(table: str, tables: set[str]) -> Wall:
    """Return the wall of a table; the history of a record is seen by whoever sees the record."""
    of = table.removesuffix("event")
    if table in WALLED or of == table or of not in tables:
        return WALLED.get(table, UNKNOWN)
    return Wall(_seen_of(of), looked_at=READ_ONLY, added_by_all=True)


def _seen_of(table: str) -> str:
    """Return the condition on the history of a table."""
    if table in OPEN:
        return "true"
    return f"wall.{table}(pgh_obj_id)" if table in FOLLOWED else "false"


def _seen(wall: Wall) -> str:
    """Purposes first: of them the planner knows the answer, and asks no function for each row."""
    who = _any_of(wall.looked_at) if wall.looked_at else "false"
    if wall.seen == "false":
        return who
    return f"{who} or ({_any_of(READERS)} and ({wall.seen}))"


def _any_of(purposes: frozenset[Purpose]) -> str:
    """A subquery, since it is asked once a statement then, and guessed to hold for half of them: of
    a setting the planner thinks that next to no row is seen, and looks tables up row by row."""
    names = ", ".join(f"'{purpose.value}'" for purpose in sorted(purposes))
    return f"(select {PURPOSE} in ({names}))"
