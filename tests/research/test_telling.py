"""E-mails that questions wait: to whoever is there, once, and with nothing in them."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from sightline.access.cover import record_absence, set_deputy
from sightline.common.mail import NotDelivered
from sightline.research.models import ResearchRequest
from sightline.research.telling import tell_of_questions

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


def told():
    return sorted(address for one in mail.outbox for address in one.to)


def test_outside_working_hours_nobody_is_told(research, world):
    assert tell_of_questions(now=world.now) == 0
    assert tell_of_questions(now=MONDAY - timedelta(days=1)) == 0
    assert mail.outbox == []


def test_whoever_is_there_is_told_once_and_again_when_more_is_asked(research, world):
    ResearchRequest.objects.exclude(service="health_visiting").delete()
    assert tell_of_questions(now=MONDAY) == 1
    assert tell_of_questions(now=MONDAY + timedelta(minutes=10)) == 0
    assert told() == ["health@castlebrook.example"]
    ResearchRequest.objects.update(asked_at=MONDAY + timedelta(minutes=15))
    assert tell_of_questions(now=MONDAY + timedelta(minutes=20)) == 1
    text = mail.outbox[0].subject + mail.outbox[0].body
    for said in ("Sam", "Moreno", "Brook", "Health visiting", "abuse"):
        assert said not in text
    assert "/research/" in text


def test_of_somebody_absent_the_deputy_is_told(research, world):
    ResearchRequest.objects.exclude(service="health_visiting").delete()
    health, deputy = world.user("health"), research.contact("health", "deputy")
    set_deputy(user=health, deputy=deputy, by=health, now=world.now)
    record_absence(
        user=health, first=MONDAY.date(), last=MONDAY.date(), by=health, now=world.now
    )  # fmt: skip
    assert tell_of_questions(now=MONDAY) == 1
    assert told() == [deputy.email]


def test_an_address_that_fails_keeps_no_other_from_being_told(research, world, monkeypatch):
    real = "sightline.research.telling.hand_over"
    refused = SMTPRecipientsRefused({})

    def hand_over(**what):
        sent.append(what["to"])
        return refused if what["to"].startswith("health") else None

    sent: list[str] = []
    monkeypatch.setattr(real, hand_over)
    with pytest.raises(NotDelivered, match="SMTPRecipientsRefused"):
        tell_of_questions(now=MONDAY)
    assert "keyadult1@castlebrook.example" in sent
    sent.clear()
    with pytest.raises(NotDelivered):
        tell_of_questions(now=MONDAY)
    assert sent == ["health@castlebrook.example"]
