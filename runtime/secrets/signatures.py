"""Signing with Ed25519 (RFC 8032), and checking what was signed."""

from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32


class Signer:
    """A private key. It shows nothing of itself."""

    def __init__(self, private_key: bytes) -> None:
        """From the 32 bytes that RFC 8032 calls the private key."""
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)

    @classmethod
    def fresh(cls) -> Self:
        """With a key that nobody has."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that others check with."""
        return self._key.public_key().public_bytes_raw()

    def private_key(self) -> bytes:
        """The 32 bytes to keep to oneself."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether whoever holds the private half of this key signed exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
