"""Passwords: argon2id, computed in their own threads so that the event loop never waits for a hash."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.errors import TooManyAttempts

THREADS = 2
"""Hashes computed at once: each takes its memory, and further ones wait."""
MOST_WAITING = 50
"""Requests that may wait at once; further ones are refused. A hash takes 0.2 s, so no wait exceeds 10 s."""
TIME_COST = 3
LANES = 4
"""RFC 9106 §4, the second recommended choice: 3 passes, 4 lanes, 64 MiB."""


Result = TypeVar("Result")


class Passwords:
    """Hashes and compares passwords; no other code does."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=memory_kib, parallelism=LANES)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._waiting = 0

    def close(self) -> None:
        """Stop the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """The argon2id hash of `password` with its parameters, as stored.

        Raises:
            TooManyAttempts
        """
        return await self._in_thread(lambda: self._hasher.hash(password))

    async def match(self, stored: str | None, password: str, *, always: bool = False) -> bool:
        """Whether `password` matches the stored hash; without one (None), False after an equal time.

        `always` waits even if too many wait already.

        Raises:
            TooManyAttempts
        """
        same = await self._in_thread(lambda: self._verify(stored or self._nobody, password), always=always)
        return same and stored is not None

    async def _in_thread(self, work: Callable[[], Result], *, always: bool = False) -> Result:
        if self._waiting >= MOST_WAITING and not always:
            raise TooManyAttempts(retry_after_s=10)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except VerifyMismatchError:
            return False
