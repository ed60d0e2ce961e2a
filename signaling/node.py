"""The signaling process: one node with its journal, its rooms, its media engine and its door."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial

from domain import relays, tickets
from domain.errors import DatabaseAway
from domain.relays import RelayCredentials
from runtime import policies
from runtime.clock import SteadyClock, new_id, now
from runtime.settings import SettingsRefused, SignalingSettings
from signaling import recovery
from signaling.access_news import AccessNews
from signaling.admission import Admission
from signaling.effects import KeepDraft
from signaling.gateway import Gateway
from signaling.journal import Disk, Draft, Journal
from signaling.media.control import Begin
from signaling.media.engine import MediaEngine
from signaling.media.janus import JanusEngine
from signaling.media.processes import MediaProcesses
from signaling.media.renewal import renewed_on_request
from signaling.media.sfu import CONSENT_SECONDS, BuiltInEngine, Listening
from signaling.rooms import Rooms
from signaling.services import Services
from signaling.shipper import Shipper
from signaling.withdrawals import Withdrawals
from store import note_drafts
from store import rooms as holdings
from store.database import Database

log = logging.getLogger(__name__)

RENEW_SECONDS = 1.0
SKEW_TOLERATED = timedelta(seconds=1)
LAST_SHIPMENT_SECONDS = 3.0
"""A node that stops while the database is away leaves the rest in its journal, for its next start."""


async def run(settings: SignalingSettings) -> None:
    """Run a node until the task is cancelled; then everybody is moved out and the journal is shipped."""
    engine = await _engine(settings)
    try:
        async with Database.open(settings.database_url) as database, serving(settings, engine, database) as port:
            log.info("signaling is open", extra={"node": settings.node_id, "port": port})
            async with renewed_on_request(engine):
                await asyncio.Event().wait()
    finally:
        await engine.close()


async def _engine(settings: SignalingSettings) -> MediaEngine:
    if settings.media == "built-in":
        listening = Listening(settings.media_host, settings.media_port, settings.media_address)
        if settings.media_processes:
            begin = Begin(listening, CONSENT_SECONDS, settings.log_level, settings.log_format)
            return await MediaProcesses.start(begin, settings.media_processes)
        return await BuiltInEngine.start(listening, now)
    if not settings.janus_urls:
        raise SettingsRefused(["JANUS_URLS is missing: MEDIA=janus needs at least one server."])
    return await JanusEngine.start(settings.janus_urls, settings.janus_secret, now)


@contextlib.asynccontextmanager
async def serving(
    settings: SignalingSettings, engine: MediaEngine, database: Database, disk: Disk | None = None
) -> AsyncIterator[int]:
    """A node that is open, on the port that is given; on the way out it moves everybody and ships what it has.

    Raises:
        CannotStart: another process holds the journal
        DatabaseAway
    """
    clock = SteadyClock()
    async with _journaling(settings, database, disk) as (journal, shipper), asyncio.TaskGroup() as group:
        seal = partial(_seal, settings.note_public_key)
        sign, withdrawals = partial(tickets.seal, key=settings.ticket_key), Withdrawals()
        services = Services(journal, engine, clock.now, new_id, seal, policies.by_digest, sign, withdrawals)
        rooms = Rooms(settings.node_id, group, database, shipper, services)
        await recovery.recover(settings.node_id, journal, database, clock.now())
        news = AccessNews(database, withdrawals, rooms, clock.now)
        await news.catch_up()
        ticking = [*rooms.start(), *news.start(group)]
        admission = Admission(settings.node_id, settings.ticket_key, journal, withdrawals, clock.now)
        gateway = Gateway(rooms, admission, clock.now, new_id, _relays(settings))
        door = gateway.listen(settings.signaling_host, settings.signaling_port, settings.public_origin)
        try:
            leased, moving_out = _leased(settings, rooms, database, clock), _moving_out(rooms, journal, shipper)
            async with door as server, leased, moving_out:
                yield next(iter(server.sockets)).getsockname()[1]
        finally:
            for task in ticking:
                task.cancel()


@contextlib.asynccontextmanager
async def _journaling(
    settings: SignalingSettings, database: Database, disk: Disk | None
) -> AsyncIterator[tuple[Journal, Shipper]]:
    """The journal, written and shipped; first of all what the last process left in it."""
    journal = Journal.open(settings.journal_dir, disk)
    shipper = Shipper(settings.journal_dir, database)
    journal.bypass_by(shipper.deliver_directly)
    try:
        await shipper.ship_all()
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(journal.run()), group.create_task(shipper.run(journal))]
                try:
                    yield journal, shipper
                finally:
                    await _flush(journal)
                    for task in tasks:
                        task.cancel()
        finally:  # a node that is asked to stop comes here by its cancellation
            await _ship_the_rest(shipper)
    finally:
        await journal.close()


@contextlib.asynccontextmanager
async def _moving_out(rooms: Rooms, journal: Journal, shipper: Shipper) -> AsyncIterator[None]:
    """What the rooms leave stands in the ledger before another node may take them, so that no second is lost."""
    try:
        yield
    finally:
        await rooms.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
                await shipper.reached(journal.mark)


@contextlib.asynccontextmanager
async def _leased(
    settings: SignalingSettings, rooms: Rooms, database: Database, clock: SteadyClock
) -> AsyncIterator[None]:
    """People are sent to this node from the first renewal on, and no more once its rooms have moved out."""
    await _renew(settings, rooms, database, clock)
    async with asyncio.TaskGroup() as group:
        keeping = group.create_task(_keep_lease(settings, rooms, database, clock))
        try:
            yield
        finally:
            keeping.cancel()
            await _end_lease(settings.node_id, database)


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
    """Nobody is sent here any more, and another node may take what was here."""
    try:
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS), database.transaction() as tx:
            await holdings.end_lease(tx, node)
    except (DatabaseAway, TimeoutError):
        log.warning("the database is away: the lease runs out by itself")


async def _flush(journal: Journal) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
            await journal.flushed(journal.mark)


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
