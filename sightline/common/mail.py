"""Handing e-mails to the mail server, the same for everything that is sent.

An e-mail says that something waits and where to sign in. What waits is never in it.
"""

from collections.abc import Callable, Sequence
from email.mime.base import MIMEBase
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


class NotDelivered(Exception):
    """The mail could not be handed over; the task is tried again."""


class HeldBack(OSError):
    """The e-mail holds something that may not leave. It is not sent; the task tries it again, so
    that it goes once somebody has mended what was wrong with it."""


# What is asked of every e-mail before it goes: each is given its name and all of its text, and
# raises HeldBack. An app that knows what may not leave says so when it starts.
CHECKS: list[Callable[[str, str], None]] = []


def hand_over(
    *, name: str, subject: str, body: str, to: str, parts: Sequence[MIMEBase] = ()
) -> OSError | None:
    """Give an e-mail to the server. Returns the error, of which only the kind is kept, or None.

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
