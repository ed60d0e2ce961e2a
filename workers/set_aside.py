"""One session that fails holds up no other: it is set aside, shown to the operator, and tried again later."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import TypeVar

import msgspec

from domain.errors import DatabaseAway
from domain.projection.gathering import Aside
from runtime import release
from store.attendance import set_aside as set_aside_sessions
from store.database import Transaction, savepoint

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Act = Callable[[Sequence[Item]], Awaitable[Mapping[str, Aside]]]
"""Does the work for all of the items; returns the sessions it found that cannot be handled, by session."""


async def spare_the_rest(
    tx: Transaction, items: Sequence[Item], act: Act[Item], aside: Callable[[Item, str], Aside]
) -> dict[str, Aside]:
    """Act on all items at once. Where that fails, on each half alone, so that only what fails by itself is left undone.

    `aside` says what becomes of an item that fails alone; it is given where the error was raised. Returns every
    session that cannot be handled.

    Raises:
        DatabaseAway: it is nobody's fault, and all is tried again.
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
    first = await spare_the_rest(tx, items[:half], act, aside)
    return first | await spare_the_rest(tx, items[half:], act, aside)


async def settle(
    tx: Transaction, consumer: str, clinic: str, tried: Collection[str], aside: Mapping[str, Aside]
) -> list[Aside]:
    """Take the clinic's sessions that were handled now off the list, and put those that failed on it.

    Returns what is new there.
    """
    well = [one for one in tried if one not in aside]
    for session in await set_aside_sessions.release(tx, consumer, clinic, well):
        log.info("a session that was set aside is handled again", extra={"consumer": consumer, "session": session})
    return [one for one in aside.values() if await _keep(tx, consumer, one)]


def report(consumer: str, aside: Sequence[Aside]) -> None:
    """Log each session that was set aside: once its transaction has committed, and never again."""
    for one in aside:
        place = {"consumer": consumer, "clinic": one.clinic, "session": one.session, "position": one.position}
        why = {"reason": one.reason, "frames": f"\n{one.frames}"} if one.frames else {"reason": one.reason}
        log.error("a session was set aside; the others go on", extra={**place, **why})


def frames(error: Exception) -> str:
    """Where it was raised, without its words: they may name the values that it stumbled over."""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"


async def _keep(tx: Transaction, consumer: str, aside: Aside) -> bool:
    try:
        async with savepoint(tx):
            return await set_aside_sessions.keep(tx, consumer, aside, release.VERSION)
    except DatabaseAway:
        raise
    except Exception:  # what could be read of its window fits no column
        bare = msgspec.structs.replace(aside, extent=None)
        return await set_aside_sessions.keep(tx, consumer, bare, release.VERSION)
