"""What an agency is asked, for its machine: `GET /api/research`, and answering one question.

The API and the shape of its errors are intake's. A token for research opens these two and nothing
else.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Path, Schema, Status
from ninja.errors import HttpError, ValidationError

from sightline.access.models import SenderToken, TokenUse
from sightline.audit.commands import record_reads
from sightline.common.clock import local_date, now
from sightline.common.errors import NotUnderstood, WrongMoment
from sightline.intake.api import Problem, Token, api
from sightline.intake.schema import CLEAN
from sightline.research.answering import Giver, Says, answer, digest_of
from sightline.research.models import How, ResearchAnswer, ResearchRequest
from sightline.research.queries import open_requests
from sightline.research.reading import About, Read, read
from sightline.sharing.models import Item, Origin
from sightline.sharing.noticing import notice_looks
from sightline.sharing.queries import Answer, open_to_machine

AT_ONCE = 100
BIGGEST = 2**63 - 1  # an id that the database can hold
NO_SUCH = "This agency is asked no question with that id, or it is closed."


class Person(Schema):
    """Somebody the agency is asked about, as far as it needs to find its own record."""

    asked: int = Field(description="Answer about this person under this number.")
    named_as: str
    given_name: str
    surname: str
    birth_date: date | None
    expected_birth: date | None
    nhs_number: str
    because: str


class Question(Schema):
    """What the agency is asked, as which service, by when."""

    id: int
    service: str
    incident_on: date
    asked_at: datetime
    due_at: datetime
    urgency: str
    people: list[Person]


class Questions(Schema):
    questions: list[Question]
    more: bool = Field(description="There are more: ask again with `after`, the last id.")


class AboutPerson(Schema):
    """What is known of one person. No prompt is skipped: of somebody known each has an answer."""

    asked: int = Field(le=BIGGEST)
    known: Literal["known", "nothing", "not_checked"]
    worker: Annotated[str, CLEAN, Field(max_length=120)] = ""
    telephone: Annotated[str, CLEAN, Field(max_length=40)] = ""
    since: Annotated[str, CLEAN, Field(max_length=60)] = ""
    last_seen: date | None = Field(None, description="null: it is not known when.")
    concern: bool | None = None
    matters: Annotated[
        str, CLEAN, Field(max_length=4000, description="Of not_checked: why not.")
    ] = ""
    may_share: Literal["", "helping", "team", "ask_us"] = ""
    basis: Literal["", "safeguarding", "duty", "serious_harm", "agreed"] = ""


class Given(Schema):
    people: list[AboutPerson] = Field(max_length=100)


class Kept(Schema):
    """The answer is kept."""

    question: int
    answered_at: datetime
    replayed: bool = Field(description="It had come before under this key.")


@api.exception_handler(ValidationError)
def not_that_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer in the one shape of problems; what was sent is not quoted."""
    reasons = [f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors]
    return api.create_response(request, Problem(reasons=reasons).model_dump(), status=422)


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what is no JSON at all in the same shape."""
    problem = Problem(reasons=["Send one JSON object with Content-Type: application/json."])
    return api.create_response(request, problem.model_dump(), status=error.status_code)


@api.get(
    "/research",
    auth=Token(TokenUse.RESEARCH),
    response={200: Questions, 401: Problem, 422: Problem},
    operation_id="list_questions",
    summary="See what the agency is asked",
)
def list_questions(request: HttpRequest, after: int = 0) -> Status[Any]:
    """The open questions by id, up to a hundred after `after`. Who is named was looked at."""
    token: SenderToken = request.auth  # type: ignore[attr-defined]
    if not 0 <= after <= BIGGEST:
        return Status(422, Problem(reasons=["query.after: Send an id that was answered here."]))
    waiting = open_requests(token.agency_id, now()).filter(pk__gt=after).order_by("pk")
    found = list(waiting.select_related("incident")[: AT_ONCE + 1])
    shown = _questions(token, read(found[:AT_ONCE]))
    return Status(200, Questions(questions=shown, more=len(found) > AT_ONCE))


def _questions(token: SenderToken, found: list[Read]) -> list[Question]:
    persons = {about.person.pk for one in found for about in one.about}
    answers = open_to_machine(token.agency_id, Origin.RESEARCH, persons, now())
    named = {pk: one for pk, one in answers.items() if Item.IDENTITY in one.items}
    _log(token, named)
    return [_question(one, named) for one in found]


def _log(token: SenderToken, named: Mapping[int, Answer]) -> None:
    """Whoever answers for a token answers for what its machine looks at."""
    record_reads(
        [(person, one.because) for person, one in named.items()], by=token.created_by, at=now(),
        page=f"API, token {token.pk}", items=[Item.IDENTITY.value],
    )  # fmt: skip
    restricted = {person: one.because for person, one in named.items() if one.restricted}
    notice_looks(restricted, by=token.created_by, page=f"API, token {token.pk}", now=now())


def _question(one: Read, named: Mapping[int, Answer]) -> Question:
    request = one.request
    return Question(
        id=request.pk, service=request.service, asked_at=request.asked_at, due_at=request.due_at,
        incident_on=local_date(request.incident.started_at), urgency=request.urgency,
        people=[_person(about) for about in one.about if about.person.pk in named],
    )  # fmt: skip


def _person(about: About) -> Person:
    mention = about.asked.mention
    return Person(
        asked=about.asked.pk, named_as=mention.role, given_name=about.person.given_name,
        surname=about.person.surname, birth_date=about.person.birth_date,
        expected_birth=about.person.unborn_until, nhs_number=mention.nhs_number,
        because=about.asked.because,
    )  # fmt: skip


@api.post(
    "/research/{question}/answer",
    auth=Token(TokenUse.RESEARCH),
    response={
        200: Kept,
        201: Kept,
        400: Problem,
        401: Problem,
        404: Problem,
        409: Problem,
        422: Problem,
    },
    operation_id="answer_question",
    summary="Answer a question",
)
def answer_question(
    request: HttpRequest,
    given: Given,
    question: int = Path(ge=1, le=BIGGEST),  # type: ignore[type-arg]
    idempotency_key: str = Header(  # type: ignore[type-arg]
        alias="Idempotency-Key", min_length=1, max_length=100
    ),
) -> Status[Any]:
    """201: it is kept. 200: the same had come before under this key. Another answer under a new
    key supersedes. 409: the question was withdrawn, or the key was used for something else."""
    token: SenderToken = request.auth  # type: ignore[attr-defined]
    asked = ResearchRequest.objects.filter(pk=question, agency=token.agency_id).first()
    if asked is None:
        return Status(404, Problem(reasons=[NO_SUCH]))
    giver = Giver(How.API, token=token, key=idempotency_key)
    says = {one.asked: Says(**one.model_dump(exclude={"asked"})) for one in given.people}
    before = ResearchAnswer.objects.filter(token=token, key=idempotency_key).first()
    return _kept(asked, says, giver, before)


def _kept(
    asked: ResearchRequest, says: dict[int, Says], giver: Giver, before: ResearchAnswer | None
) -> Status[Any]:
    if before is not None and (before.request_id, before.digest) != (
        asked.pk, digest_of(says, giver),
    ):  # fmt: skip
        return Status(409, Problem(reasons=["This key was used for something else."]))
    if before is not None:
        return Status(200, _receipt(before, replayed=True))
    try:
        kept = answer(request=asked, says=says, giver=giver, now=now())
    except NotUnderstood as refusal:
        return Status(422, Problem(reasons=refusal.reasons))
    except WrongMoment as refusal:
        return Status(409, Problem(reasons=[str(refusal)]))
    except PermissionDenied:
        return Status(404, Problem(reasons=[NO_SUCH]))
    return Status(201, _receipt(kept, replayed=False))


def _receipt(kept: ResearchAnswer, *, replayed: bool) -> Kept:
    return Kept(question=kept.request_id, answered_at=kept.answered_at, replayed=replayed)
