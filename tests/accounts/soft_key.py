"""A security key in software: it makes passkeys and signs with them (WebAuthn Level 3, attestation `none`)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """One passkey for a host; count is how often it has signed. verifies: whether it asks for a finger or PIN."""

    def __init__(self, host: str = "testserver", origin: str = "http://testserver", *, verifies: bool = True):
        self.host, self.origin, self.verifies, self.count = host, origin, verifies, 0
        self.framed = False  # whether the page that asks stands in another site's
        self.id = secrets.token_bytes(16)
        self.private = ec.generate_private_key(ec.SECP256R1())

    def made(self, challenge: str) -> str:
        """What a browser answers to the question for a new passkey."""
        point = self.private.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        data = self._data(ATTESTED) + attested
        return self._answer(
            "webauthn.create", challenge,
            lambda _client: {"attestationObject": _b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}))},
        )  # fmt: skip

    def signed(self, challenge: str) -> str:
        """What a browser answers to the question of who signs in."""
        self.count += 1
        data = self._data(0)

        def parts(client: bytes) -> dict[str, str]:
            signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
            return {"authenticatorData": _b64(data), "signature": _b64(signature)}

        return self._answer("webauthn.get", challenge, parts)

    def _data(self, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _answer(self, kind: str, challenge: str, parts) -> str:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.framed}
        client = json.dumps(said).encode()
        response = {"clientDataJSON": _b64(client), **parts(client)}
        return json.dumps({"id": _b64(self.id), "rawId": _b64(self.id), "type": "public-key", "response": response})


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
