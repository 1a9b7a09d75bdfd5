"""The e-mail: neutral, to somebody who can sign in, once, and tried again when it fails."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from sightline.access.cover import record_absence
from sightline.encompass.models import UNDER_WAY, Delivery
from sightline.encompass.passing import worth_sending
from sightline.encompass.sending import NO_ADDRESS, NOBODY_THERE, NotDelivered, send_notice
from sightline.pathway import tasks
from tests.encompass.conftest import MONDAY_BELL, notice_of, with_child
from tests.world import DANIEL, HOME, LEILA, MARIA, SAM, notification

pytestmark = pytest.mark.django_db

LEAD, DEPUTY = "keyadult1@castlebrook.example", "deputy1@castlebrook.example"
BACKEND = f"{__name__}.{{}}"


class Down(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected("mail.example went away, for Leila")


class RefusesTheLead(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            if message.to == [LEAD]:
                raise SMTPRecipientsRefused({LEAD: (550, b"no such box")})
            mail.outbox.append(message)
        return len(messages)


class RefusesAll(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({message.to[0]: (550, b"no") for message in messages})


class PutsOff(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({message.to[0]: (450, b"later") for message in messages})


@pytest.fixture
def notice(world):
    world.notify(notification("NM-77", MARIA, DANIEL, LEILA))
    return notice_of("Leila")


def test_the_lead_is_told_and_it_is_written_down(world, notice):
    assert send_notice(notice.pk, now=world.now) is True
    notice.refresh_from_db()
    assert [message.to for message in mail.outbox] == [[LEAD]]
    assert (notice.sent_at, notice.sent_to.email) == (world.now, LEAD)
    assert [d.failed_because for d in Delivery.objects.all()] == [""]


def test_the_email_holds_nothing_of_anybody(world, notice):
    send_notice(notice.pk, now=world.now)
    whole = mail.outbox[0].message().as_string()
    telling = [
        "Leila", "Moreno", "Maria", "Crowe", "Brook Lane", "Primary", "NM-77", "LOG", "police",
        "Osei", HOME["postcode"],
    ]  # fmt: skip
    assert [word for word in telling if word.lower() in whole.lower()] == []
    assert f"/school/{notice.pk}/" in whole


def test_the_email_is_not_answered_by_absences(world, notice):
    send_notice(notice.pk, now=world.now)
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"


def test_neither_subject_nor_sender_say_anything(world, notice):
    send_notice(notice.pk, now=world.now)
    assert mail.outbox[0].subject == "A message is waiting for you"
    assert mail.outbox[0].from_email == "sightline@castlebrook.example"
    assert "pupil" not in mail.outbox[0].body.lower()


def test_sending_twice_sends_once(world, notice):
    send_notice(notice.pk, now=world.now)
    assert send_notice(notice.pk, now=world.now + timedelta(minutes=5)) is False
    assert len(mail.outbox) == 1


def test_a_server_that_is_down_is_asked_again(world, notice, settings):
    settings.EMAIL_BACKEND = BACKEND.format("Down")
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_notice(notice.pk, now=world.now + timedelta(seconds=5))
    tries = Delivery.objects.order_by("pk").values_list("failed_because", flat=True)
    assert list(tries) == ["SMTPServerDisconnected", ""]
    assert len(mail.outbox) == 1


def test_the_task_is_tried_again_when_it_fails():
    wait = tasks.AGAIN.get_retry_decision(exception=NotDelivered(), job=_Job(attempts=3))
    assert wait is not None


def test_a_deputy_is_told_where_the_leads_address_is_not_taken(world, notice, settings):
    settings.EMAIL_BACKEND = BACKEND.format("RefusesTheLead")
    assert send_notice(notice.pk, now=world.now) is True
    notice.refresh_from_db()
    assert notice.sent_to.email == DEPUTY
    tries = Delivery.objects.order_by("pk").values_list("to__email", "failed_because")
    assert list(tries) == [(LEAD, "the address was not taken"), (DEPUTY, "")]


def test_where_no_address_is_taken_it_is_put_before_somebody_and_tried_again(
    world, notice, settings
):
    settings.EMAIL_BACKEND = BACKEND.format("RefusesAll")
    for minutes in (0, 1):
        assert send_notice(notice.pk, now=world.now + timedelta(minutes=minutes)) is False
    notice.refresh_from_db()
    assert notice.no_school_because == NO_ADDRESS
    assert Delivery.objects.exclude(failed_because="").count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later = world.now + timedelta(hours=1)
    assert worth_sending(later - timedelta(minutes=5), later) == []
    assert worth_sending(later, later) == [notice.pk]
    assert send_notice(notice.pk, now=later) is True
    notice.refresh_from_db()
    assert (notice.no_school_because, notice.sent_to) == ("", world.user("keyadult1"))


def test_a_server_that_puts_an_address_off_is_asked_again(world, notice, settings):
    settings.EMAIL_BACKEND = BACKEND.format("PutsOff")
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    assert Delivery.objects.get().to.email == LEAD


def test_a_lead_who_is_away_that_morning_is_told_last(world, notice):
    record_absence(
        user=world.user("keyadult1"), first=MONDAY_BELL.date(), last=MONDAY_BELL.date(),
        by=world.user("deputy1"), now=world.now,
    )  # fmt: skip
    send_notice(notice.pk, now=world.now)
    assert [message.to for message in mail.outbox] == [[DEPUTY]]


def test_two_processes_do_not_send_it_twice(world, notice):
    Delivery.objects.create(
        notice=notice, to=world.user("keyadult1"), tried_at=world.now, failed_because=UNDER_WAY,
        name=f"notice-{notice.pk}-{world.user('keyadult1').pk}",
    )  # fmt: skip
    with pytest.raises(NotDelivered, match="another process"):
        send_notice(notice.pk, now=world.now + timedelta(seconds=5))
    assert mail.outbox == []
    assert send_notice(notice.pk, now=world.now + timedelta(minutes=3)) is True
    tries = Delivery.objects.order_by("pk").values_list("failed_because", flat=True)
    assert list(tries) == ["not known: its process ended", ""]


def test_a_lead_who_left_is_passed_over(world, notice):
    lead = world.user("keyadult1")
    lead.is_active = False
    lead.save()
    send_notice(notice.pk, now=world.now)
    assert [message.to for message in mail.outbox] == [[DEPUTY]]


def test_somebody_who_may_not_read_it_is_passed_over(world, notice):
    lead = world.user("keyadult1")
    lead.roles = []
    lead.save()
    send_notice(notice.pk, now=world.now)
    assert [message.to for message in mail.outbox] == [[DEPUTY]]


def test_a_school_without_anybody_is_put_before_somebody(world, notice):
    for local in ("keyadult1", "deputy1"):
        user = world.user(local)
        user.is_active = False
        user.save()
    assert send_notice(notice.pk, now=world.now) is False
    notice.refresh_from_db()
    assert notice.no_school_because == NOBODY_THERE
    assert mail.outbox == []


def test_a_correction_after_the_email_is_told_once_more(world, notice):
    send_notice(notice.pk, now=world.now)
    world.now += timedelta(hours=1)
    corrected = with_child(LEILA, words="I rang 999")
    world.notify(notification("NM-77", MARIA, DANIEL, corrected, version=2))
    for minutes in (1, 2):
        send_notice(notice.pk, now=world.now + timedelta(minutes=minutes))
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first != second


def test_taking_back_is_told_only_to_a_school_that_was_told(world):
    world.notify(notification("NM-77", MARIA, DANIEL, LEILA, SAM))
    send_notice(notice_of("Leila").pk, now=world.now)
    world.now += timedelta(hours=1)
    world.notify(notification("NM-77", MARIA, DANIEL, version=2))
    later = world.now + timedelta(minutes=1)
    assert send_notice(notice_of("Leila").pk, now=later) is True
    assert send_notice(notice_of("Sam").pk, now=later) is False


class _Job:
    """As much of a queued task as the retry strategy reads."""

    def __init__(self, attempts: int) -> None:
        self.attempts = attempts
