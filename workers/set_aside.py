"""A session that fails does not stop others: it is set aside, shown to the operator, and tried again later."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

import msgspec

from domain.errors import DatabaseAway
from domain.projection.gathering import Aside
from runtime import release
from store.attendance import set_aside
from store.database import Transaction, savepoint

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Act = Callable[[Sequence[Item]], Awaitable[Mapping[str, Aside]]]
"""Does the work for all items; returns the sessions that it found cannot be handled."""


async def isolate_failures(
    tx: Transaction, items: Sequence[Item], act: Act[Item], aside: Callable[[Item, str], Aside]
) -> dict[str, Aside]:
    """Act on all items at once. If that fails, act on each half, so that only items that fail alone are left undone.

    `aside` describes an item that fails alone, given also where the error was raised. Returns every session that cannot
    be handled.

    Raises:
        DatabaseAway: no item is to blame; the caller tries all again.
    """
    try:
        async with savepoint(tx):
            return dict(await act(items))
    except DatabaseAway:
        raise
    except Exception as error:
        if len(items) == 1:
            failed = aside(items[0], frames(error))
            return {failed.session: failed}
    half = len(items) // 2
    first = await isolate_failures(tx, items[:half], act, aside)
    return first | await isolate_failures(tx, items[half:], act, aside)


async def settle(
    tx: Transaction, consumer: str, clinic: str, tried: Collection[str], aside: Mapping[str, Aside]
) -> list[Aside]:
    """Remove the sessions that were handled now from the clinic's list, and add those that failed.

    Returns the new entries.
    """
    well = [one for one in tried if one not in aside]
    for session in await set_aside.release(tx, consumer, clinic, well):
        log.info("a session that was set aside is handled again", extra={"consumer": consumer, "session": session})
    return [one for one in aside.values() if await _keep(tx, consumer, one)]


def report(consumer: str, aside: Sequence[Aside]) -> None:
    """Log each session that was set aside. Call it once, after the transaction has committed."""
    for one in aside:
        place = {"consumer": consumer, "clinic": one.clinic, "session": one.session, "position": one.position}
        why = {"reason": one.reason, "frames": f"\n{one.frames}"} if one.frames else {"reason": one.reason}
        log.error("a session was set aside; the others go on", extra={**place, **why})


def frames(error: Exception) -> str:
    """Where the error was raised, without its message, which may contain values."""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"


async def _keep(tx: Transaction, consumer: str, aside: Aside) -> bool:
    try:
        async with savepoint(tx):
            return await set_aside.keep(tx, consumer, aside, release.VERSION)
    except DatabaseAway:
        raise
    except Exception:  # its window does not fit the columns
        bare = msgspec.structs.replace(aside, extent=None)
        return await set_aside.keep(tx, consumer, bare, release.VERSION)
