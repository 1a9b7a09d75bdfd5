"""A sender that tries again before it has an answer: many at once, over real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sightline.intake.models import Notification, Refusal
from tests.intake.test_api import jobs_for
from tests.world import notification

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(send, bodies):
    """Send every body from a thread of its own; return the answers in order."""

    def one(body):
        try:
            return send(body)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(one, bodies))


def test_twenty_deliveries_at_once_are_one_notification_and_one_start(send):
    answers = at_once(send, [notification()] * 20)
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["receipt"] for answer in answers}) == 1
    assert jobs_for(Notification.objects.get()) == 1


def test_versions_that_arrive_at_once_leave_one_that_holds(send):
    answers = at_once(send, [notification(version=number) for number in range(1, 11)])
    assert {answer.status_code for answer in answers} == {201}
    assert Notification.objects.get(superseded_at=None).version == 10


def test_of_different_contents_at_once_one_is_kept_and_the_others_are_refusals(send):
    answers = at_once(send, [notification(officer=f"PC {number}") for number in range(10)])
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert Notification.objects.count() == 1
    assert Refusal.objects.count() == 9
