"""Passwords: slow to guess, and never hashed in such numbers that the server stops."""

import asyncio
import contextlib
from collections.abc import Iterator

import pytest

from domain.errors import TooManyAttempts
from runtime.secrets.passwords import MOST_WAITING, Passwords


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    with contextlib.closing(Passwords(64)) as made:
        yield made


async def test_only_the_right_password_matches(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$v=19$m=64,t=3,p=4$")
    assert await passwords.match(stored, "correct horse")
    assert not await passwords.match(stored, "correct house")


async def test_nothing_matches_when_no_hash_is_stored(passwords: Passwords) -> None:
    assert not await passwords.match(None, "")


async def test_requests_beyond_the_limit_are_refused_instead_of_queued(passwords: Passwords) -> None:
    hashes = (passwords.hash(f"password {n}") for n in range(MOST_WAITING + 3))
    results = await asyncio.gather(*hashes, return_exceptions=True)
    assert [type(result) for result in results[MOST_WAITING:]] == 3 * [TooManyAttempts]
    assert all(isinstance(result, str) for result in results[:MOST_WAITING])
