"""Processes started together on one machine: one of them brings the tables up to date."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command

from sightline.config import database, first_tables, schema
from tests.prepared import digest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
COMPARED = Path(__file__).with_name("tables_compared.txt")
TIMES = 2
PREPARE = """
import sys
from tests.crash import preload
from sightline.config import schema
print("ready", flush=True)
sys.stdin.readline()
schema.prepare(sys.argv[1])
"""


def start(found):
    """Start a process that waits for a word and then brings the tables up to date."""
    return subprocess.Popen(
        [sys.executable, "-c", PREPARE, found.owner],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "sightline.config.settings",
            "SIGHTLINE_APP_DATABASE": found.app,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ends(processes):
    """Say the word to all at once, and return how each ended."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("now\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=120)
    return [process.returncode for process in processes]


# What tells two databases apart, but for what they hold and the numbers of things.
SHAPE = """
    select 'column', table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public'
    union all select 'type', typname, typtype::text, null, null, null
    from pg_type where typnamespace = 'public'::regnamespace
    union all select 'index', tablename, indexname, indexdef, null, null
    from pg_indexes where schemaname = 'public'
    union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid),
        null, null from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid),
        tgenabled::text, null from pg_trigger where not tgisinternal
    union all select 'function', proname, pg_get_functiondef(oid), null, null, null
    from pg_proc where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
    union all select 'applied', app, name, null, null, null from django_migrations
"""


def shape(url):
    with psycopg.connect(url) as server:
        return Counter(server.execute(SHAPE).fetchall())


def test_the_tables_of_an_empty_database_are_those_that_django_makes(data, django_db_blocker):
    """Django needs a minute of processor for it, so the same files are compared once.

    The digest of what was compared last is kept beside this test; commit it when it changes.
    """
    these = digest(Path(first_tables.__file__), Path(__file__))
    if COMPARED.read_text().strip() == these:
        pytest.skip("these migrations, packages and this way have been compared")
    quick = database.connections(data, "quick").owner
    slow = database.connections(data, "slow").owner
    with django_db_blocker.unblock():
        schema.prepare(quick)
        with schema.as_owner(slow):
            call_command("migrate", verbosity=0, interactive=False)
            schema.grant()
    assert sum(shape(quick).values()) > 5000
    assert shape(quick) == shape(slow)
    COMPARED.write_text(f"{these}\n")


def test_an_empty_database_gets_its_tables_and_rights_once_at_a_time(data):
    found = database.connections(data, "prepared")
    assert ends([start(found) for _ in range(TIMES)]) == [0] * TIMES
