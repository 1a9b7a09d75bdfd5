"""What GOV.UK Notify says of an e-mail later: it was delivered, or came back.

Source: GOV.UK Notify, callbacks: a POST with a bearer token of the service's own choosing and the
e-mail's id, reference and status. It is sent again unless it is answered with success, so that
what is no e-mail of ours is answered alike.
"""

import json
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Status
from ninja.security import HttpBearer

from sightline.common.clock import now
from sightline.common.mail import name_of
from sightline.common.wall import Purpose, acting_for
from sightline.encompass.receipts import Fate, Receipt, take_in
from sightline.intake.api import Problem, api

FATES = {
    "delivered": Fate.DELIVERED,
    "permanent-failure": Fate.CAME_BACK,
    "temporary-failure": Fate.CAME_BACK,  # Notify has given up after 72 hours: somebody else now
    "technical-failure": Fate.CAME_BACK,
}
BIGGEST = 20_000  # bytes; a receipt has some hundreds


class ReceiptsToken(HttpBearer):
    """The token that the partnership gave to Notify for its receipts; without one none is taken."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        ours = settings.NOTIFY_RECEIPTS_TOKEN
        known = secrets.compare_digest(token.encode("utf-8", "replace"), ours.encode())
        return "notify" if ours and known else None


@api.post(
    "/mail-receipts",
    auth=ReceiptsToken(),
    response={204: None, 400: Problem, 401: Problem},
    operation_id="take_receipt",
    include_in_schema=False,
)
def take_receipt(request: HttpRequest) -> Status[Any]:
    """Take in one receipt."""
    receipt = _receipt(request.body)
    if receipt is None:
        return Status(400, Problem(reasons=["This is no receipt of an e-mail."]))
    with acting_for(Purpose.WORKING):
        take_in(receipt, now=now())
    return Status(204, None)


def _receipt(body: bytes) -> Receipt | None:
    try:
        said: Any = json.loads(body) if len(body) <= BIGGEST else None
    except ValueError:
        return None
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        return None
    reference = said.get("reference")
    name = name_of(reference) if isinstance(reference, str) else ""
    return Receipt(FATES.get(str(said.get("status"))), said["id"], name)
