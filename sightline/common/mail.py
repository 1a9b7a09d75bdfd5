"""Handing e-mails to the mail server, the same for everything that is sent.

An e-mail says that something waits and where to sign in. What waits is never in it.
"""

from collections.abc import Sequence
from email.mime.base import MIMEBase
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


class NotDelivered(Exception):
    """The mail could not be handed over; the task is tried again."""


def hand_over(
    *, name: str, subject: str, body: str, to: str, parts: Sequence[MIMEBase] = ()
) -> OSError | None:
    """Give an e-mail to the server. Returns the error, of which only the kind is kept, or None.

    `name`: the same e-mail sent twice has one name, so that it is shown once. Absences do not
    answer it.
    """
    mail = EmailMessage(subject, body, to=[to], headers=_headers(name))
    for part in parts:
        mail.attach(part)
    try:
        mail.send()
    except OSError as error:  # smtplib's errors are OSErrors
        return error
    return None


def _headers(name: str) -> dict[str, str]:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<{name}@{host}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
