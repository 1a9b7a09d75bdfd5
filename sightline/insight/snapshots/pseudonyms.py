"""Pseudonyms: what stands in a snapshot for a child, a household or a notification.

The same thing has the same pseudonym in every fact and on every day, so that rows can be counted
together; without the key nobody can say whose it is, or work it out by trying every id.
"""

import base64
import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

BYTES = 32
SIZE = 8  # bytes of a pseudonym: among ten million, two alike once in four hundred thousand years


class NoKeyError(Exception):
    """There is no key for pseudonyms, and nowhere to keep one."""


class Pseudonyms:
    """Pseudonyms by one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._begun = cache(self._begin)

    @property
    def fingerprint(self) -> str:
        """What tells this key from another without saying anything of it."""
        return hashlib.blake2b(b"fingerprint", key=self._key, digest_size=SIZE).hexdigest()

    def of(self, thing: str, number: int) -> int:
        """Return the pseudonym of the thing with this id: a whole number of 64 bits."""
        digest = self._begun(thing).copy()
        digest.update(number.to_bytes(SIZE, "big", signed=True))
        return int.from_bytes(digest.digest(), "big", signed=True)

    def _begin(self, thing: str) -> "hashlib.blake2b":
        return hashlib.blake2b(thing.encode() + b"\0", key=self._key, digest_size=SIZE)


def pseudonyms() -> Pseudonyms:
    """Return those by the key that is set, or kept in the data folder; made there if need be.

    Raises NoKeyError where neither is set.
    """
    if settings.PSEUDONYM_KEY:
        return Pseudonyms(base64.urlsafe_b64decode(settings.PSEUDONYM_KEY))
    path = settings.PSEUDONYM_KEY_FILE
    if path is None:
        raise NoKeyError("set SIGHTLINE_PSEUDONYM_KEY or a data folder")
    if not path.exists():
        _make(path)
    return Pseudonyms(path.read_bytes())


def _make(path: Path) -> None:
    """Write a new key whole or not at all; if another process was quicker, its key holds."""
    half = path.with_suffix(f".{os.getpid()}")
    half.touch(0o600)
    half.write_bytes(secrets.token_bytes(BYTES))
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
