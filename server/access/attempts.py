"""Failed attempts to sign in or open a link, counted by what was typed and by origin; each delays the next attempt.

The delay grows with the failures that count, so a guesser waits longer and longer. Others who share the guesser's
network or the guessed account wait little, and a browser that has signed in as that person before never waits
(`server/access/known_browsers.py`).
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import msgspec

from domain.errors import TooManyAttempts
from runtime.secrets import random_secrets
from server.http import homes, origins
from server.http.calls import Call
from server.http.origins import Origin
from store.access import attempts
from store.access.attempts import Failures
from store.database import Transaction

Found = TypeVar("Found")

WINDOW = timedelta(hours=1)
"""A failure counts for this long."""


class Growth(msgspec.Struct, frozen=True):
    """How a delay grows: a second after `free` failures, doubled every `doubling` failures, up to `longest`."""

    free: int
    doubling: int
    longest: timedelta

    def delay(self, failures: int) -> timedelta:
        """The wait after the last of this many failures."""
        if failures < self.free:
            return timedelta(0)
        doublings = (failures - self.free) // self.doubling
        return min(timedelta(seconds=1 << min(doublings, 20)), self.longest)


GUESSER = Growth(free=5, doubling=1, longest=timedelta(minutes=15))
"""One e-mail address, from one network."""
ADDRESS = Growth(free=20, doubling=5, longest=timedelta(minutes=5))
"""All attempts from one network address, which a clinic's staff may share."""
NETWORK = Growth(free=50, doubling=10, longest=timedelta(minutes=1))
"""All attempts from one network (/24, /64); most people in it have nothing to do with the guesser."""
ACCOUNT = Growth(free=10, doubling=10, longest=timedelta(minutes=1))
"""One e-mail address, from anywhere. The delay grows slowly, because another person may cause the failures."""
PROOFS = Growth(free=5, doubling=1, longest=timedelta(minutes=15))
"""Second factors and confirmations of one person, from anywhere: who tries them already has a password or a page."""
RESETS = Growth(free=3, doubling=1, longest=timedelta(minutes=15))
"""Mails to one e-mail address that ask for a new password."""
ASKERS = Growth(free=20, doubling=5, longest=timedelta(minutes=15))
"""Such mails asked for from one network address."""
PROVIDERS = Growth(free=100, doubling=20, longest=timedelta(minutes=1))
"""Ways to a clinic's provider begun from one network address, which a clinic's staff may share."""
LINKS = Growth(free=30, doubling=5, longest=timedelta(minutes=15))
"""Unknown links opened from one network address. A known link never waits."""

CODES = Growth(free=3, doubling=1, longest=timedelta(minutes=15))
"""Identity codes asked for one person, right or wrong: each may fill their mailbox."""


class Subject(msgspec.Struct, frozen=True):
    """What failures are counted by, as a hash, and how its delay grows."""

    hash: bytes
    growth: Growth


def sign_in_subjects(email: str, origin: Origin, key: bytes) -> tuple[Subject, ...]:
    """The counters of a wrong password, for known and unknown addresses alike; `email` is normalised for comparison."""
    return (
        Subject(_hash("guesser", f"{email} {origin.network}", key), GUESSER),
        Subject(_hash("address", origin.address, key), ADDRESS),
        Subject(_hash("network", origin.network, key), NETWORK),
        Subject(_hash("email", email, key), ACCOUNT),
    )


def link_subjects(origin: Origin, key: bytes) -> tuple[Subject, ...]:
    """The counters of an unknown link, which is a guess or a mistake in copying."""
    return (Subject(_hash("links", origin.address, key), LINKS),)


def provider_subjects(origin: Origin, key: bytes) -> tuple[Subject, ...]:
    """The counter of ways to a provider, which come to nothing as often as somebody likes."""
    return (Subject(_hash("providers", origin.address, key), PROVIDERS),)


def code_subjects(person: str, key: bytes) -> tuple[Subject, ...]:
    """The counter of identity codes that were asked for."""
    return (Subject(_hash("codes", person, key), CODES),)


