"""Senders for the tests of the three doors: two police forces, each with a token of its own."""

import json
from typing import Any

import pytest
from django.test import Client

from sightline.access import tokens
from tests.intake.filling import signed_in
from tests.world import NOW, notification

JSON = "application/json"


@pytest.fixture
def token(world) -> str:
    """A token of the world's police force."""
    _, secret = tokens.issue(
        agency=world.cast.police, label="records system", by=world.user("ig"), now=NOW
    )
    return secret


@pytest.fixture
def send(token):
    """Send a body (a dict, or bytes as they are) to the machine door."""

    def send(body: Any = None, *, secret: str = token, content_type: str = JSON, **extra: Any):
        body = notification() if body is None else body
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Client().post(
            "/api/notifications", raw, content_type=content_type,
            headers={"Authorization": f"Bearer {secret}", **extra},
        )  # fmt: skip

    return send


@pytest.fixture
def police(world) -> Client:
    """A browser with the police submitter signed in."""
    return signed_in(world.user("police"))
