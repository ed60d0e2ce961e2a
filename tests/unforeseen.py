"""The tasks of a running loop, and an unforeseen exception where one of them waits."""

import asyncio
from typing import Any

PROMPTLY = 5.0


class Unforeseen(Exception):
    """What nobody thought of."""


def name_of(task: asyncio.Task[Any]) -> str:
    """The name it was given; of a library's task, which has none, its coroutine's."""
    if not task.get_name().startswith("Task-"):
        return task.get_name()
    return str(getattr(task.get_coro(), "__qualname__", task.get_name()))


def others(before: set[asyncio.Task[Any]]) -> dict[str, list[asyncio.Task[Any]]]:
    """By name, the tasks of this loop that were not there `before`."""
    found: dict[str, list[asyncio.Task[Any]]] = {}
    for task in asyncio.all_tasks() - before:
        found.setdefault(name_of(task), []).append(task)
    return found


async def strike(task: asyncio.Task[Any]) -> None:
    """Have `Unforeseen` raised inside the task, at the very place where it waits."""
    while not task.done():
        waited = getattr(task, "_fut_waiter", None)  # where a suspended task is: the one way in from outside
        if isinstance(waited, asyncio.Task):
            task = waited
        elif waited is not None and not waited.done():
            waited.set_exception(Unforeseen())
            return
        else:
            await asyncio.sleep(0)