def guess_subjects(person: str, origin: Origin, key: bytes) -> tuple[Subject, ...]:
    """The counters of a wrong identity code, alike whether or not one was sent."""
    return (
        Subject(_hash("code-guesser", f"{person} {origin.network}", key), GUESSER),
        Subject(_hash("code-address", origin.address, key), ADDRESS),
    )


def proof_subjects(person: str, what: Literal["password", "factor"], key: bytes) -> tuple[Subject, ...]:
    """The counter of wrong proofs of this kind: a right password must not clear the count of guessed codes."""
    return (Subject(_hash(f"proof-{what}", person, key), PROOFS),)


def reset_subjects(email: str, origin: Origin, key: bytes) -> tuple[Subject, ...]:
    """The counters of asking for a new password, for known and unknown addresses alike."""
    return (
        Subject(_hash("reset", email, key), RESETS),
        Subject(_hash("askers", origin.address, key), ASKERS),
    )


def allowed_from(failures: Failures, growth: Growth) -> datetime | None:
    """The time of the next permitted attempt; None when there are no failures."""
    return None if failures.last is None else failures.last + growth.delay(failures.count)


async def check(tx: Transaction, subjects: Sequence[Subject], now: datetime) -> None:
    """Refuse while the delay of one of these lasts. Concurrent attempts on the same subjects wait here for each other.

    Raises:
        TooManyAttempts: carries the remaining seconds.
    """
    await attempts.take_turns(tx, [subject.hash for subject in subjects])
    for subject in subjects:
        allowed = allowed_from(await attempts.since(tx, subject.hash, now - WINDOW), subject.growth)
        if allowed is not None and allowed > now:
            raise wait(int((allowed - now).total_seconds()) + 1)


def wait(seconds: int) -> TooManyAttempts:
    """The refusal that says how long to wait."""
    minutes = -(-seconds // 60)
    span = f"{seconds} seconds" if seconds < 60 else "a minute" if minutes == 1 else f"{minutes} minutes"
    return TooManyAttempts(f"Too many attempts. Wait {span}, then try again.", seconds)


async def fail(tx: Transaction, subjects: Sequence[Subject], now: datetime) -> None:
    """Count a failure of each of these, and drop what no longer counts."""
    await attempts.forget_before(tx, now - WINDOW)
    await attempts.add(tx, [subject.hash for subject in subjects], now)


async def forgive(tx: Transaction, subjects: Sequence[Subject], at: datetime) -> None:
    """Uncount the attempt at `at`, which succeeded, and clear the failures of this address from this network."""
    await attempts.take_turns(tx, [subject.hash for subject in subjects])
    for subject in subjects:
        await attempts.forget(tx, subject.hash, None if subject.growth is GUESSER else at)


async def clear(tx: Transaction, subject: Subject) -> None:
    """Forget all failures of this subject, after a success."""
    await attempts.take_turns(tx, [subject.hash])
    await attempts.forget(tx, subject.hash)


async def behind_link(
    call: Call[Any], secret: str, find: Callable[[Transaction, bytes], Awaitable[Found | None]]
) -> Found | None:
    """What `find` has behind a link's secret, in whichever database it is. An unknown secret counts as a failure of its
    origin; the holder of a known one never waits.

    Raises:
        TooManyAttempts
    """
    digest = random_secrets.digest(secret)
    await homes.settle(call, lambda tx: find(tx, digest))
    async with call.database.transaction() as tx:
        found = await find(tx, digest)
        if found is None:
            subjects = link_subjects(origins.origin_of(call.request), call.settings.ticket_key)
            await check(tx, subjects, call.now)
            await fail(tx, subjects, call.now)
    return found


def _hash(kind: str, value: str, key: bytes) -> bytes:
    """A keyed hash, so that a reader of the table cannot test addresses against it."""
    return hashlib.blake2b(value.encode(), key=key, person=kind.encode(), digest_size=32).digest()
