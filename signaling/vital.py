"""The vital tasks of a node: when one of them ends, the node gives up at once.

A node that went on without its shipper, its journal or its lease would record nothing that lasts, and no other node
would take its rooms. When it ends, its supervisor starts it again, and it ships what its journal holds.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

Work = Callable[[], Coroutine[Any, Any, None]]

log = logging.getLogger(__name__)


class NodeGivesUp(Exception):
    """A vital task has ended; the text names it."""


class Vital:
    """Watches the vital tasks, and knows whether the node must give up."""

    def __init__(self, giving_up: Callable[[], None]) -> None:
        """`giving_up` is called when the first task ends unasked."""
        self._giving_up = giving_up
        self._stopping = False
        self.lost = False
        """True once the node gives up: from then on it waits for nothing."""

    def keep(self, group: asyncio.TaskGroup, name: str, work: Work) -> asyncio.Task[None]:
        """Run `work` as a task of the group; it must not end before the node stops."""
        return group.create_task(self._watched(name, work), name=name)

    def stop(self) -> None:
        """The node stops as asked: from now on its tasks may end."""
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
        log.critical("a vital task ended: this node gives up", extra={"task": name}, exc_info=error)
        self._giving_up()
