"""Somebody of an agency, and what is typed to sign in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyotp
import pytest
from django.test import Client

from sightline.access.models import Agency, User
from sightline.accounts.totp import add_authenticator

PASSWORD = "a long enough password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

Post = Callable[..., Any]


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """A digest that takes no time: what is tested is who gets in, not how hard guessing is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def care(db) -> Agency:
    return Agency.objects.create(
        name="Castlebrook Children's Social Care", kind="social_care", core=True
    )


@pytest.fixture
def ruth(care) -> User:
    return User.objects.create_user(
        "ruth@castlebrook.example", PASSWORD, name="Ruth Adeyemi", agency=care, roles=["chair"]
    )


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": email, "password": password} | more)


def give_app(user: User, at: datetime = AT) -> None:
    """Give somebody an authenticator app with the secret of the tests."""
    add_authenticator(user=user, secret=SECRET, code=code_at(at), now=at)


def code_at(at: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(at)
