"""The same e-mail through a real mail server and through GOV.UK Notify: nothing lost or doubled."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from sightline.encompass.models import Delivery
from sightline.encompass.sending import NotDelivered, send_notice
from tests.encompass.conftest import notice_of
from tests.encompass.notify_server import KEY, TEMPLATE, Notify, notify_server
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = [
    pytest.mark.django_db, pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"]),
]  # fmt: skip

LEAD, DEPUTY = "keyadult1@castlebrook.example", "deputy1@castlebrook.example"
TOKEN = "a-token-of-the-receipts"


@pytest.fixture
def notice(world):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    return notice_of("Leila")


class Mailbox:
    """A mail server's mind: what it took, and what it says to each address."""

    def __init__(self) -> None:
        self.took: list[tuple[str, str]] = []
        self.says: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.says:
            return self.says[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.took.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 taken"


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    mind = Mailbox()
    controller = Controller(mind, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    mind.controller = controller
    controller.start()
    yield mind
    mind.controller.stop(no_assert=True)


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def notify(settings) -> Iterator[Notify]:
    with notify_server() as server:
        settings.EMAIL_BACKEND = "sightline.common.govuk_notify.NotifyBackend"
        settings.NOTIFY_KEY, settings.NOTIFY_TEMPLATE = KEY, TEMPLATE
        settings.NOTIFY_URL, settings.NOTIFY_RECEIPTS_TOKEN = server.url, TOKEN
        yield server


def outcomes() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("pk").values_list("to__email", "failed_because"))


def test_a_mail_server_has_it_once(world, notice, mailbox):
    for _ in range(2):
        send_notice(notice.pk, now=world.now)
    [(to, whole)] = mailbox.took
    assert to == LEAD
    assert "Subject: A message is waiting for you" in whole
    assert f"Message-ID: <notice-{notice.pk}-" in whole
    assert "Leila" not in whole


def test_a_mail_server_that_will_not_have_the_lead_has_the_deputy(world, notice, mailbox):
    mailbox.says[LEAD] = "550 no such box"
    assert send_notice(notice.pk, now=world.now) is True
    assert [to for to, _ in mailbox.took] == [DEPUTY]


def test_a_mail_server_that_puts_off_is_asked_again(world, notice, mailbox):
    mailbox.says[LEAD] = "450 greylisted"
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    mailbox.says.clear()
    assert send_notice(notice.pk, now=world.now + timedelta(minutes=5)) is True
    assert [to for to, _ in mailbox.took] == [LEAD]


def test_a_mail_server_that_is_down_all_night_loses_nothing(world, notice, mailbox):
    mailbox.controller.stop(no_assert=True)
    for hour in range(8):
        with pytest.raises(NotDelivered):
            send_notice(notice.pk, now=world.now + timedelta(hours=hour))
    mailbox.controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.controller.port)
    mailbox.controller.start()
    assert send_notice(notice.pk, now=world.now + timedelta(hours=8)) is True
    assert [to for to, _ in mailbox.took] == [LEAD]


def test_notify_has_it_once_and_nothing_of_anybody(world, notice, notify):
    assert [send_notice(notice.pk, now=world.now) for _ in range(2)] == [True, False]
    [took] = notify.took
    assert took["email_address"] == LEAD
    assert took["personalisation"]["subject"] == "A message is waiting for you"
    assert "Leila" not in json.dumps(took)
    assert Delivery.objects.get().known_as == took["id"]


def test_notify_that_took_it_and_died_before_it_answered_is_not_asked_twice(world, notice, notify):
    notify.mood = "mute"
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    notify.mood = "well"
    assert send_notice(notice.pk, now=world.now + timedelta(seconds=5)) is True
    assert [took["email_address"] for took in notify.took] == [LEAD]
    assert Delivery.objects.get(failed_because="").known_as == notify.took[0]["id"]


