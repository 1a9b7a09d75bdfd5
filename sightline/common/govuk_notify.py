"""GOV.UK Notify in the place of a mail server: the same door, another way out.

A template of the partnership's service takes the subject and the text as they are. Every e-mail
goes with its Message-ID as Notify's reference, by which it is found again after a crash.

Source: GOV.UK Notify, REST API documentation (version 2): a JSON Web Token a request, signed with
the second half of the API key; references are kept for seven days.
"""

import re
import time
from collections.abc import Sequence
from typing import Any

import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from joserfc import jwt
from joserfc.jwk import OctKey

from sightline.common.mail import AddressRefused

TIMEOUT = 20  # seconds, as for a mail server
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(rf"(?:.*-)?({_UUID})-({_UUID})")
FAILED_FOR_GOOD = "permanent-failure"
TRY_AGAIN = frozenset({"temporary-failure", "technical-failure"})


class NotifyError(OSError):
    """Notify did not take the e-mail. Its answer is not kept: it may name the address."""


class NotifyBackend(BaseEmailBackend):
    """Django's door for e-mails, leading to Notify. Attachments stay behind: what an e-mail of
    ours brings along can be had after signing in, to which its text leads."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each and note on it, as `known_as`, what Notify calls it. Raises OSError."""
        for message in email_messages:
            for address in message.to:
                message.known_as = self._send(message, address)  # type: ignore[attr-defined]
        return len(email_messages)

    def _send(self, message: EmailMessage, address: str) -> str:
        answer = _call("POST", "/v2/notifications/email", json={
            "email_address": address,
            "template_id": settings.NOTIFY_TEMPLATE,
            "personalisation": {"subject": message.subject, "body": message.body},
            "reference": message.extra_headers.get("Message-ID", ""),
        })  # fmt: skip
        return str(answer["id"])

    def find(self, reference: str) -> str:
        """Return what Notify calls an e-mail that it took under this reference, or "".

        Raises AddressRefused where it could not be delivered, and never will be.
        """
        answer = _call("GET", "/v2/notifications", params={"reference": reference})
        found = [one for one in answer["notifications"] if one["status"] not in TRY_AGAIN]
        if any(one["status"] == FAILED_FOR_GOOD for one in found):
            raise AddressRefused(FAILED_FOR_GOOD)
        return str(found[0]["id"]) if found else ""


def _call(method: str, path: str, **what: Any) -> Any:
    """Ask Notify; return its answer. Raises AddressRefused, NotifyError or what requests does."""
    answer = requests.request(
        method, settings.NOTIFY_URL + path, timeout=TIMEOUT, allow_redirects=False,
        headers={"Authorization": f"Bearer {_token()}"}, **what,
    )  # fmt: skip
    if answer.status_code == requests.codes.bad_request and _is_about_the_address(answer):
        raise AddressRefused("bad request")
    if not answer.ok:
        raise NotifyError(f"status {answer.status_code}")
    return answer.json()


def _is_about_the_address(answer: requests.Response) -> bool:
    """Whether what Notify does not like is the address: "email_address Not a valid email address".

    Anything else that is wrong is wrong for every address, and somebody has to mend it.
    """
    errors = answer.json().get("errors", [])
    return any(str(error.get("message", "")).startswith("email_address") for error in errors)


def _token() -> str:
    found = KEY.fullmatch(settings.NOTIFY_KEY)
    if found is None:
        raise NotifyError("SIGHTLINE_NOTIFY_KEY is no key of GOV.UK Notify")
    service, secret = found.groups()
    claims = {"iss": service, "iat": int(time.time())}
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(secret))
