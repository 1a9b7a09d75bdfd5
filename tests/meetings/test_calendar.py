"""Invitations: valid iCalendar, one UID for good, nobody's name, no street, never lost."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from sightline.common.mail import NotDelivered
from sightline.meetings.arranging import cancel_meeting, move_meeting
from sightline.meetings.calendar import entry_of
from sightline.meetings.inviting import send_invitation

pytestmark = pytest.mark.django_db
CANARIES = ("Moreno", "Leila", "Maria", "Crowe", "Brook", "ZZ9", "12 ", "NM-1")


def send_all(meeting, now):
    for invitation in meeting.invitations.order_by("pk"):
        send_invitation(invitation.pk, now=now)


def entry(message):
    (part,) = message.attachments
    assert part.get_param("method") in ("REQUEST", "CANCEL")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    return calendar, calendar.walk("VEVENT")[0]


def test_an_invitation_says_when_where_and_how_many_and_nothing_of_anybody(published, scaled):
    send_all(published, scaled.now)
    message = mail.outbox[0]
    calendar, event = entry(message)
    assert str(event["SUMMARY"]) == "Screening meeting, 1 family"
    assert event["DTSTART"].dt == published.starts
    assert event["DTEND"].dt == published.starts + timedelta(hours=1)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert f"/meetings/{published.pk}/" in str(event["DESCRIPTION"])
    whole = message.message().as_string() + calendar.to_ical().decode() + message.body
    assert not [canary for canary in CANARIES if canary in whole.replace("2026", "")]


def test_nobody_is_invited_twice_and_outsiders_not_at_all(published, scaled):
    for _ in range(2):
        send_all(published, scaled.now)
    to = [address for message in mail.outbox for address in message.to]
    assert len(to) == len(set(to)) == published.invitations.count()
    assert "idva@castlebrook.example" in to
    assert not {"manager@castlebrook.example", "police@castlebrook.example"} & set(to)


def test_a_change_and_a_cancellation_have_the_same_uid_and_a_higher_sequence(published, scaled):
    run = {"by": scaled.user("chair"), "now": scaled.now}
    send_all(published, scaled.now)
    first = entry(mail.outbox[0])[1]
    later = published.starts + timedelta(hours=2)
    move_meeting(meeting=published, starts=later, place="Room 5", seen=0, **run)
    published.refresh_from_db()
    mail.outbox.clear()
    send_all(published, scaled.now)
    moved = entry(mail.outbox[0])[1]
    cancel_meeting(meeting=published, because="Moreno family ill.", **run)
    mail.outbox.clear()
    send_all(published, scaled.now)
    calendar, ended = entry(mail.outbox[0])
    assert first["UID"] == moved["UID"] == ended["UID"]
    assert [int(e["SEQUENCE"]) for e in (first, moved, ended)] == [0, 1, 2]
    assert (str(calendar["METHOD"]), str(ended["STATUS"])) == ("CANCEL", "CANCELLED")
    assert mail.outbox[0].subject.startswith("Cancelled: Screening meeting")
    assert "Moreno" not in mail.outbox[0].message().as_string()


def test_a_version_that_was_overtaken_is_not_sent_any_more(published, scaled):
    old = published.invitations.first()
    move_meeting(
        meeting=published, starts=published.starts + timedelta(hours=1), place="Room 4", seen=0,
        by=scaled.user("chair"), now=scaled.now,
    )  # fmt: skip
    assert send_invitation(old.pk, now=scaled.now) is False
    assert mail.outbox == []


def test_what_the_mail_server_does_not_take_is_tried_again(published, scaled, monkeypatch):
    def refuse(*_args, **_options):
        raise smtplib.SMTPServerDisconnected

    invitation = published.invitations.first()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(NotDelivered):
            send_invitation(invitation.pk, now=scaled.now)
    invitation.refresh_from_db()
    assert (invitation.sent_at, invitation.failed_because) == (None, "SMTPServerDisconnected")
    assert send_invitation(invitation.pk, now=scaled.now)
    assert not send_invitation(invitation.pk, now=scaled.now)
    assert len(mail.outbox) == 1


def test_a_downloaded_entry_invites_nobody(published, scaled):
    text = entry_of(published, count=1, to=None, now=scaled.now).decode()
    assert "ATTENDEE" not in text
    assert "METHOD" not in text
    assert "SEQUENCE:0" in text
