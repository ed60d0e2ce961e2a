"""The signaling process: one node with its journal, its rooms, its media engine and its door."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from functools import partial

from domain import relays
from domain.errors import DatabaseAway
from domain.relays import RelayCredentials
from runtime import policies
from runtime.clock import new_id, now
from runtime.settings import SignalingSettings
from signaling.admission import Admission
from signaling.effects import KeepDraft
from signaling.gateway import Gateway
from signaling.journal import Draft, Journal
from signaling.media.engine import MediaEngine
from signaling.media.sfu import BuiltInEngine, Listening
from signaling.rooms import LEASE, RENEW_SECONDS, Rooms
from signaling.services import Services
from signaling.shipper import Shipper
from store import note_drafts
from store import rooms as holdings
from store.database import Database

log = logging.getLogger(__name__)

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
    services = Services(journal, engine, now, new_id, partial(_seal, settings.note_public_key), policies.by_digest)
    shipper = Shipper(settings.journal_dir, database)
    await shipper.ship_all()
    async with asyncio.TaskGroup() as group:
        rooms = Rooms(settings.node_id, group, database, shipper, services)
        writing = group.create_task(journal.run())
        await rooms.recover()
        others = [
            group.create_task(shipper.run(journal)),
            group.create_task(_keep_lease(settings, rooms, database)),
            *rooms.start(),
        ]
        gateway = Gateway(
            rooms, Admission(settings.node_id, settings.ticket_key, journal, now), now, new_id, _relays(settings)
        )
        try:
            door = gateway.listen(settings.signaling_host, settings.signaling_port, settings.public_origin)
            async with door as server:
                try:
                    yield next(iter(server.sockets)).getsockname()[1]
                finally:
                    await rooms.stop()
        finally:
            for task in (writing, *others):
                task.cancel()
            await journal.close()
            await _say_goodbye(settings.node_id, shipper, database)


async def _keep_lease(settings: SignalingSettings, rooms: Rooms, database: Database) -> None:
    while True:
        try:
            async with database.transaction() as tx:
                await holdings.renew_lease(tx, settings.node_id, settings.signaling_url, len(rooms), LEASE)
        except DatabaseAway:
            log.warning("the lease could not be renewed: the database is away")
        await asyncio.sleep(RENEW_SECONDS)


async def _say_goodbye(node: str, shipper: Shipper, database: Database) -> None:
    try:
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
            async with database.transaction() as tx:
                await holdings.end_lease(tx, node)
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
