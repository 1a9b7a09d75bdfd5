"""The tests' database: the same embedded server (or DATABASE_URL), a database of its own."""

import base64
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings
from django.db import connection

from sightline.common import wall


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """Where static files are collected to; the server of static files warns when it is missing."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_read_twice_by_chance() -> None:
    """Which plain questions two people answer goes by ids, which differ from run to run."""
    settings.READ_TWICE = 0
    os.environ["SIGHTLINE_READ_TWICE"] = "0"  # for servers that tests start


@pytest.fixture(scope="session", autouse=True)
def tests_look_at_everything() -> None:
    """What a test looks up by itself is not behind the wall; requests that it makes are."""
    wall.at_the_terminal()


@pytest.fixture(scope="session", autouse=True)
def a_key_of_the_vault() -> None:
    """One of the tests' own; servers that tests start have that of their data folder."""
    settings.VAULT_KEYS = f"tests:{base64.urlsafe_b64encode(bytes(32)).decode()}"


def _data_folder() -> Path:
    """One folder a user and checkout, kept between runs: the server starts in a second."""
    return Path(tempfile.gettempdir()) / f"sightline-tests-{os.getuid()}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Make a database with its tables, and hand the tests the app role's connection to it."""
    from sightline.config import schema
    from tests import kept_world
    from tests.prepared import prepared

    name = f"sightline_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with django_db_blocker.unblock():
        found = prepared(_data_folder(), name)
        engine = connection.settings_dict["ENGINE"]
        app = dict(connection.settings_dict) | dj_database_url.parse(found.app, engine=engine)
        connection.settings_dict.update(app, CONN_MAX_AGE=0)
        with schema.as_owner(found.owner), connection.cursor() as cursor:
            # transaction=True tests empty the tables after themselves; the app role may not.
            cursor.execute("grant truncate on all tables in schema public to sightline_app")
        kept_world.build()
        yield
        connection.close()
        _drop(found.owner, name)


def _drop(owner_url: str, name: str) -> None:
    import psycopg
    from psycopg import sql

    # A test's server may still be connected as another role, which only a superuser can end.
    base = owner_url.rsplit("/", 1)[0].replace("//sightline_owner@", "//postgres@") + "/postgres"
    with psycopg.connect(base, autocommit=True) as admin:
        admin.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


@pytest.fixture
def world(db):
    """The cast of tests/world.py in an empty database."""
    from tests import kept_world

    return kept_world.put_back()
