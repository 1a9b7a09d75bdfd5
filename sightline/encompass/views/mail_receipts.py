"""What GOV.UK Notify says of an e-mail later: it was delivered, or came back.

Source: GOV.UK Notify, callbacks: a POST with a bearer token of the service's own choosing and the
e-mail's id, reference and status. It is sent again unless it is answered with success.
"""

import json
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sightline.common.clock import now
from sightline.common.mail import name_of
from sightline.encompass.receipts import Fate, Receipt, take_in

FATES = {
    "delivered": Fate.DELIVERED,
    "permanent-failure": Fate.CAME_BACK,
    "temporary-failure": Fate.CAME_BACK,  # Notify has given up after 72 hours: somebody else now
    "technical-failure": Fate.CAME_BACK,
}
BIGGEST = 20_000  # bytes; a receipt has some hundreds


@csrf_exempt
@login_not_required
@require_POST
def mail_receipts(request: HttpRequest) -> HttpResponse:
    """Take in one receipt. A receipt of something that is no e-mail of ours is answered alike."""
    if not _is_from_notify(request):
        return JsonResponse({"reasons": ["Send the token of the receipts."]}, status=401)
    receipt = _receipt(request)
    if receipt is None:
        return JsonResponse({"reasons": ["This is no receipt of an e-mail."]}, status=400)
    if receipt.fate is not None:
        take_in(receipt, now=now())
    return HttpResponse(status=204)


def _is_from_notify(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    ours = settings.NOTIFY_RECEIPTS_TOKEN
    known = secrets.compare_digest(token.encode(), ours.encode())
    return bool(ours) and kind.casefold() == "bearer" and known


def _receipt(request: HttpRequest) -> Receipt | None:
    try:
        said: Any = json.loads(request.body) if len(request.body) <= BIGGEST else None
    except ValueError:
        return None
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        return None
    reference = said.get("reference")
    name = name_of(reference) if isinstance(reference, str) else ""
    return Receipt(FATES.get(str(said.get("status"))), said["id"], name)
