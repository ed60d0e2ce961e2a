"""Failed attempts to come in, counted by what was typed and by where it came from, and stopped beyond a limit."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from domain.errors import TooManyAttempts
from store import attempts
from store.database import Transaction

WINDOW = timedelta(minutes=15)
"""A failure counts for this long."""


class Subject(msgspec.Struct, frozen=True):
    """What failures are counted by, as a hash, and how many are allowed in a window."""

    hash: bytes
    allowed: int


def typed_address(email: str, key: bytes) -> Subject:
    """An e-mail address as typed at the sign-in, whether anybody has it or not."""
    return Subject(_hash("email", email.lower(), key), 10)


def network(address: str, key: bytes) -> Subject:
    """Where sign-ins come from: a clinic's staff may share one address."""
    return Subject(_hash("network", address, key), 50)


def network_of_links(address: str, key: bytes) -> Subject:
    """Where links are opened from: a link that nobody has is a guess, or a mistake in copying."""
    return Subject(_hash("links", address, key), 30)


async def check(tx: Transaction, subjects: Sequence[Subject], now: datetime) -> None:
    """Refuse when one of these has failed too often; attempts at once wait here for each other.

    Raises:
        TooManyAttempts: with the seconds until the oldest failure no longer counts.
    """
    await attempts.take_turns(tx, [subject.hash for subject in subjects])
    for subject in subjects:
        failures = await attempts.since(tx, subject.hash, now - WINDOW)
        if len(failures) >= subject.allowed:
            raise TooManyAttempts(retry_after_s=int((failures[0] + WINDOW - now).total_seconds()) + 1)


async def fail(tx: Transaction, subjects: Sequence[Subject], now: datetime) -> None:
    """Count a failure of each of these, and drop what no longer counts."""
    await attempts.forget_before(tx, now - WINDOW)
    await attempts.add(tx, [subject.hash for subject in subjects], now)


def _hash(kind: str, value: str, key: bytes) -> bytes:
    """Keyed, so that whoever reads the table cannot try addresses against it."""
    return hashlib.blake2b(value.encode(), key=key, person=kind.encode(), digest_size=32).digest()
