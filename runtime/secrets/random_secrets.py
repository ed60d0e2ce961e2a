"""The random secrets that cookies, links and API tokens are: 256 bits each, kept as SHA-256."""

import hashlib
import secrets


def new() -> str:
    """A fresh secret, fit for a URL."""
    return secrets.token_urlsafe(32)


def salt() -> str:
    """16 random bytes in hex, which make two records that say the same different."""
    return secrets.token_hex(16)


def digest(secret: str) -> bytes:
    """What is stored of a secret. It is random and long, so a plain hash cannot be turned back.

    Of any text: what somebody sends as a secret may hold bytes that are no UTF-8, which arrive as surrogates.
    """
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()
