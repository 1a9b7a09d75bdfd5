"""The machine door: `POST /api/notifications`, and what became of one.

Errors of every kind have one shape, `Problem`. What a known sender sent and we could not take is
kept as a refusal; its number is in the answer, so that both sides can speak of it.
"""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import Field, NinjaAPI, Schema, Status
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from sightline.access import tokens
from sightline.access.models import SenderToken, TokenUse
from sightline.common.clock import now
from sightline.common.errors import NotUnderstood
from sightline.common.wall import become
from sightline.intake.bodies import load
from sightline.intake.commands import Origin, Received, receive, refuse
from sightline.intake.models import Channel, Notification
from sightline.intake.reading import read
from sightline.intake.schema import Notification as Content
from sightline.intake.schema import clean_text
from sightline.sharing.readers import machine_of

JSON = "application/json"
RECEIPT = re.compile(r"SL(-[0-9B-Z]{4}){3}")
SCHEMA_OF = "#/components/schemas/{model}"


class Receipt(Schema):
    """What is kept, durably, once this is answered."""

    receipt: str
    received_at: datetime
    reference: str
    version: int
    replayed: bool = Field(description="It had come before; this is the receipt of the first time.")
    completeness: int = Field(description="How much of what is asked for is there: 0 to 100.")
    missing: list[str] = Field(description="What is asked for and is not there.")
    notes: list[str] = Field(description="Fields that we have no place for; the original has them.")


class Progress(Schema):
    """How far a notification has come: dated facts, each empty until it is so."""

    receipt: str
    reference: str
    version: int
    received_at: datetime
    linked_at: datetime | None = Field(description="Its people are linked to who they are.")
    opened_at: datetime | None = Field(description="The screening team has it.")
    superseded_at: datetime | None = Field(description="A higher version holds instead.")
    completeness: int
    missing: list[str]


class Problem(Schema):
    """Why not, and what to do about it."""

    reasons: list[str]
    refusal: int | None = Field(
        default=None, description="The number under which what was sent is kept."
    )


class Token(HttpBearer):
    """The token that the partnership gave to the agency, good for one use."""

    def __init__(self, use: TokenUse) -> None:
        super().__init__()
        self.use = use

    def authenticate(self, request: HttpRequest, token: str) -> SenderToken | None:
        found = tokens.find(token, self.use, now())
        if found is not None:
            become(machine_of(found))
        return found


class SightlineAPI(NinjaAPI):
    """An API whose description also holds the parts of a notification, which we read ourselves."""

    def get_openapi_schema(self, **options: Any) -> Any:
        described = super().get_openapi_schema(**options)
        content = Content.model_json_schema(ref_template=SCHEMA_OF)
        parts = content.pop("$defs")
        described["components"]["schemas"] |= parts | {"Notification": content}
        return described


api = SightlineAPI(
    title="Sightline",
    version="1",
    description="Notifications of domestic abuse incidents in homes where children live, and what "
    "agencies are asked about the people in them.",
    docs_url=None,  # it needs scripts and styles from elsewhere, which our pages do not allow
    urls_namespace="api",
    auth=Token(TokenUse.NOTIFICATIONS),
)


class Unfit(NotUnderstood):
    """A request that is not a notification; `raw` is what of its body could be read."""

    def __init__(self, status: int, *reasons: str, raw: bytes = b"") -> None:
        super().__init__(*reasons)
        self.status, self.raw = status, raw


@api.exception_handler(AuthenticationError)
def unknown_sender(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Answer a sender that we do not know. Nothing of what it sent is kept."""
    problem = Problem(reasons=["Send the agency's token: Authorization: Bearer <token>."])
    answer = api.create_response(request, problem.model_dump(), status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.post(
    "/notifications",
    response={
        201: Receipt, 200: Receipt, 400: Problem, 401: Problem, 409: Problem, 411: Problem,
        413: Problem, 415: Problem, 422: Problem,
    },
    operation_id="send_notification",
    summary="Send a notification",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {"$ref": SCHEMA_OF.format(model="Notification")}}},
        }
    },
)  # fmt: skip
def send_notification(request: HttpRequest) -> Status[Any]:
    """201: it is kept. 200: it had come before, and this is its first receipt. 409: this version
    came before with other content; send the correction as a higher version. Sending the same again
    after no answer or a 5xx is always safe."""
    token: SenderToken = request.auth  # type: ignore[attr-defined]
    origin = Origin(token.agency, Channel.API, token=token)
    try:
        raw = _body(request)
        content, notes = _understood(raw)
    except Unfit as unfit:
        return _refused(request, unfit, origin)
    return _answer(receive(content, raw=raw, raw_type=JSON, origin=origin, notes=notes, now=now()))


@api.get(
    "/notifications/{receipt}",
    response={200: Progress, 401: Problem, 404: Problem},
    operation_id="see_progress",
    summary="See how far a notification has come",
)
def see_progress(request: HttpRequest, receipt: str) -> Status[Any]:
    """Only the agency that sent a notification can see it."""
    sender = request.auth.agency_id  # type: ignore[attr-defined]
    known = RECEIPT.fullmatch(receipt) is not None
    mine = Notification.objects.filter(sender=sender, receipt=receipt).defer("raw")
    found = mine.first() if known else None
    if found is None:
        return Status(404, Problem(reasons=["This agency has no notification with that receipt."]))
    return Status(200, found)


def no_such_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer machines in JSON at every address under /api/."""
    problem = Problem(reasons=["There is nothing at this address. See /api/openapi.json."])
    return api.create_response(request, problem.model_dump(), status=404)


def _body(request: HttpRequest) -> bytes:
    """Return the bytes of the body, unchanged; raise Unfit for what cannot be read or no JSON."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    announced = request.headers.get("Content-Length", "")
    if not announced.isdecimal():
        raise Unfit(411, "Send the length of the body in Content-Length; nothing was kept.")
    if int(announced) > limit:
        raise Unfit(413, f"Send at most {limit:,} bytes in one body; nothing of it was kept.")
    try:
        raw = request.body
    except UnreadablePostError:
        raise Unfit(400, "The body ended before its announced length. Send it again.") from None
    if request.content_type != JSON:
        raise Unfit(415, f"Send the notification with Content-Type: {JSON}.", raw=raw)
    return raw


def _understood(raw: bytes) -> tuple[Content, list[str]]:
    """Return what was read out of the body: 400 when it is no JSON, 422 when no notification."""
    status = 400
    try:
        body = load(raw)
        status = 422
        return read(body)
    except NotUnderstood as problem:
        raise Unfit(status, *problem.reasons, raw=raw) from None


def _refused(request: HttpRequest, unfit: Unfit, origin: Origin) -> Status[Any]:
    kept = refuse(
        unfit.raw, raw_type=clean_text(request.content_type or ""), reasons=unfit.reasons,
        origin=origin, now=now(),
    )  # fmt: skip
    return Status(unfit.status, Problem(reasons=unfit.reasons, refusal=kept.pk))


def _answer(received: Received) -> Status[Any]:
    if received.refusal is not None:
        refusal = received.refusal
        return Status(409, Problem(reasons=refusal.reasons, refusal=refusal.pk))
    kept = received.notification
    receipt = Receipt(
        receipt=kept.receipt, received_at=kept.received_at, reference=kept.reference,
        version=kept.version, replayed=received.replayed, completeness=kept.completeness,
        missing=kept.missing, notes=kept.notes,
    )  # fmt: skip
    return Status(200 if received.replayed else 201, receipt)
