"""Codes of six digits, and their keyed digests: whoever reads a plain digest of six digits tries them all."""

import hmac
import secrets

DIGITS = 6


def new() -> str:
    """A random code."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def key_from(secret: bytes) -> bytes:
    """The key of the digests, from a secret that the server and the workers share and the database lacks."""
    return hmac.digest(secret, b"vesper identity codes", "sha256")


def digest(key: bytes, id: str, code: str) -> bytes:
    """The digest of the code with that id: of two equal codes it differs."""
    return hmac.digest(key, f"{id} {code}".encode(errors="surrogatepass"), "sha256")


def match(one: bytes, other: bytes) -> bool:
    """Whether two digests are equal, in a time that does not depend on them."""
    return hmac.compare_digest(one, other)
