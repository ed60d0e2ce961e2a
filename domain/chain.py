"""Hash chains: each fact of a stream is bound to the one before it, so that tampering shows."""

import hashlib
from collections.abc import Mapping

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


def day_root(ends: Mapping[str, bytes]) -> bytes:
    """What one UTC day of the ledger comes to: a change of any fact of it, or before it in its streams, shows.

    `ends` has every stream in which a fact was recorded that day, and the link of the last such fact. The root is
    SHA-256 over them in the order of the streams' names (by code point), each as the name in UTF-8, a zero byte and
    the 32 bytes of the link. A day without facts has the root of nothing.
    """
    digest = hashlib.sha256()
    for stream, end in sorted(ends.items()):
        digest.update(stream.encode() + b"\0" + end)
    return digest.digest()
