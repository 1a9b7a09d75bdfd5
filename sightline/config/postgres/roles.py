"""The two database roles: the owner, who migrates, and `sightline_app`, as whom web and worker act.

Row-level security is the second wall behind the permissions in Python. It holds only for a role
that owns no table and has neither SUPERUSER nor BYPASSRLS (PostgreSQL manual, "Row Security
Policies"); that is what this module makes, and what it checks.
"""

import contextlib
from dataclasses import dataclass

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import class_row

from sightline.config.postgres.problems import MissingRole, ServerTooOld, Unreachable, UnsafeRole

APP_ROLE = "sightline_app"
OLDEST = 16_00_00  # as PostgreSQL counts: version 16.0
CONNECT_SECONDS = 10

CREATE_APP_ROLE = (
    "CREATE ROLE {app} {login} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
)
# The owner may act as the app role (SET), but does not carry its rights about (INHERIT).
GRANT_APP_ROLE = "GRANT {app} TO {owner} WITH INHERIT FALSE, SET TRUE"

RIGHTS = """
SELECT me.rolname AS role, session_user AS login, me.rolsuper AS superuser,
       me.rolbypassrls AS bypasses_rls, me.rolcreatedb AS creates_databases,
       me.rolcreaterole AS creates_roles,
       EXISTS (SELECT FROM pg_shdepend d
               WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = me.oid
                 AND d.deptype = 'o') AS owns_something,
       ARRAY(SELECT other.rolname::text FROM pg_roles other
             WHERE other.oid <> me.oid AND pg_has_role(me.oid, other.oid, 'MEMBER')
               AND (other.rolsuper OR other.rolbypassrls
                    OR other.oid = (SELECT datdba FROM pg_database
                                    WHERE datname = current_database()))) AS may_become,
       EXISTS (SELECT FROM pg_roles app
               WHERE app.rolname = %s AND pg_has_role(me.oid, app.oid, 'USAGE'))
           AS reaches_app_role
FROM pg_roles me WHERE me.rolname = current_user
"""


@dataclass(frozen=True)
class Rights:
    """What the role behind a URL may do, as far as row-level security depends on it."""

    role: str
    login: str  # who signed in; another name than `role` when the rights were dropped on the way
    superuser: bool
    bypasses_rls: bool
    creates_databases: bool
    creates_roles: bool
    owns_something: bool
    may_become: list[str]  # stronger roles it is a member of
    reaches_app_role: bool  # is, or inherits from, sightline_app, whom the tables are granted to

    @property
    def problems(self) -> list[str]:
        """Why web and worker must not act as this role; empty when they may."""
        found = {
            "is a superuser": self.superuser,
            "may bypass row-level security": self.bypasses_rls,
            "may create databases": self.creates_databases,
            "may create roles": self.creates_roles,
            "owns something in the database": self.owns_something,
            f"is a member of {', '.join(self.may_become)}": bool(self.may_become),
            f'is no member of {APP_ROLE} (GRANT {APP_ROLE} TO "{self.role}")': (
                not self.reaches_app_role
            ),
        }
        return [problem for problem, is_so in found.items() if is_so]

    @property
    def one_login(self) -> bool:
        """The process signs in as somebody stronger and drops the rights: two logins are better."""
        return self.role != self.login


def require_supported(url: str) -> None:
    """Raise ServerTooOld when the server is older than PostgreSQL 16, Unreachable when silent."""
    with connect(url) as connection:
        found = connection.info.server_version
    if found < OLDEST:
        raise ServerTooOld(
            f"The database server is PostgreSQL {found // 10_000}; Sightline needs "
            f"{OLDEST // 10_000} or newer. Without DATABASE_URL it brings its own."
        )


def ensure_roles(owner_url: str, *, login: bool = False) -> None:
    """Create `sightline_app` if missing, and let the owner act as it. Safe to call at any time.

    `login`: the role signs in itself (the embedded server). Rights on tables are not given here.
    Raises MissingRole, with the SQL for the administrator, when the owner may not create roles.
    """
    with connect(owner_url) as connection:
        if _exists(connection):
            return
        try:
            with contextlib.suppress(errors.DuplicateObject, errors.UniqueViolation):
                _create(connection, login=login)  # suppressed: another process was faster
        except errors.InsufficientPrivilege as error:
            raise missing_role(connection.info.user) from error


def require_restricted(app_url: str) -> Rights:
    """The rights of the role that web and worker act as; UnsafeRole when they are too many."""
    found = rights(app_url)
    if found.problems:
        raise UnsafeRole(
            f"The web and worker processes would act as the database role {found.role}, which "
            f"{'; '.join(found.problems)}. Give DATABASE_URL a login of its own that is only a "
            f"member of {APP_ROLE}, and DATABASE_OWNER_URL the owner."
        )
    return found


def rights(url: str) -> Rights:
    """Look up what the role behind `url` may do (two logins or one, what `doctor` shows)."""
    with connect(url) as connection, connection.cursor(row_factory=class_row(Rights)) as cursor:
        found = cursor.execute(RIGHTS, [APP_ROLE]).fetchone()
    if found is None:
        raise Unreachable("The database does not know the role we are signed in as.")
    return found


def connect(url: str) -> psycopg.Connection:
    """A connection in autocommit. Raises Unreachable or MissingRole."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        if f'role "{APP_ROLE}"' in str(error):
            raise missing_role(str(conninfo_to_dict(url).get("user", "the login"))) from error
        raise Unreachable(f"The database server did not let us in: {error}") from error


def missing_role(owner: str) -> MissingRole:
    """The problem, with the SQL that an administrator runs once."""
    return MissingRole(
        f"The database role {APP_ROLE} is missing, or {owner} may not act as it, and {owner} may "
        "not change that. Ask an administrator of the server to run:\n"
        f"  {CREATE_APP_ROLE.format(app=APP_ROLE, login='NOLOGIN')};\n"
        f"  {GRANT_APP_ROLE.format(app=APP_ROLE, owner=_quoted(owner))};"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _exists(connection: psycopg.Connection) -> bool:
    query = "SELECT FROM pg_roles WHERE rolname = %s"
    return connection.execute(query, [APP_ROLE]).fetchone() is not None


def _create(connection: psycopg.Connection, *, login: bool) -> None:
    names = {
        "app": sql.Identifier(APP_ROLE),
        "owner": sql.Identifier(connection.info.user),
        "login": sql.SQL("LOGIN" if login else "NOLOGIN"),
    }
    with connection.transaction():
        connection.execute(sql.SQL(CREATE_APP_ROLE).format(**names))
        connection.execute(sql.SQL(GRANT_APP_ROLE).format(**names))
