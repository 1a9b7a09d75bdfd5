"""The police's own list of incidents with a child: `POST /api/incidents`, to see what is missing.

The API and the shape of its errors are intake's; the token is that of notifications.
"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Schema, Status
from pydantic import AwareDatetime

from sightline.access.models import SenderToken
from sightline.common.clock import now
from sightline.encompass.reconciling import Listed, list_incidents
from sightline.intake.api import Problem, api
from sightline.intake.schema import CLEAN

AT_ONCE = 1000


class ListedIncident(Schema):
    """One incident with a child that police attended: no name, no address."""

    log_number: Annotated[str, CLEAN, Field(min_length=1, max_length=60)]
    started_at: AwareDatetime
    children: int = Field(ge=0, le=50)


class Incidents(Schema):
    incidents: list[ListedIncident] = Field(max_length=AT_ONCE)


class Taken(Schema):
    """The list is kept. What has no notification two hours later is put before somebody."""

    kept: int = Field(description="How many of them had not been listed before.")


@api.post(
    "/incidents",
    response={200: Taken, 401: Problem, 422: Problem},
    operation_id="list_incidents",
    summary="List the incidents with a child that police attended",
)
def take_list(request: HttpRequest, body: Incidents) -> Status[Any]:
    token: SenderToken = request.auth  # type: ignore[attr-defined]
    lines = [Listed(one.log_number, one.started_at, one.children) for one in body.incidents]
    return Status(200, Taken(kept=list_incidents(lines, sender=token.agency, now=now())))
