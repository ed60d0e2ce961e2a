"""Open a room on this node in a new epoch, from its past; and close the epoch of a room that failed."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from domain.errors import DatabaseAway, NotFound, RoomsUnavailable, SessionCalledOff, SessionOver
from domain.events.schedule import MUTUAL_HELP
from domain.policy import Policy
from domain.schedule.meetings import meeting_plan
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.recovery import close_all, readable, room_from_facts
from signaling.hosting.services import NodeServices
from signaling.journal.shipper import Shipper
from signaling.room.learning import is_cancelled
from signaling.room.room import Room
from store.chart import drafts
from store.database import Database, Transaction
from store.ledger import facts as ledger
from store.ledger.facts import Recorded
from store.people import aliases
from store.room import leases, liveness
from store.room.leases import RoomTaken
from store.schedule import rosters, sessions

log = logging.getLogger(__name__)

SHIP_PATIENCE_SECONDS = 5.0


class Opened(NamedTuple):
    """A room whose epoch this node has taken. Its first facts are not recorded yet."""

    live: LiveRoom
    last_seen: Mapping[str, datetime]
    """The last evidence of connections that an earlier epoch left open."""
    at: datetime


class _Past(msgspec.Struct, frozen=True):
    """What a room reads from Postgres, once."""

    epoch: int
    facts: list[Recorded]
    names: dict[str, str]
    aliases: dict[str, str]
    last_seen: dict[str, datetime]
    written_until: datetime | None
    """When a note of it was last written, by the clock of the node that kept the draft."""


class Opener:
    """Takes rooms for this node, one epoch at a time."""

    def __init__(self, node: str, database: Database, shipper: Shipper, services: NodeServices) -> None:
        self._node = node
        self._database = database
        self._shipper = shipper
        self._services = services

    async def open(self, session: str, clinic: str) -> Opened:
        """The session's room in its next epoch, with its whole past.

        Raises:
            SessionOver, SessionCalledOff, NotFound: there is no such plan
            RoomsUnavailable: the database is away, or another node holds the room
        """
        await self._ship_own_facts()
        now = self._services.now()
        try:
            async with self._database.transaction() as tx:
                if await sessions.kind_of(tx, clinic, session) == MUTUAL_HELP:
                    return await self._open_meeting(tx, session, clinic, now)
                past = await self._take(tx, session, clinic, now)
                room = self._checked(room_from_facts(readable(session, past.facts), past.epoch))
        except (DatabaseAway, RoomTaken) as error:
            raise RoomsUnavailable from error
        room.written_until = past.written_until
        room.call_by(past.aliases)
        live = LiveRoom(room, clinic, past.names, self._policy(room), self._services)
        log.info("room opened", extra={"session": session, "epoch": past.epoch})
        return Opened(live, past.last_seen, now)

    async def _open_meeting(self, tx: Transaction, session: str, clinic: str, now: datetime) -> Opened:
        """A mutual-help meeting, from the schedule: it has no past, and after a restart it begins anew.

        Raises:
            SessionCalledOff, NotFound, RoomTaken
        """
        found = await sessions.find(tx, clinic, session)
        if found is None:
            raise NotFound
        if found.cancelled:
            raise SessionCalledOff
        room = Room(meeting_plan(found), epoch=await leases.take(tx, clinic, session, self._node, now))
        log.info("room opened", extra={"session": session, "epoch": room.epoch})
        return Opened(LiveRoom(room, clinic, {}, self._policy(room), self._services), {}, now)

    async def close_behind(self, session: str, epoch: int) -> None:
        """End the stream of a failed room, as after a crash, so that no statement waits for it."""
        try:
            await self._ship_own_facts()
            async with self._database.transaction() as tx:
                left = await leases.left_open_by(tx, self._node)
            own = [one for one in left if (one.session, one.epoch) == (session, epoch)]
            await close_all(own, self._services.journal, self._database, self._services.now())
        except (DatabaseAway, RoomsUnavailable):
            log.warning("the database is away: the stream is closed at the next start", extra={"session": session})

    async def _take(self, tx: Transaction, session: str, clinic: str, now: datetime) -> _Past:
        epoch = await leases.take(tx, clinic, session, self._node, now)
        names = await rosters.names(tx, clinic, session)
        return _Past(
            epoch=epoch,
            facts=await ledger.of_session(tx, clinic, session),
            names=names,
            aliases=await aliases.of_people(tx, clinic, list(names)),
            last_seen=await liveness.of_session(tx, clinic, session),
            written_until=await drafts.written_until(tx, clinic, session),
        )

    def _checked(self, room: Room) -> Room:
        """The room, if people may still come to it. If not, the epoch is not taken, and no statement waits for it.

        Raises:
            SessionOver, SessionCalledOff
        """
        if room.standing.ended_at is not None:
            raise SessionOver
        if is_cancelled(room, self._policy(room)):
            raise SessionCalledOff
        return room

    def _policy(self, room: Room) -> Policy:
        return self._services.policy_of(room.planned.policy.digest)

    async def _ship_own_facts(self) -> None:
        """Ship this node's own facts first: they belong to the past that the new room reads."""
        try:
            async with asyncio.timeout(SHIP_PATIENCE_SECONDS):
                await self._shipper.reached(self._services.journal.mark)
        except TimeoutError:
            raise RoomsUnavailable from None
