"""An agency's machine reads what the agency is asked and answers it."""

import json

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

from sightline.access import tokens
from sightline.access.models import TokenUse
from sightline.audit.models import Read
from sightline.research.models import ResearchAnswer
from tests.world import NOW

pytestmark = pytest.mark.django_db

KNOWN = {
    "known": "known", "worker": "Ann Lowe", "telephone": "01632 960044", "since": "2024",
    "last_seen": None, "concern": False, "matters": "Seen at home twice.", "may_share": "team",
    "basis": "safeguarding",
}  # fmt: skip
CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance,
]  # fmt: skip


@pytest.fixture(autouse=True)
def soon_after(monkeypatch):
    monkeypatch.setattr("sightline.research.api.now", lambda: NOW)


@pytest.fixture
def secret(research, world):
    _, secret = tokens.issue(
        agency=world.cast.agencies["health"], label="records", uses=[TokenUse.RESEARCH],
        by=world.user("health"), now=NOW,
    )  # fmt: skip
    return secret


@pytest.fixture
def call(secret):
    """Send as the health trust's machine; the body is a dict."""

    def send(path, body=None, key="k-1", secret=secret):
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
        if body is None:
            return Client().get(path, headers=headers)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Client().post(path, raw, content_type="application/json", headers=headers)

    return send


def question(call, service="health_visiting"):
    asked = call("/api/research").json()["questions"]
    return next(one for one in asked if one["service"] == service)


def said(one, **about):
    return {"people": [{"asked": person["asked"]} | about for person in one["people"]]}


def test_a_machine_sees_what_its_agency_is_asked_and_that_is_written_down(call, research):
    one = question(call)
    assert [person["given_name"] for person in one["people"]] == ["Sam"]
    assert one["due_at"].startswith("2026-11-23T17:00")
    sam = Read.objects.filter(person=str(research.world.person("Sam").pk)).latest("pk")
    assert sam.page.startswith("API, token")


def test_an_answer_is_kept_once_under_its_key(call, research):
    one = question(call)
    path = f"/api/research/{one['id']}/answer"
    assert call(path, said(one, **KNOWN)).status_code == 201
    again = call(path, said(one, **KNOWN))
    assert (again.status_code, again.json()["replayed"]) == (200, True)
    assert call(path, said(one, known="nothing")).status_code == 409
    assert call(path, said(one, known="nothing"), key="k-2").status_code == 201
    assert list(ResearchAnswer.objects.values_list("superseded_at", flat=True)) == [NOW, None]
    assert all(each["id"] != one["id"] for each in call("/api/research").json()["questions"])


def test_a_machine_may_skip_no_prompt_either(call):
    one = question(call)
    path = f"/api/research/{one['id']}/answer"
    refused = call(path, said(one, **(KNOWN | {"telephone": " ", "basis": ""})))
    assert refused.status_code == 422
    assert refused.json()["reasons"] == [
        "Say the telephone number.", "Say on what basis it is shared.",
    ]  # fmt: skip
    assert call(path, {"people": []}).status_code == 422
    assert call(path, b"{").status_code == 400
    assert not ResearchAnswer.objects.exists()


def test_another_agencys_question_is_not_known_to_be(call, research):
    other = research.request("early_help")
    assert call(f"/api/research/{other.pk}/answer", {"people": []}).status_code == 404


def test_a_token_opens_only_what_it_is_for(call, research, world):
    _, sends = tokens.issue(
        agency=world.cast.agencies["health"], label="x", by=world.user("health"), now=NOW
    )
    assert call("/api/research", secret=sends).status_code == 401
    assert call("/api/notifications", {"reference": "NM-9"}).status_code == 401


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_what_is_described_is_what_happens(mode, secret):
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())
    operation = described["/api/research/{question}/answer"]["POST"]

    @settings(
        max_examples=10, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {secret}"})

    holds()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
