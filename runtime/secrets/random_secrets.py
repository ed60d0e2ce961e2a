"""Random secrets for cookies, links and API tokens: 256 bits each, stored as SHA-256."""

import hashlib
import secrets


def new() -> str:
    """A new secret, safe in a URL."""
    return secrets.token_urlsafe(32)


def salt() -> str:
    """16 random bytes in hex, so that two records with the same content differ."""
    return secrets.token_hex(16)


def digest(secret: str) -> bytes:
    """The stored hash of a secret. The secret is random and long, so a plain hash cannot be reversed.

    It accepts any text: a sent secret may hold bytes that are not UTF-8, which arrive as surrogates.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()
