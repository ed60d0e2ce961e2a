"""Waiting for what will come true, instead of for a while."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Value = TypeVar("Value")


async def eventually(look: Callable[[], Awaitable[Value]], seconds: float = 10.0) -> Value:
    """The first truthy answer of `look`, asked again and again; fails when none comes in time."""
    async with asyncio.timeout(seconds):
        while not (value := await look()):  # noqa: ASYNC110  what is awaited may be in another process
            await asyncio.sleep(0.02)
        return value
