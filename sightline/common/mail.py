"""Handing e-mails to the mail server, the same for everything that is sent.

An e-mail says that something waits and where to sign in. What waits is never in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.mime.base import MIMEBase
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class NotDelivered(Exception):
    """The mail could not be handed over; the task is tried again."""


class HeldBack(OSError):
    """The e-mail holds something that may not leave. It is not sent; the task tries it again, so
    that it goes once somebody has mended what was wrong with it."""


class AddressRefused(OSError):
    """The address takes no e-mail, and will take none: another one has to be found."""


@dataclass(frozen=True)
class Handed:
    """What came of handing an e-mail over: why it failed, or what the provider calls it (a mail
    server calls it nothing)."""

    failed: OSError | None = None
    known_as: str = ""


FOR_GOOD = 500  # replies of a mail server from here on: it is no use to try again (RFC 5321)

# What is asked of every e-mail before it goes: each is given its name and all of its text, and
# raises HeldBack. An app that knows what may not leave says so when it starts.
CHECKS: list[Callable[[str, str], None]] = []


def hand_over(
    *, name: str, subject: str, body: str, to: str, parts: Sequence[MIMEBase] = ()
) -> OSError | None:
    """As `deliver`; returns the error, of which only the kind is kept, or None."""
    return deliver(name=name, subject=subject, body=body, to=to, parts=parts).failed


def deliver(
    *, name: str, subject: str, body: str, to: str, parts: Sequence[MIMEBase] = ()
) -> Handed:
    """Give an e-mail to the mail server, or to the provider that stands in its place.

    `name`: the same e-mail sent twice has one name, so that it is shown once. Absences do not
    answer it.
    """
    texts = [part.get_payload(decode=True) or b"" for part in parts]
    said = [subject, body, *(bytes(text).decode("utf-8", "replace") for text in texts)]
    mail = EmailMessage(subject, body, to=[to], headers=_headers(name))
    for part in parts:
        mail.attach(part)
    try:
        for check in CHECKS:
            check(name, "\n".join(said))
        mail.send()
    except OSError as error:  # smtplib's errors are OSErrors, and so are those of requests
        return Handed(failed=error)
    return Handed(known_as=getattr(mail, "known_as", ""))


def deliver_again(*, name: str, subject: str, body: str, to: str) -> Handed:
    """As `deliver`, of an e-mail whose earlier try may have gone through without our knowing.

    A provider is asked whether it has it. A mail server cannot be: it gets the same name again,
    by which mailboxes tell that they have it.
    """
    find = getattr(get_connection(), "find", None)
    if find is None:
        return deliver(name=name, subject=subject, body=body, to=to)
    try:
        known_as = find(_message_id(name))
    except OSError as error:
        return Handed(failed=error)
    return Handed(known_as=known_as) if known_as else deliver(
        name=name, subject=subject, body=body, to=to
    )  # fmt: skip


def is_refused(error: OSError | None) -> bool:
    """Whether the address, and not the server, is what failed, and will fail again."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, AddressRefused)


def name_of(message_id: str) -> str:
    """Return the name of the e-mail with this Message-ID, or "" where it is none of ours."""
    name, _, host = message_id.strip().strip("<>").partition("@")
    return name if host == _host() else ""


def _headers(name: str) -> dict[str, str]:
    return {
        "Message-ID": _message_id(name),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _message_id(name: str) -> str:
    return f"<{name}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
