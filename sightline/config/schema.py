"""Bringing the tables up to date as their owner, giving the app role what it needs and no more, and
putting the wall of policies around rows (config/wall)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import dj_database_url
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from sightline.config.first_tables import one_class_a_step
from sightline.config.postgres.roles import APP_ROLE
from sightline.config.wall.building import build

# The app role may add to these and read them; nobody may change or remove what they hold.
APPEND_ONLY = ("audit_event", "audit_read", "audit_search", "audit_seal", "people_mention")
NEVER_REMOVED = ("intake_notification", "people_person", "people_link", "people_source")

PREPARING = 7_204_002  # advisory lock: tables made, and rights given, by two at once are errors


@contextmanager
def as_owner(owner_url: str) -> Iterator[None]:
    """Within this block Django's connection is the owner's; afterwards it is the app's again."""
    app = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(dj_database_url.parse(owner_url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(app)


def is_current() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def prepare(owner_url: str) -> None:
    """Migrate and grant, if anything is left to do. Of processes started together, one by one."""
    with as_owner(owner_url):
        _one_at_a_time()
        if not is_current():
            with nullcontext() if MigrationRecorder(connection).has_table() else one_class_a_step():
                call_command("migrate", verbosity=0, interactive=False)
        grant()


def _one_at_a_time() -> None:
    """Wait for whoever prepares now; the end of our connection lets the next one in."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [PREPARING])


def grant() -> None:
    """Give the app role its rights on all tables. Run as the owner; doing it again is harmless."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()}
        for statement in _statements(tables):
            cursor.execute(statement)
    build(tables)


def _statements(tables: set[str]) -> Iterator[sql.Composed]:
    app = sql.Identifier(APP_ROLE)
    yield sql.SQL("grant usage on schema public to {}").format(app)
    yield sql.SQL(
        "grant select, insert, update, delete on all tables in schema public to {}"
    ).format(app)
    yield sql.SQL("grant usage, select on all sequences in schema public to {}").format(app)
    history = {table for table in tables if _is_history(table, tables)}
    for table in sorted(history | {*APPEND_ONLY}):
        yield _revoke("update, delete", table)
    for table in NEVER_REMOVED:
        yield _revoke("delete", table)
    yield _revoke("insert, update, delete", "django_migrations")


def _is_history(table: str, tables: set[str]) -> bool:
    """`meetings_decisionevent` is the history of `meetings_decision`."""
    return table.endswith("event") and table.removesuffix("event") in tables


def _revoke(rights: str, table: str) -> sql.Composed:
    return sql.SQL("revoke {} on {} from {}").format(
        sql.SQL(rights), sql.Identifier(table), sql.Identifier(APP_ROLE)
    )