@pytest.mark.parametrize("mood", ["down", "busy"])
def test_notify_that_is_down_or_busy_loses_nothing(world, notice, notify, mood):
    notify.mood = mood
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    notify.mood = "well"
    assert send_notice(notice.pk, now=world.now + timedelta(hours=9)) is True
    assert [took["email_address"] for took in notify.took] == [LEAD]


def test_an_address_that_notify_does_not_take_is_passed_over(world, notice, notify):
    notify.bad_addresses.add(LEAD)
    assert send_notice(notice.pk, now=world.now) is True
    assert outcomes() == [(LEAD, "the address was not taken"), (DEPUTY, "")]


def test_what_is_wrong_for_every_address_is_no_fault_of_the_lead(world, notice, notify, settings):
    settings.NOTIFY_TEMPLATE = "another"
    with pytest.raises(NotDelivered, match="NotifyError"):
        send_notice(notice.pk, now=world.now)
    assert [to for to, _ in outcomes()] == [LEAD]


def receipt(client, took: dict, status: str, token: str = TOKEN) -> int:
    """Send the receipt that Notify sends."""
    body = {
        "id": took["id"], "reference": took["reference"], "to": took["email_address"],
        "status": status, "created_at": "2026-11-20T23:41:00.000000Z",
        "completed_at": "2026-11-20T23:41:05.000000Z", "sent_at": "2026-11-20T23:41:01.000000Z",
        "notification_type": "email", "template_id": TEMPLATE, "template_version": 1,
    }  # fmt: skip
    answer = client.post(
        "/api/mail-receipts", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )  # fmt: skip
    return answer.status_code


def test_delivered_is_written_down_once(client, world, notice, notify):
    send_notice(notice.pk, now=world.now)
    assert [receipt(client, notify.took[0], "delivered") for _ in range(2)] == [204, 204]
    assert Delivery.objects.get().delivered_at is not None


def test_what_comes_back_goes_to_the_deputy_once(client, world, notice, notify):
    send_notice(notice.pk, now=world.now)
    for _ in range(2):
        receipt(client, notify.took[0], "permanent-failure")
    notice.refresh_from_db()
    assert notice.sent_at is None
    for minutes in (1, 2):
        send_notice(notice.pk, now=world.now + timedelta(minutes=minutes))
    assert [took["email_address"] for took in notify.took] == [LEAD, DEPUTY]
    receipt(client, notify.took[0], "delivered")  # late, and out of order
    assert outcomes() == [(LEAD, "it came back"), (DEPUTY, "")]


def test_a_receipt_that_is_faster_than_our_note_is_understood(client, world, notice, notify):
    notify.mood = "mute"
    with pytest.raises(NotDelivered):
        send_notice(notice.pk, now=world.now)
    notify.mood = "well"
    receipt(client, notify.took[0], "delivered")
    assert send_notice(notice.pk, now=world.now + timedelta(minutes=1)) is True
    assert len(notify.took) == 1


@pytest.mark.parametrize("token", ["", "another", "é"])
def test_nobody_else_sends_receipts(client, world, notice, notify, token):
    send_notice(notice.pk, now=world.now)
    assert receipt(client, notify.took[0], "delivered", token) == 401
    assert Delivery.objects.get().delivered_at is None


def test_without_a_token_of_ours_no_receipt_is_taken(client, world, notice, notify, settings):
    send_notice(notice.pk, now=world.now)
    settings.NOTIFY_RECEIPTS_TOKEN = ""
    assert receipt(client, notify.took[0], "delivered", "") == 401


@pytest.mark.parametrize("body", ["", "[]", "{", '{"id": 7}', '{"id": "x", "reference": 3}'])
def test_what_is_no_receipt_of_ours_does_no_harm(client, settings, body):
    settings.NOTIFY_RECEIPTS_TOKEN = TOKEN
    answer = client.post(
        "/api/mail-receipts", body, content_type="application/json",
        headers={"Authorization": f"Bearer {TOKEN}"},
    )  # fmt: skip
    assert answer.status_code in (204, 400)
