"""Wait for a condition, instead of for a fixed time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Value = TypeVar("Value")


async def eventually(look: Callable[[], Awaitable[Value]], seconds: float = 10.0) -> Value:
    """The first truthy answer of `look`, called repeatedly; fails if there is none in time."""
    async with asyncio.timeout(seconds):
        while not (value := await look()):  # noqa: ASYNC110  the event may be in another process
            await asyncio.sleep(0.02)
        return value
