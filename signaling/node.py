"""The signaling process: one node with its journal, its rooms, its media engine and its door."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial

from domain import relays
from domain.errors import DatabaseAway
from domain.relays import RelayCredentials
from runtime import policies
from runtime.clock import SteadyClock, new_id, now
from runtime.settings import SignalingSettings
from signaling.admission import Admission
from signaling.effects import KeepDraft
from signaling.gateway import Gateway
from signaling.journal import Draft, Journal
from signaling.media.engine import MediaEngine
from signaling.media.sfu import BuiltInEngine, Listening
from signaling.rooms import Rooms
from signaling.services import Services
from signaling.shipper import Shipper
from store import note_drafts
from store import rooms as holdings
from store.database import Database

log = logging.getLogger(__name__)

RENEW_SECONDS = 1.0
SKEW_TOLERATED = timedelta(seconds=1)
LAST_SHIPMENT_SECONDS = 5.0
"""A node that stops while the database is away leaves the rest in its journal, for its next start."""


async def run(settings: SignalingSettings) -> None:
    """Run a node until the task is cancelled; then everybody is moved out and the journal is shipped."""
    listening = Listening(settings.media_host, settings.media_port, (settings.media_address,))
    engine = await BuiltInEngine.start(listening, now)
    try:
        async with Database.open(settings.database_url) as database, serving(settings, engine, database) as port:
            log.info("signaling is open", extra={"node": settings.node_id, "port": port})
            await asyncio.Event().wait()
    finally:
        await engine.close()


@contextlib.asynccontextmanager
async def serving(settings: SignalingSettings, engine: MediaEngine, database: Database) -> AsyncIterator[int]:
    """A node that is open, on the port that is given; on the way out it moves everybody and ships what it has.

    Raises:
        CannotStart: another process holds the journal
        DatabaseAway
    """
    journal = Journal.open(settings.journal_dir)
    clock = SteadyClock()
    services = Services(
        journal, engine, clock.now, new_id, partial(_seal, settings.note_public_key), policies.by_digest
    )
    shipper = Shipper(settings.journal_dir, database)
    await shipper.ship_all()
    async with asyncio.TaskGroup() as group:
        rooms = Rooms(settings.node_id, group, database, shipper, services)
        writing = group.create_task(journal.run())
        await rooms.recover()
        await _renew(settings, rooms, database, clock)
        leasing = group.create_task(_keep_lease(settings, rooms, database, clock))
        others = [group.create_task(shipper.run(journal)), *rooms.start()]
        gateway = Gateway(
            rooms,
            Admission(settings.node_id, settings.ticket_key, journal, clock.now),
            clock.now,
            new_id,
            _relays(settings),
        )
        try:
            door = gateway.listen(settings.signaling_host, settings.signaling_port, settings.public_origin)
            async with door as server:
                try:
                    yield next(iter(server.sockets)).getsockname()[1]
                finally:
                    leasing.cancel()
                    await _end_lease(settings.node_id, database)
                    await rooms.stop()
        finally:
            for task in (writing, *others):
                task.cancel()
            await journal.close()
            await _ship_the_rest(shipper)


async def _keep_lease(settings: SignalingSettings, rooms: Rooms, database: Database, clock: SteadyClock) -> None:
    while True:
        try:
            await _renew(settings, rooms, database, clock)
        except DatabaseAway:
            log.warning("the lease could not be renewed: the database is away")
        await asyncio.sleep(RENEW_SECONDS)


async def _renew(settings: SignalingSettings, rooms: Rooms, database: Database, clock: SteadyClock) -> None:
    held, before = rooms.held, clock.now()
    async with database.transaction() as tx:
        at = await holdings.renew_lease(tx, settings.node_id, settings.signaling_url, len(rooms))
        rooms.skew = before + (clock.now() - before) / 2 - at
        ours = {(holding.session, holding.epoch) for holding in await holdings.held_by(tx, settings.node_id)}
    await rooms.surrender([session for session, epoch in held.items() if (session, epoch) not in ours])
    if abs(rooms.skew) > SKEW_TOLERATED:
        log.warning("this node's clock and the database's differ", extra={"seconds": rooms.skew.total_seconds()})
        if not len(rooms):
            clock.set_by_wall()


async def _end_lease(node: str, database: Database) -> None:
    """Before the rooms move out: nobody is sent here any more."""
    try:
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS), database.transaction() as tx:
            await holdings.end_lease(tx, node)
    except (DatabaseAway, TimeoutError):
        log.warning("the database is away: the lease runs out by itself")


async def _ship_the_rest(shipper: Shipper) -> None:
    try:
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
            await shipper.ship_all()
    except (DatabaseAway, TimeoutError):
        log.warning("the database is away: the rest stays in the journal until the next start")


def _seal(public_key: bytes, draft: KeepDraft, clinic: str, session: str) -> Draft:
    key_id, sealed = note_drafts.seal(public_key, draft.text)
    return Draft(
        clinic=clinic,
        session=session,
        client=draft.client,
        kind=draft.kind,
        author=draft.author,
        revision=draft.revision,
        at=draft.at,
        key_id=key_id,
        sealed=sealed,
    )


def _relays(settings: SignalingSettings) -> Callable[[str], tuple[RelayCredentials, ...]]:
    return lambda holder: relays.credentials(settings.turn_urls, settings.turn_secret, holder, now())
