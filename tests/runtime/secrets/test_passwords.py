"""Passwords: slow to guess, and never so many at once that the server stands still."""

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


async def test_the_right_one_matches_and_no_other(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse")
    assert stored.startswith("$argon2id$v=19$m=64,t=3,p=4$")
    assert await passwords.match(stored, "correct horse")
    assert not await passwords.match(stored, "correct house")


async def test_where_nothing_is_stored_nothing_matches(passwords: Passwords) -> None:
    assert not await passwords.match(None, "")


async def test_a_crowd_is_sent_away_rather_than_kept_waiting(passwords: Passwords) -> None:
    hashes = (passwords.hash(f"password {n}") for n in range(MOST_WAITING + 3))
    results = await asyncio.gather(*hashes, return_exceptions=True)
    assert [type(result) for result in results[MOST_WAITING:]] == 3 * [TooManyAttempts]
    assert all(isinstance(result, str) for result in results[:MOST_WAITING])
