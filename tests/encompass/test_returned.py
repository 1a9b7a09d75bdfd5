"""What mail servers send back: our e-mail is recognised, and somebody else is told."""

from email import message_from_bytes
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.core import mail

from sightline.encompass.receipts import Fate, take_in
from sightline.encompass.returned import read_returned
from sightline.encompass.sending import send_notice
from tests.encompass.conftest import notice_of
from tests.world import DANIEL, LEILA, MARIA, notification

pytestmark = pytest.mark.django_db


def came_back(
    message_id: str, *, action: str = "failed", status: str = "5.1.1", whole: bool = True
) -> bytes:
    """Return what a mail server sends when a mailbox does not exist, as RFC 3464 has it."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["Message-ID"] = "<return@mail.example>"
    report.attach(MIMEText("I could not deliver it."))
    said = MIMEBase("message", "delivery-status")
    said.set_payload([
        message_from_bytes(b"Reporting-MTA: dns; mail.example\n\n"),
        message_from_bytes(
            f"Final-Recipient: rfc822; x@y.example\nAction: {action}\nStatus: {status}\n\n".encode()
        ),
    ])  # fmt: skip
    report.attach(said)
    ours = f"Message-ID: {message_id}\nSubject: A message is waiting for you\n\n"
    if whole:
        report.attach(MIMEMessage(message_from_bytes(ours.encode() + b"body")))
    else:
        report.attach(MIMEText(ours, "rfc822-headers"))
    return report.as_bytes()


@pytest.mark.parametrize("whole", [True, False])
def test_what_came_back_goes_to_the_deputy(world, whole):
    world.notify(notification("NM-1", MARIA, DANIEL, LEILA))
    notice = notice_of("Leila")
    send_notice(notice.pk, now=world.now)
    sent = mail.outbox[0].extra_headers["Message-ID"]
    receipt = read_returned(came_back(sent, whole=whole))
    assert receipt.fate is Fate.CAME_BACK
    assert [take_in(receipt, now=world.now) for _ in range(2)] == [True, True]
    send_notice(notice.pk, now=world.now)
    assert [message.to for message in mail.outbox] == [
        ["keyadult1@castlebrook.example"], ["deputy1@castlebrook.example"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        came_back("<notice-1-2@localhost>", action="delayed", status="4.4.1"),
        came_back("<notice-1-2@localhost>", status="4.2.2"),
        came_back("<notice-1-2@another.example>"),
        b"Subject: I am away until Monday\nMessage-ID: <notice-1-2@localhost>\n\nSorry.",
        b"", b"\xff\xfe\x00", b"Content-Type: message/delivery-status\n\nAction: failed",
    ],
)  # fmt: skip
def test_what_did_not_come_back_for_good_is_nothing(raw):
    assert read_returned(raw) is None
