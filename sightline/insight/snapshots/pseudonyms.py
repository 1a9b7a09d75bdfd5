"""Pseudonyms: what stands in a snapshot for a child, a household or a notification.

The same thing has the same pseudonym in every fact and on every day, so that rows can be counted
together; without the key nobody can say whose it is, or work it out by trying every id.
"""

import base64
import hashlib
from collections import defaultdict
from functools import cache

from django.conf import settings

BYTES = 32
HELD = 500_000  # of one thing, kept in memory
SIZE = 8  # bytes of a pseudonym: among ten million, two alike once in four hundred thousand years


class NoKeyError(Exception):
    """There is no key for pseudonyms."""


class Pseudonyms:
    """Pseudonyms by one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._begun = cache(self._begin)
        self._held: dict[str, dict[int, int]] = defaultdict(dict)

    @property
    def fingerprint(self) -> str:
        """What tells this key from another without saying anything of it."""
        return hashlib.blake2b(b"fingerprint", key=self._key, digest_size=SIZE).hexdigest()

    def of(self, thing: str, number: int) -> int:
        """Return the pseudonym of the thing with this id: a whole number of 64 bits."""
        held = self._held[thing]  # one thing is in many rows
        if number not in held:
            if len(held) >= HELD:
                held.clear()
            held[number] = self._made(thing, number)
        return held[number]

    def _made(self, thing: str, number: int) -> int:
        digest = self._begun(thing).copy()
        digest.update(number.to_bytes(SIZE, "big", signed=True))
        return int.from_bytes(digest.digest(), "big", signed=True)

    def _begin(self, thing: str) -> "hashlib.blake2b":
        return hashlib.blake2b(thing.encode() + b"\0", key=self._key, digest_size=SIZE)


def pseudonyms() -> Pseudonyms:
    """Return those by the key that is set, or kept in the data folder.

    Raises NoKeyError where there is none.
    """
    path = settings.PSEUDONYM_KEY_FILE
    said = settings.PSEUDONYM_KEY or (path.read_text() if path and path.exists() else "")
    key = base64.urlsafe_b64decode(said)
    if len(key) != BYTES:
        raise NoKeyError("set SIGHTLINE_PSEUDONYM_KEY to 32 bytes in base64, or a data folder")
    return Pseudonyms(key)
