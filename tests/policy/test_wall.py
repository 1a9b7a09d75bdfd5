"""The second wall: the database shows nothing that the ledger does not open to whoever asks."""

from dataclasses import replace

import pytest
from django.db import NotSupportedError, ProgrammingError, connection, transaction
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from procrastinate.contrib.django import app

from sightline.accounts.models import RecoveryCode
from sightline.audit.models import Read
from sightline.common.wall import Actor, Purpose, acting, acting_for
from sightline.config.wall.tables import CASES, LOGS, OPEN, STAFF
from sightline.meetings.models import Decision
from sightline.people.models import Findable, Incident, Link, Mention, Person, SearchWord
from sightline.people.search import said_of
from sightline.screening.models import Screening
from sightline.sharing.middleware import ForWhomMiddleware
from sightline.sharing.models import Item
from sightline.sharing.queries import visible_persons
from sightline.sharing.readers import reader
from sightline.vault.models import SafeAddress
from tests.policy.walk import models
from tests.world import IVY, NOAH, NOW, notification

PERSONAL = [Person, Mention, Link, Incident, Screening, Findable]
NOBODY = ("sightline.purpose", "sightline.user", "sightline.perms")


class Nobody(Actor):
    """As if nothing had been set."""

    def settings(self):
        return dict.fromkeys(super().settings(), "")


def _as(user):
    return acting(replace(reader(user), at=NOW, outside=None))


def _tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity from pg_class where relkind = 'r'"
            " and relnamespace = 'public'::regnamespace"
        )
        return dict(cursor.fetchall())


def _set(name="sightline.purpose"):
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [name])
        return cursor.fetchone()[0] or ""


@pytest.mark.django_db
def test_every_table_says_who_sees_its_rows_or_why_everybody_may():
    declared = {**CASES, **STAFF, **LOGS, **OPEN}
    tables = _tables()
    histories = {name for name in tables if name.removesuffix("event") in tables.keys() - {name}}
    assert not tables.keys() - declared.keys() - histories
    assert not declared.keys() - tables.keys()
    assert [name for name, walled in tables.items() if walled == (name in OPEN)] == []


def test_what_is_personal_is_open_only_where_it_is_of_colleagues():
    personal = {model._meta.db_table for model in models() if model.personal}
    assert personal & OPEN.keys() == {"access_user", "access_absence", "directory_keyadult"}


@pytest.mark.django_db
def test_nobody_set_is_nothing_seen_and_nothing_added(world):
    world.notify(notification())
    assert all(model.objects.exists() for model in PERSONAL)
    with acting(Nobody(Purpose.READING)):
        assert not any(model.objects.exists() for model in (*PERSONAL, Decision, SafeAddress, Read))
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Person.objects.create(created_at=world.now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "local", ["chair", "health", "keyadult1", "carelead", "police", "outsider"]
)
def test_an_unfiltered_query_returns_what_the_ledger_opens(world, local):
    world.notify(notification())
    world.notify(notification("NM-2", IVY, NOAH))
    restricted = world.person("Noah")
    restricted.restricted_at, restricted.restricted_by = NOW, world.user("ig")
    restricted.save()
    user, open_to = world.user(local), set()
    for item in Item:
        open_to |= set(visible_persons(user, NOW, item).values_list("pk", flat=True))
    written = set(Link.objects.filter(person__in=open_to).values_list("mention", flat=True))
    of_them = set(Mention.objects.filter(pk__in=written).values_list("source__incident", flat=True))
    everybody = list(Person.objects.values_list("pk", flat=True))
    with _as(user):
        assert set(Person.objects.values_list("pk", flat=True)) == open_to
        assert set(Findable.objects.values_list("pk", flat=True)) == open_to
        assert set(Link.objects.values_list("person", flat=True)) == open_to
        assert set(Mention.objects.values_list("pk", flat=True)) == written
        assert set(Screening.objects.values_list("mention", flat=True)) <= written
        assert set(Incident.objects.values_list("pk", flat=True)) == of_them
        assert said_of(everybody).keys() == open_to
        assert not SearchWord.objects.exists()
        assert not SafeAddress.objects.exists()


@pytest.mark.django_db
def test_secrets_of_others_are_not_seen(world):
    for local in ("chair", "health"):
        RecoveryCode.objects.create(
            user=world.user(local), digest=local, made_at=NOW, made_by=world.user(local)
        )
    with _as(world.user("health")):
        assert [code.digest for code in RecoveryCode.objects.all()] == ["health"]
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from django_session")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_within_a_transaction_of_a_page_it_is_a_command(world):
    with acting(replace(reader(world.user("health")), at=NOW)):
        assert _set() == "reading"
        with transaction.atomic():
            assert _set() == "changing"
        assert _set() == "reading"
        with acting_for(Purpose.CHECKING):
            assert (_set(), _set("sightline.user")) == ("checking", str(world.user("health").pk))


@pytest.mark.django_db
def test_who_only_reads_cannot_write(world):
    world.notify(notification())
    before = Person.objects.values_list("surname", flat=True).order_by("pk")
    for purpose in (Purpose.COUNTING, Purpose.CHECKING, Purpose.AUDITING, Purpose.SEALING):
        with acting(Actor(purpose)):
            assert Person.objects.update(surname="Other") == 0
    assert "Other" not in before


@pytest.mark.django_db
def test_what_a_savepoint_undid_is_set_anew(world):
    with acting(Actor(Purpose.COUNTING)):
        with transaction.atomic():
            assert _set() == "counting"
            transaction.set_rollback(True)
        assert _set() == "counting"
        wrong = pytest.raises(ProgrammingError, match="no_such_table")
        with wrong, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select from no_such_table")
        assert _set() == "counting"


@pytest.mark.django_db(transaction=True)
def test_outside_of_transactions_it_travels_with_the_statement_and_nothing_stays():
    with acting(Actor(Purpose.COUNTING, user=7)):
        assert (_set(), _set("sightline.user")) == ("counting", "7")
        assert [one.pk for one in Person.objects.iterator()] == []
    raw = connection.connection.execute
    assert [raw(f"select current_setting('{name}', true)").fetchone()[0] for name in NOBODY] == [
        "", "", "",
    ]  # fmt: skip
    with pytest.raises(NotSupportedError), connection.cursor() as cursor:
        cursor.copy("copy people_person to stdout")


@pytest.mark.django_db
def test_what_streams_is_read_for_the_same_user(world):
    request = RequestFactory().get("/")
    request.user = world.user("health")
    chunks = (_set("sightline.user").encode() for _ in range(2))
    answer = ForWhomMiddleware(lambda request: StreamingHttpResponse(chunks))(request)
    assert [int(chunk) for chunk in answer] == [request.user.pk] * 2
    assert _set("sightline.user") == ""


def test_every_task_acts_for_a_purpose():
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("builtin")}
    assert [name for name, task in ours.items() if not hasattr(task.func, "__wrapped__")] == []
