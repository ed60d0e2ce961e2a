"""Passwords: argon2id, worked out in threads of their own so that the event loop never waits for one."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.errors import TooManyAttempts

THREADS = 2
"""At most this many hashes at once: each takes its memory, and more wait their turn."""
MOST_WAITING = 50
"""More than these at once are sent away: a password takes a fifth of a second, and nobody waits longer than ten."""
TIME_COST = 3
LANES = 4
"""RFC 9106 §4, the second recommended choice: 3 passes, 4 lanes, 64 MiB."""


Result = TypeVar("Result")


class Passwords:
    """The one place where passwords are hashed and compared."""

    def __init__(self, memory_kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=TIME_COST, memory_cost=memory_kib, parallelism=LANES)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._waiting = 0

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        """What is stored of `password`: its argon2id hash, with its parameters.

        Raises:
            TooManyAttempts
        """
        return await self._in_thread(lambda: self._hasher.hash(password))

    async def match(self, stored: str | None, password: str, *, always: bool = False) -> bool:
        """Whether `password` is the one; with nothing stored (None) it takes as long to say no.

        `always` waits however many wait already.

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
