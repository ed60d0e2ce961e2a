"""Ed25519 signatures (RFC 8032): sign and verify."""

from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32


class Signer:
    """A private key; its repr does not show it."""

    def __init__(self, private_key: bytes) -> None:
        """`private_key`: the 32 bytes of RFC 8032's private key."""
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)

    @classmethod
    def fresh(cls) -> Self:
        """A signer with a new key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public_key(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def private_key(self) -> bytes:
        """The private key, 32 bytes."""
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)


def is_signed(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Whether the signature is by this key's private half, over exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
