"""Hash chains: each fact of a stream is bound to the one before it, so that tampering shows."""

import hashlib

START = bytes(32)
"""What the first fact of a stream is bound to."""


def link(previous: bytes, body: bytes) -> bytes:
    """SHA-256 over the previous link (32 bytes) and the fact's exact bytes."""
    return hashlib.sha256(previous + body).digest()


def first_broken(bodies_and_links: list[tuple[bytes, bytes]], start: bytes = START) -> int | None:
    """The index of the first fact whose link does not follow, or None when the whole chain holds."""
    previous = start
    for index, (body, claimed) in enumerate(bodies_and_links):
        previous = link(previous, body)
        if previous != claimed:
            return index
    return None
