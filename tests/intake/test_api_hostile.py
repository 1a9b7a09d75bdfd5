"""Whatever is sent to the machine door is kept as a notification or as a refusal with reasons."""

import json
from itertools import count

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.audit.models import Event
from sightline.intake.models import Notification, Refusal
from sightline.pathway.stages import take_through
from tests.intake.hostile import (
    BY_HAND,
    STEADY,
    hostile_text,
    hostile_value,
    oddly_written_notifications,
    spoilt_bytes,
    spoilt_notifications,
)
from tests.world import NOW

pytestmark = pytest.mark.django_db


def is_kept(send, raw: bytes) -> Notification | None:
    """Send a body and see that it is kept whole, once, with all that belongs to it or none of it.

    Returns the notification when it was accepted and new.
    """
    before = counts()
    answer = send(raw)
    said = answer.json()
    if answer.status_code in (200, 201):
        kept = Notification.objects.get(receipt=said["receipt"])
        new = answer.status_code == 201
        assert counts() == tuple(count + new for count in before)
        assert not new or bytes(kept.raw) == raw
        return kept if new else None
    assert answer.status_code in (400, 409, 422) or (raw, answer.status_code) == (b"", 411)
    assert counts() == before
    refusal = Refusal.objects.get(pk=said["refusal"])
    assert bytes(refusal.raw) == raw
    assert said["reasons"] == refusal.reasons
    assert all(said["reasons"])
    assert len(said["reasons"]) > 0
    return None


def counts() -> tuple[int, int, int]:
    """Return how many notifications there are, and how many audit events and tasks of them."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'record'")
        jobs = cursor.fetchone()[0]
    events = Event.objects.filter(what="notification.received").count()
    return Notification.objects.count(), events, jobs


def test_what_was_thought_of_by_hand(send):
    for number, raw in enumerate(BY_HAND):
        is_kept(send, raw.replace(b':"A"', f':"A{number}"'.encode()))


def test_any_bytes(send):
    @settings(STEADY, max_examples=200)
    @given(st.binary(max_size=200))
    def holds(raw):
        is_kept(send, raw)

    holds()


def test_a_notification_with_its_bytes_spoilt(send):
    @settings(STEADY, max_examples=300)
    @given(spoilt_bytes())
    def holds(raw):
        is_kept(send, raw)

    holds()


def test_a_notification_with_its_values_spoilt(send):
    @settings(STEADY, max_examples=200)
    @given(spoilt_notifications())
    def holds(body):
        is_kept(send, json.dumps(body).encode())

    holds()


def test_what_is_accepted_goes_its_way_however_oddly_it_is_written(send):
    """What was accepted must not get stuck later: every stage has to take it."""
    numbers = count()

    @settings(STEADY, max_examples=100)
    @given(oddly_written_notifications())
    def holds(body):
        assert send(body | {"reference": f"ODD-{next(numbers)}"}).status_code == 201

    holds()
    kept = list(Notification.objects.values_list("pk", flat=True))
    for start in range(0, len(kept), 10):
        take_through(kept[start : start + 10], NOW)
    assert Notification.objects.filter(opened_at__isnull=False).count() == len(kept) > 60


def test_a_value_of_any_kind_in_every_field(send):
    @settings(STEADY, max_examples=150)
    @given(st.dictionaries(hostile_text, hostile_value, max_size=5), hostile_value)
    def holds(body, reference):
        is_kept(send, json.dumps({"reference": reference} | body).encode())

    holds()
