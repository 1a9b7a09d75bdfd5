"""Secrets that we must be able to read again, sealed with a key that is not in the database.

The key is made from SECRET_KEY; what was sealed with one of SIGHTLINE_OLD_SECRET_KEYS can still be
opened. For anything that need not be read again a digest is kept instead.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"sightline.accounts"


class SealBroken(Exception):
    """It was sealed with a key that we do not have (any more)."""


def seal(secret: str) -> str:
    """Return the secret in a form that only holders of the key can read."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises SealBroken."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def digest(secret: str) -> str:
    """Return a digest of a secret with so many random bits that it needs no salt."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _keys() -> MultiFernet:
    return MultiFernet([_key(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(
        secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(made))
