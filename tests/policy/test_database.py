"""The role of web and worker, and the state of the migrations."""

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from sightline.people.models import Mention
from tests.world import notification

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_web_and_worker_own_nothing_and_cannot_bypass_row_level_security():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls, rolcreaterole from pg_roles"
            " where rolname = current_user"
        )
        assert cursor.fetchone() == ("sightline_app", False, False, False)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set by = 'x'", "delete from audit_read", "delete from audit_search",
        "update people_mention set surname = 'x'", "delete from people_mention",
        "delete from intake_notification", "delete from people_link",
        "update meetings_decisionevent set rationale = 'x'",
        "insert into django_migrations (app, name, applied) values ('x', 'x', now())",
        "create table mine (x int)", "drop table people_person",
    ],
)  # fmt: skip
def test_what_must_stay_cannot_be_changed(statement):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_raw_body_is_never_changed(world):
    kept = world.notify(notification())
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        type(kept.notification).objects.filter(pk=kept.notification.pk).update(raw=b"other")


def test_a_mention_is_never_edited(world):
    world.notify(notification())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Mention.objects.update(surname="Other")


def test_a_change_leaves_its_history(world):
    from sightline.screening.models import Screening

    world.notify(notification())
    screening = world.screening("Leila")
    Screening.objects.filter(pk=screening.pk).update(already_open_to="Team 4")
    with connection.cursor() as cursor:
        cursor.execute(
            "select already_open_to from screening_screeningevent where pgh_obj_id = %s"
            " order by pgh_id desc limit 1",
            [screening.pk],
        )
        assert cursor.fetchone() is not None
