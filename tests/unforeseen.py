"""Find the tasks of a running loop, and raise an unforeseen exception in one of them."""

import asyncio
from typing import Any

PROMPTLY = 5.0


class Unforeseen(Exception):
    """An exception that no code expects."""


def name_of(task: asyncio.Task[Any]) -> str:
    """The task's name; for a library's task without a name, its coroutine's."""
    if not task.get_name().startswith("Task-"):
        return task.get_name()
    return str(getattr(task.get_coro(), "__qualname__", task.get_name()))


def others(before: set[asyncio.Task[Any]]) -> dict[str, list[asyncio.Task[Any]]]:
    """By name, the tasks of this loop that are not in `before`."""
    found: dict[str, list[asyncio.Task[Any]]] = {}
    for task in asyncio.all_tasks() - before:
        found.setdefault(name_of(task), []).append(task)
    return found


async def strike(task: asyncio.Task[Any]) -> None:
    """Raise `Unforeseen` inside the task, at the place where it waits."""
    while not task.done():
        waited = getattr(task, "_fut_waiter", None)  # what a suspended task awaits: the only access from outside
        if isinstance(waited, asyncio.Task):
            task = waited
        elif waited is not None and not waited.done():
            waited.set_exception(Unforeseen())
            return
        else:
            await asyncio.sleep(0)
