"""A passkey in software: what a browser with an authenticator would answer (WebAuthn, ES256, no attestation)."""

import base64
import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftKey:
    """One passkey, used from pages of `origin`. Without `verified`, nobody showed the device who they are."""

    def __init__(self, origin: str, site: str = "localhost", *, verified: bool = True) -> None:
        self.id = secrets.token_bytes(16)
        self._origin, self._site = origin, site
        self._flags = PRESENT | (VERIFIED if verified else 0)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._uses = 0

    def made(self, options: str) -> str:
        """The answer to an offer."""
        numbers = self._key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        public = cbor2.dumps({1: 2, 3: -7, -1: 1} | point)
        data = self._data(self._flags | ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"attestationObject": text_of(attestation)}
        return self._answer(response, self._client_data("webauthn.create", options))

    def signed(self, options: str) -> str:
        """The answer to a question."""
        self._uses += 1
        data, client = self._data(self._flags), self._client_data("webauthn.get", options)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"authenticatorData": text_of(data), "signature": text_of(signature)}, client)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self._site.encode()).digest() + bytes([flags]) + self._uses.to_bytes(4, "big")

    def _client_data(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self._origin}).encode()

    def _answer(self, response: dict[str, Any], client_data: bytes) -> str:
        whole = response | {"clientDataJSON": text_of(client_data)}
        return json.dumps({"id": text_of(self.id), "rawId": text_of(self.id), "type": "public-key", "response": whole})
