"""A node's lease: while the node renews it, people are sent there, and no other node may take its rooms."""

import asyncio
import logging
from datetime import timedelta

from domain.errors import DatabaseAway
from runtime.clock import SteadyClock
from runtime.outage import Outage
from signaling.hosting.rooms import Rooms
from store.database import Database
from store.room import leases

log = logging.getLogger(__name__)

RENEW_SECONDS = 1.0
ANSWER_SECONDS = 2.5
"""A renewal that takes longer hangs: the lease has almost run out, and another connection may work."""
SKEW_TOLERATED = timedelta(seconds=1)


class Lease:
    """The lease of one node. Each renewal also measures the node's clock and finds the rooms that it has lost."""

    def __init__(self, node: str, url: str, rooms: Rooms, database: Database, clock: SteadyClock) -> None:
        self._node = node
        self._url = url
        self._rooms = rooms
        self._database = database.limited_to(ANSWER_SECONDS)
        self._clock = clock

    async def keep(self) -> None:
        """Renew the lease every second, for as long as the task runs."""
        away = Outage(log, "the lease could not be renewed: the database is away", "the lease is renewed again")
        while True:
            try:
                await self.renew()
                away.passed()
            except DatabaseAway as error:
                away.met(error)
            await asyncio.sleep(RENEW_SECONDS)

    async def renew(self) -> None:
        """Renew the lease once.

        Raises:
            DatabaseAway
        """
        rooms, clock = self._rooms, self._clock
        held, before = rooms.held, clock.now()
        async with self._database.transaction() as tx:
            at = await leases.renew_lease(tx, self._node, self._url, len(rooms))
            rooms.skew = before + (clock.now() - before) / 2 - at
            ours = {(holding.session, holding.epoch) for holding in await leases.held_by(tx, self._node)}
        rooms.surrender([session for session, epoch in held.items() if (session, epoch) not in ours])
        if abs(rooms.skew) > SKEW_TOLERATED:
            log.warning("this node's clock and the database's differ", extra={"seconds": rooms.skew.total_seconds()})
            if not len(rooms):
                clock.set_by_wall()

    async def end(self, seconds: float) -> None:
        """Try for up to `seconds` to end the lease: people are sent elsewhere, and other nodes may take the rooms."""
        try:
            async with asyncio.timeout(seconds), self._database.transaction() as tx:
                await leases.end_lease(tx, self._node)
        except (DatabaseAway, OSError):  # a timeout is one
            log.warning("the database is away: the lease runs out by itself")
