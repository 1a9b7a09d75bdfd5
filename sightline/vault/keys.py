"""The keys of the vault, outside the database: the first is in use, others while they are needed.

From SIGHTLINE_VAULT_KEYS ("id:key,id:key"), or a line each in the file `vault-keys` of the data
folder; lines that begin with # are retired. A ring is read anew when the file changes, so that
processes that run see a new key at once.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes, as AES-GCM wants them (NIST SP 800-38D)
BYTES = 32
MARK = 16


class NoKey(Exception):
    """There is no key, or none with the id that something was sealed with."""


@dataclass(frozen=True)
class Key:
    """One key with its id. Two keys are made of it, one to seal and one to mark."""

    id: str
    sealing: bytes
    marking: bytes

    def seal(self, clear: bytes, bound_to: str) -> bytes:
        """Return it encrypted; it opens only together with what it is bound to."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self.sealing).encrypt(nonce, clear, bound_to.encode())

    def unseal(self, sealed: bytes, bound_to: str) -> bytes:
        """Return what was sealed. Raises NoKey where another key, or another record, sealed it."""
        try:
            return AESGCM(self.sealing).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
        except InvalidTag:
            raise NoKey(f"key {self.id} does not open it") from None

    def mark(self, sign: str) -> bytes:
        """Return the digest of a sign, which says nothing without this key."""
        return hashlib.blake2b(sign.encode(), key=self.marking, digest_size=MARK).digest()


@dataclass(frozen=True)
class Ring:
    """The keys in use, the newest first."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        if not self.keys:
            raise NoKey("there is no key of the vault")
        return self.keys[0]

    def called(self, key_id: str) -> Key:
        """Return a key by its id. Raises NoKey."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise NoKey(f"there is no key {key_id}")


def ring() -> Ring:
    """Return the keys as they are set now; none where nothing is set."""
    if settings.VAULT_KEYS:
        return _read(settings.VAULT_KEYS.replace(",", "\n"))
    path = settings.VAULT_KEY_FILE
    if path is None or not path.exists():
        return Ring(())
    return _read_file(path, path.stat().st_mtime_ns)


def new_line() -> str:
    """Return a new key as it is written down: "id:key"."""
    return f"{secrets.token_hex(4)}:{base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).decode()}"


@lru_cache(4)
def _read_file(path: Path, _changed: int) -> Ring:
    return _read(path.read_text())


@lru_cache(4)
def _read(text: str) -> Ring:
    lines = [line.strip() for line in text.splitlines()]
    return Ring(tuple(_key(line) for line in lines if line and not line.startswith("#")))


def _key(line: str) -> Key:
    name, _, encoded = line.partition(":")
    secret = base64.urlsafe_b64decode(encoded)
    if len(secret) != BYTES:
        raise NoKey(f"key {name} does not have {BYTES} bytes")
    return Key(name, _derived(secret, b"sealing"), _derived(secret, b"marking"))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    made = HKDF(hashes.SHA256(), BYTES, salt=None, info=b"sightline.vault " + purpose)
    return made.derive(secret)
