"""A security key in software: makes a key for a site and signs what the site asks."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


@dataclass
class SecurityKey:
    """Answers as a browser would with this key in it, at `origin`."""

    origin: str = "http://localhost:8000"
    site: str = "localhost"
    counter: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: str) -> str:
        """Answer what a site asks of a new key."""
        said = self._said(CollectedClientData.TYPE.CREATE, options)
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = self._data(FLAG.UP | FLAG.AT, credential)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(said, attestationObject=attestation)

    def get(self, options: str) -> str:
        """Answer what a site asks of a key that it knows."""
        said = self._said(CollectedClientData.TYPE.GET, options)
        self.counter += 1
        data = self._data(FLAG.UP, b"")
        signature = self.key.sign(data + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(said, authenticatorData=data, signature=signature)

    def _said(self, kind: str, options: str) -> CollectedClientData:
        challenge = json.loads(options)["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, self.origin)

    def _data(self, flags: int, credential: bytes) -> AuthenticatorData:
        site = hashlib.sha256(self.site.encode()).digest()
        return AuthenticatorData.create(site, flags, self.counter, credential)

    def _answer(self, said: CollectedClientData, **parts: bytes) -> str:
        name = websafe_encode(self.credential_id)
        response = {"clientDataJSON": said.b64}
        response |= {key: websafe_encode(part) for key, part in parts.items()}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip
