"""The API does what its own description says, whatever is sent."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

from sightline.intake.models import Notification
from tests.world import notification

pytestmark = pytest.mark.django_db

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
OPERATIONS = [("/api/notifications", "POST"), ("/api/notifications/{receipt}", "GET")]
OF_RESEARCH = [("/api/research", "GET"), ("/api/research/{question}/answer", "POST")]
OF_ENCOMPASS = [("/api/incidents", "POST")]
VALID_OR_NOT = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.fixture
def one_connection():
    """Requests share the test's transaction, as they do with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(one_connection):
    """The API's own description, and the application behind it."""
    return schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler())


def test_the_description_is_openapi_and_anybody_may_read_it():
    written = Client().get("/api/openapi.json").json()
    assert written["openapi"].startswith("3.1")
    assert written["info"]["title"] == "Sightline"
    paths = written["paths"].items()
    described = [(path, method.upper()) for path, methods in paths for method in methods]
    assert described == OPERATIONS + OF_RESEARCH + OF_ENCOMPASS


@pytest.mark.parametrize("mode", VALID_OR_NOT)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_is_described_is_what_happens(path, method, mode, described, token):
    operation = described[path][method]

    @settings(
        max_examples=40, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})

    holds()


def test_a_whole_notification_is_what_the_description_calls_one(described, token):
    operation = described["/api/notifications"]["POST"]
    case = operation.Case(body=notification("NM-9"), media_type="application/json")
    answer = case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201
    assert Notification.objects.get().reference == "NM-9"
