"""The tasks that a node cannot do without: when one of them ends, the node gives up and waits for nothing.

A node that went on without its shipper, its journal or its lease would record nothing that lasts, and nobody would take
its rooms. One that ends is started again by its supervisor, and ships what its journal holds.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

Work = Callable[[], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)


class NodeGivesUp(Exception):
    """A task that the node cannot do without has ended; its text says which."""


class Vital:
    """Keeps these tasks, and knows whether the node must give up."""

    def __init__(self, giving_up: Callable[[], None]) -> None:
        """`giving_up` is called at the first end of a task that nobody asked for."""
        self._giving_up = giving_up
        self._stopping = False
        self.lost = False
        """True once the node gives up: from then on nothing is waited for."""

    def keep(self, group: asyncio.TaskGroup, name: str, work: Work) -> asyncio.Task[None]:
        """Run `work` as a task of the group that must not end before the node stops."""
        return group.create_task(self._watched(name, work), name=name)

    def stop(self) -> None:
        """The node stops in order: from now on its tasks may end."""
        self._stopping = not self.lost

    async def _watched(self, name: str, work: Work) -> None:
        try:
            await work()
        except BaseException as error:
            self._ended(name, error)
            raise
        self._ended(name, None)
        if not self._stopping:
            raise NodeGivesUp(name)

    def _ended(self, name: str, error: BaseException | None) -> None:
        if self._stopping or self.lost:
            return
        self.lost = True
        log.critical("a task ended that this node cannot do without: it gives up", extra={"task": name}, exc_info=error)
        self._giving_up()
