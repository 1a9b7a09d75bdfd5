"""Where the database is and as whom we speak to it. Needs no Django: settings are made from this.

Without DATABASE_URL the embedded server of the data folder is started or joined. Its two roles
sign in over a socket that only the server's user (and root) can reach, without passwords: whoever
runs Sightline on that machine can be either. There the wall of row-level security guards against
mistakes in our code, not against somebody who took over the process.

With DATABASE_URL, any PostgreSQL from 16 on. Best are two logins, so that web and worker never
hold the owner's password:

- DATABASE_URL: a login that owns nothing and is a member of `sightline_app`;
- DATABASE_OWNER_URL: the owner of the database, given to migrations only.

With DATABASE_URL alone its login drops its rights at once (`-c role=sightline_app`). That protects
from a forgotten filter, but a process taken over could take the rights back; `doctor` says so.
A pooler in front must pass the startup parameter `options` on, and know prepared statements.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from sightline.config.postgres import cluster, roles
from sightline.config.postgres.cluster import Status, status, stop
from sightline.config.postgres.folder import data_folder
from sightline.config.postgres.launch import SUPERUSER
from sightline.config.postgres.problems import DatabaseProblem, Unreachable
from sightline.config.postgres.roles import ensure_roles

__all__ = [
    "Connections",
    "DatabaseProblem",
    "Status",
    "connections",
    "data_folder",
    "ensure_roles",
    "keep_running",
    "status",
    "stop",
]

OWNER_ROLE = "sightline_owner"
TRIES = 3
DROP_RIGHTS = f"-c role={roles.APP_ROLE}"


@dataclass(frozen=True)
class Connections:
    """URLs (postgresql://...) of the two roles."""

    owner: str  # migrates; owns the tables
    app: str  # web and worker; owns nothing, cannot bypass row-level security
    embedded: bool


def connections(
    data: Path | None = None, name: str = "sightline", *, durable: bool = True
) -> Connections:
    """Reach the database, starting the embedded server if need be, with both roles in place.

    `data` (default: `data_folder()`) and `name` of the database count for the embedded server
    only, as does `durable` (False, for tests: faster, lost in a power cut).
    Raises a DatabaseProblem whose text is for the person at the terminal.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return _given(url, os.environ.get("DATABASE_OWNER_URL") or url)
    return _embedded(data or data_folder(), name, durable=durable)


def keep_running(data: Path | None = None) -> None:
    """Start the embedded server again if it was killed; with DATABASE_URL, nothing to do."""
    if not os.environ.get("DATABASE_URL"):
        cluster.start(data or data_folder())


def _given(url: str, owner: str) -> Connections:
    for given in (url, owner):
        _require_postgresql(given)
    roles.require_supported(owner)
    ensure_roles(owner)
    app = url if owner != url else _dropping_rights(url)
    roles.require_restricted(app)
    return Connections(owner=owner, app=app, embedded=False)


def _require_postgresql(url: str) -> None:
    """Refuse other databases and unreadable URLs, without repeating what may hold a password."""
    try:
        conninfo_to_dict(url)
        known = url.startswith(("postgresql://", "postgres://"))
    except psycopg.ProgrammingError:
        known = False
    if not known:
        raise Unreachable(
            "DATABASE_URL and DATABASE_OWNER_URL must be URLs that begin with postgresql://, "
            "special characters in them percent-encoded. Sightline runs on no other database."
        )


def _dropping_rights(url: str) -> str:
    """The same URL, whose connections act as `sightline_app` from the first statement on."""
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]  # left as written, but for options
    others = [pair for pair in pairs if not pair.startswith("options=")]
    given = [unquote(pair.removeprefix("options=")) for pair in pairs if pair not in others]
    options = quote(" ".join([*given, DROP_RIGHTS]), safe="")
    return urlunsplit(parts._replace(query="&".join([*others, f"options={options}"])))


def _embedded(data: Path, name: str, *, durable: bool) -> Connections:
    """Reach the embedded server; should it be killed meanwhile, start it again, a few times."""
    for _ in range(TRIES - 1):
        with contextlib.suppress(Unreachable, psycopg.OperationalError):
            return _set_up(data, name, durable=durable)
    try:
        return _set_up(data, name, durable=durable)
    except psycopg.OperationalError as error:
        raise Unreachable(f"The database in {data} went away meanwhile: {error}") from error


def _set_up(data: Path, name: str, *, durable: bool) -> Connections:
    socket = cluster.start(data, durable=durable)
    _ensure_database(_socket_url(SUPERUSER, socket, SUPERUSER), name)
    owner = _socket_url(OWNER_ROLE, socket, name)
    app = _socket_url(roles.APP_ROLE, socket, name)
    ensure_roles(owner, login=True)
    roles.require_restricted(app)
    return Connections(owner=owner, app=app, embedded=True)


def _socket_url(role: str, socket: Path, name: str) -> str:
    return f"postgresql://{role}@{quote(str(socket), safe='')}/{quote(name, safe='')}"


def _ensure_database(superuser_url: str, name: str) -> None:
    """The owner is no superuser here either, so that what works embedded works on a server."""
    owner = sql.Identifier(OWNER_ROLE)
    create_owner = "CREATE ROLE {} LOGIN CREATEDB CREATEROLE"
    create_database = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), owner)
    with roles.connect(superuser_url) as connection:
        if not _found(connection, "SELECT FROM pg_roles WHERE rolname = %s", OWNER_ROLE):
            with _tolerating_a_race():
                connection.execute(sql.SQL(create_owner).format(owner))
        if not _found(connection, "SELECT FROM pg_database WHERE datname = %s", name):
            with _tolerating_a_race():
                connection.execute(create_database)


def _found(connection: psycopg.Connection, query: str, value: str) -> bool:
    return connection.execute(query.encode(), [value]).fetchone() is not None


def _tolerating_a_race() -> contextlib.AbstractContextManager[None]:
    """Another process may create the same thing between our look and our statement."""
    return contextlib.suppress(
        errors.DuplicateObject, errors.DuplicateDatabase, errors.UniqueViolation
    )
