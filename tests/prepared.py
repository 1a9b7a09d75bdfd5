"""A test's database with its tables made. Making them takes seconds; copying, none.

The embedded server keeps, beside the databases of runs, one in which every migration of this
checkout has been applied. Each run copies it. Another set of migrations is another template.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from sightline.config import database, schema

ROOT = Path(__file__).parent.parent / "sightline"
COPYING = 7_204_003  # advisory lock: a template is made, copied and cleared away by one at a time
KEPT = 4  # templates: this checkout's, another's, and those before the last migration


def prepared(folder: Path, name: str) -> database.Connections:
    """Make the database `name` with all tables and rights, and return how to reach it.

    With DATABASE_URL it is the database given there, brought up to date.
    """
    hall = database.connections(folder, name="sightline_tests", durable=False)
    if not hall.embedded:
        schema.prepare(hall.owner)
        return hall
    template = f"prepared_{digest()}"
    with _alone(hall) as server:
        _clear_away(server, but=template)
        if template not in _templates(server):
            _make(folder, server, template)
        _run(server, "create database {} template {}", name, template)
    found = database.connections(folder, name=name, durable=False)
    with schema.as_owner(found.owner):
        schema.grant()  # the wall may have changed since, without a migration
    return found


def digest(*besides: Path) -> str:
    """Return what tells one set of migrations and rights from another, `besides` included."""
    files = [*ROOT.glob("*/migrations/*.py"), ROOT / "config" / "schema.py", *besides]
    files.append(ROOT.parent / "requirements" / "base.txt")  # packages bring migrations too
    written = b"".join(path.read_bytes() for path in sorted(files))
    return hashlib.sha256(written).hexdigest()[:16]


@contextmanager
def _alone(hall: database.Connections) -> Iterator[psycopg.Connection]:
    with psycopg.connect(hall.owner, autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [COPYING])
        yield server


def _make(folder: Path, server: psycopg.Connection, template: str) -> None:
    """Make it under another name first: one that was left half way is made anew."""
    half = f"half_{template}"
    _run(server, "drop database if exists {}", half)
    schema.prepare(database.connections(folder, name=half, durable=False).owner)
    _run(server, "alter database {} rename to {}", half, template)


def _templates(server: psycopg.Connection) -> list[str]:
    """Return the names of the templates, newest first."""
    rows = server.execute(
        "select datname from pg_database where datname like 'prepared_%' order by oid desc"
    )
    return [name for (name,) in rows]


def _clear_away(server: psycopg.Connection, *, but: str) -> None:
    old = [name for name in _templates(server) if name != but]
    for name in old[KEPT - 1 :]:
        _run(server, "drop database {}", name)


def _run(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
