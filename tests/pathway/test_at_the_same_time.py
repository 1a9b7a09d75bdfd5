"""Two tasks of one incident at the same time: the second waits, and finds what the first wrote."""

import contextlib
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from sightline.common.announce import announce
from sightline.encompass.models import Notice
from sightline.pathway import recovery, stages
from sightline.people.models import Incident
from sightline.screening.models import Screening
from tests.world import DANIEL, LEILA, MARIA, NOW, build_world, notification

pytestmark = pytest.mark.django_db(transaction=True)

END = "select procrastinate_finish_job_v1(id, 'succeeded', true) from procrastinate_jobs"
HEAD_START = 1.0  # seconds that the first holds its transaction open for


def meanwhile(first, second):
    """Run `second` while the transaction of `first` has done everything but commit."""
    done_first, done_second = Event(), Event()

    def one():
        with contextlib.closing(connection), transaction.atomic():
            first()
            done_first.set()
            done_second.wait(HEAD_START)

    def other():
        with contextlib.closing(connection):
            done_first.wait(30)
            second()
            done_second.set()

    with ThreadPoolExecutor(2) as pool:
        for running in [pool.submit(one), pool.submit(other)]:
            running.result(timeout=60)


def world_with_the_household():
    """The household is known: writing down a new one makes the second wait anyhow."""
    world = build_world()
    world.earlier(40, "NM-0", MARIA, DANIEL)
    return world


def query(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def two_notifications_of_one_incident():
    world = world_with_the_household()
    told = [notification(reference, MARIA, LEILA) for reference in ("NM-1", "NM-2")]
    for body in told:
        body["incident"]["log_number"] = "LOG-7"
    return [world.receive(body).notification for body in told]


def recorded(notifications):
    sources = stages.record([one.pk for one in notifications], NOW)
    stages.link([source.pk for source in sources], NOW)
    return [source.pk for source in sources]


def test_two_notifications_recorded_at_once_are_of_one_incident():
    first, second = two_notifications_of_one_incident()
    meanwhile(lambda: stages.record([first.pk], NOW), lambda: stages.record([second.pk], NOW))
    assert Incident.objects.filter(reference="LOG-7").count() == 1


def test_two_versions_recorded_at_once_are_of_one_incident_and_the_newer_holds():
    world = world_with_the_household()
    old, new = (world.receive(notification(version=version)).notification for version in (1, 2))
    meanwhile(lambda: stages.record([old.pk], NOW), lambda: stages.record([new.pk], NOW))
    sources = Incident.objects.get(reference="LOG-NM-1").sources.order_by("pk")
    assert [source.superseded_at is None for source in sources] == [False, True]


def test_a_child_of_two_notifications_followed_up_at_once_is_screened_once():
    first, second = recorded(two_notifications_of_one_incident())
    meanwhile(lambda: stages.open_cases([first], NOW), lambda: stages.open_cases([second], NOW))
    assert Screening.objects.count() == 1


def test_a_school_of_two_notifications_followed_up_at_once_has_one_notice():
    first, second = recorded(two_notifications_of_one_incident())
    meanwhile(lambda: stages.tell_schools([first], NOW), lambda: stages.tell_schools([second], NOW))
    assert Notice.objects.count() == 1


def test_a_lost_task_that_ends_after_all_is_not_given_back():
    announce("notification.received", 1)
    query("select id from procrastinate_fetch_job_v2(null, null)")
    given_back = []
    meanwhile(lambda: query(END), lambda: given_back.append(recovery.give_back_lost_jobs()))
    assert given_back == [0]
    assert query("select * from procrastinate_jobs") == []
