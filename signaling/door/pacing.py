"""One connection's requests, at the pace of each kind. Of requests that wait, only the newest is kept."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from signaling import messages as m
from signaling.door.limits import OF_REQUEST, Allowance

Pass = Callable[[m.Request], Awaitable[None]]
Kind = TypeVar("Kind", bound=m.Request)


class Pacing:
    """Sits between a socket's reader and its room; requests that wait have tasks in `group`."""

    def __init__(self, group: asyncio.TaskGroup, pass_on: Pass) -> None:
        self._group = group
        self._pass = pass_on
        self._clock = asyncio.get_running_loop().time
        self._allowances: dict[type[m.Request], Allowance] = {}
        self._waiting: dict[type[m.Request], m.Request] = {}

    async def take(self, request: m.Request) -> bool:
        """Pass a request on, now or once its limit allows; False when it waits."""
        kind = type(request)
        if kind not in OF_REQUEST:
            await self._pass(request)
            return True
        if kind in self._waiting:
            self._waiting[kind] = newest(self._waiting[kind], request)
            return False
        allowance = self._allowances.setdefault(kind, Allowance(OF_REQUEST[kind], self._clock()))
        allowance.spend(1, self._clock())
        if not (wait := allowance.wait(self._clock())):
            await self._pass(request)
            return True
        self._waiting[kind] = request
        self._group.create_task(self._pass_later(kind, wait), name="socket: later")
        return False

    async def _pass_later(self, kind: type[m.Request], seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._pass(self._waiting.pop(kind))


def newest(before: Kind, after: Kind) -> Kind:
    """Two requests of one kind combined: the later one, with what the earlier one still needs."""
    match before, after:
        case m.Accept(), m.Accept():
            return max(before, after, key=lambda accept: accept.offer_id)
        case m.Resubscribe(), m.Resubscribe():
            return msgspec.structs.replace(after, keep=before.keep and after.keep)
        case _:
            return after
