"""What a crash left lying is found and sent on, and what is under way is left alone."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from sightline.common.announce import announce
from sightline.encompass.models import Notice
from sightline.intake.models import ImportFile
from sightline.pathway import recovery, stages, tasks
from sightline.pathway.recovery import DEAD_AFTER, LONGEST, PATIENCE
from tests.world import NOW, notification

pytestmark = pytest.mark.django_db

LATER = NOW + PATIENCE + timedelta(seconds=1)


def query(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def waiting():
    return query("select task_name, (args->>'subject')::int from procrastinate_jobs order by id")


@pytest.fixture
def job():
    """A task that a worker is doing."""
    [[worker]] = query("select worker_id from procrastinate_register_worker_v1()")
    announce("notification.received", 1)
    query("select id from procrastinate_fetch_job_v2(null, %s)", worker)
    assert status() == "doing"
    return worker


def status():
    [[found]] = query("select status from procrastinate_jobs")
    return found


def test_the_task_of_a_worker_that_lives_is_left_alone(job):
    assert recovery.give_back_lost_jobs() == 0
    assert status() == "doing"


def test_the_task_of_a_worker_without_a_sign_of_life_is_given_back(job):
    silent = timezone.now() - timedelta(seconds=DEAD_AFTER + 1)
    query("update procrastinate_workers set last_heartbeat = %s", silent)
    assert recovery.give_back_lost_jobs() == 1
    assert status() == "todo"


def test_the_task_of_a_worker_that_is_gone_is_given_back(job):
    query("select procrastinate_unregister_worker_v1(%s)", job)
    assert recovery.give_back_lost_jobs() == 1
    assert status() == "todo"


def test_a_task_whose_end_was_not_written_down_is_given_back_although_its_worker_lives(job):
    long_ago = timezone.now() - timedelta(seconds=LONGEST + 1)
    query("update procrastinate_events set at = %s", long_ago)
    assert recovery.give_back_lost_jobs() == 1
    assert status() == "todo"


def test_tending_that_was_killed_is_given_back_although_the_next_one_waits():
    [[worker]] = query("select worker_id from procrastinate_register_worker_v1()")
    tasks.tend.defer(timestamp=1)
    query("select id from procrastinate_fetch_job_v2(null, %s)", worker)
    tasks.tend.defer(timestamp=2)
    query("select procrastinate_unregister_worker_v1(%s)", worker)
    assert recovery.give_back_lost_jobs() == 1


def test_what_came_and_has_no_task_is_sent_on_its_way_once(world):
    kept = world.receive(notification())
    assert recovery.send_on_their_way(LATER) == 1
    assert recovery.send_on_their_way(LATER) == 0
    assert waiting() == [("record", kept.notification.pk)]


def test_what_came_just_now_is_given_time(world):
    world.receive(notification())
    assert recovery.send_on_their_way(NOW + PATIENCE) == 0


@pytest.mark.parametrize("last", ["link", "tell_schools", "open_case"])
def test_what_waits_for_its_last_stages_is_not_started_again(world, last):
    kept = world.receive(notification())
    [source] = stages.record([kept.notification.pk], NOW)
    query("delete from procrastinate_jobs")
    app.configure_task(last).defer(subject=source.pk)
    assert recovery.send_on_their_way(LATER) == 0
    query("delete from procrastinate_jobs")
    assert recovery.send_on_their_way(LATER) == 1
    assert waiting() == [("link", source.pk)]


def test_a_notice_that_has_no_task_is_sent(world):
    world.notify(notification())
    query("delete from procrastinate_jobs")
    assert recovery.send_on_their_way(LATER) == 2
    notices = Notice.objects.order_by("pk").values_list("pk", flat=True)
    assert waiting() == [("send_notice", notice) for notice in notices]


def test_an_import_that_somebody_else_runs_is_looked_at_again(monkeypatch):
    monkeypatch.setattr(tasks, "run_here", lambda file: ImportFile(pk=file))
    with pytest.raises(tasks.StillRunningError):
        tasks.run_import(subject=1)
    monkeypatch.setattr(tasks, "run_here", lambda file: ImportFile(pk=file, finished_at=NOW))
    tasks.run_import(subject=1)


def test_a_worker_too_enqueues_in_the_transaction_that_a_task_follows():
    """There the app has connections of its own, which see and survive what we roll back."""
    with app.replace_connector(app.connector.get_worker_connector()):
        with transaction.atomic():
            announce("notification.received", 1)
            assert waiting() == [("record", 1)]
            transaction.set_rollback(True)
        assert waiting() == []
