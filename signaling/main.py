"""The signaling process: one node with its journal, its rooms, its media engine and its door."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from functools import partial

from domain.access import relay_credentials, tickets
from domain.access.relay_credentials import RelayCredentials
from domain.chart.notes import SealedDraft
from domain.errors import DatabaseAway
from runtime import policies
from runtime.clock import SteadyClock, fact_id, new_id, now
from runtime.lifecycle import LastResort
from runtime.settings import SettingsRefused, SignalingSettings
from signaling.door.admission import Admission
from signaling.door.gateway import Gateway
from signaling.hosting import recovery
from signaling.hosting.access_news import AccessNews
from signaling.hosting.lease import Lease
from signaling.hosting.rooms import Rooms
from signaling.hosting.services import NodeServices
from signaling.hosting.withdrawals import Withdrawals
from signaling.journal.journal import Disk, Journal
from signaling.journal.shipper import Shipper
from signaling.media.engine import MediaEngine
from signaling.media.janus.engine import JanusEngine
from signaling.media.processes.control import Begin
from signaling.media.processes.pool import MediaProcesses
from signaling.media.processes.renewal import renewed_on_request
from signaling.media.sfu import CONSENT_SECONDS, BuiltInEngine, Listening
from signaling.room.effects import KeepDraft
from signaling.vital import Vital
from store.chart import drafts
from store.database import Database

log = logging.getLogger(__name__)

LAST_SHIPMENT_SECONDS = 3.0
"""If the database is away when a node stops, the rest stays in its journal until its next start."""
MOVING_OUT_SECONDS = 8.0
"""How long the rooms of a stopping node may take to move everybody out."""
GIVING_UP_SECONDS = 1.0
"""How long a node that gives up tries to end its lease; otherwise the lease runs out by itself."""


async def run(settings: SignalingSettings) -> None:
    """Run a node until the task is cancelled; then move everybody out and ship the journal."""
    engine = await _engine(settings)
    last_resort = LastResort()
    vital = Vital(last_resort.start)
    try:
        async with (
            Database.open(settings.database_url) as database,
            _serving(settings, engine, database, vital) as port,
        ):
            log.info("signaling is open", extra={"node": settings.node_id, "port": port})
            async with renewed_on_request(engine):
                await asyncio.Event().wait()
    finally:
        try:
            await engine.close()
        finally:
            last_resort.cancel()


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
    """An open node; yields its port. On exit it moves everybody out and ships its journal.

    Raises:
        CannotStart: another process holds the journal
        DatabaseAway
        BaseExceptionGroup: a vital task ended; the node stopped at once
    """
    vital = Vital(lambda: None)
    async with _serving(settings, engine, database, vital, disk) as port:
        yield port


@contextlib.asynccontextmanager
async def _serving(
    settings: SignalingSettings, engine: MediaEngine, database: Database, vital: Vital, disk: Disk | None = None
) -> AsyncIterator[int]:
    clock = SteadyClock()
    async with _journaling(settings, database, vital, disk) as (journal, shipper), asyncio.TaskGroup() as group:
        seal = partial(_seal, settings.note_public_key)
        sign, withdrawals = partial(tickets.sign, key=settings.ticket_key), Withdrawals()
        services = NodeServices(journal, engine, clock.now, fact_id, seal, policies.by_digest, sign, withdrawals)
        rooms = Rooms(settings.node_id, group, database, shipper, services)
        await recovery.recover(settings.node_id, journal, database, clock.now())
        news = AccessNews(database, withdrawals, rooms, clock.now)
        await news.catch_up()
        ticking = [
            vital.keep(group, "rooms that tick", rooms.tick),
            vital.keep(group, "rooms that hear the engine", rooms.hear_engine),
            vital.keep(group, "access: listen", news.listen),
            vital.keep(group, "access: follow", news.follow),
        ]
        admission = Admission(settings.node_id, settings.ticket_key, journal, withdrawals, clock.now)
        gateway = Gateway(rooms, admission, clock.now, new_id, _relays(settings))
        door = gateway.listen(settings.signaling_host, settings.signaling_port, settings.public_origin)
        lease = Lease(settings.node_id, settings.signaling_url, rooms, database, clock)
        try:
            async with door as server, _leased(lease, vital), _moving_out(rooms, journal, shipper, vital):
                try:
                    yield next(iter(server.sockets)).getsockname()[1]
                finally:
                    vital.stop()
        finally:
            for task in ticking:
                task.cancel()


@contextlib.asynccontextmanager
async def _journaling(
    settings: SignalingSettings, database: Database, vital: Vital, disk: Disk | None
) -> AsyncIterator[tuple[Journal, Shipper]]:
    """The journal, written and shipped. First it ships what the last process left in it."""
    journal = Journal.open(settings.journal_dir, disk)
    shipper = Shipper(settings.journal_dir, database)
    journal.bypass_by(shipper.deliver_directly)
    try:
        await shipper.ship_all()
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [
                    vital.keep(group, "journal", journal.run),
                    vital.keep(group, "shipper", partial(shipper.run, journal)),
                ]
                try:
                    yield journal, shipper
                finally:
                    vital.stop()
                    await _flush(journal, vital)
                    for task in tasks:
                        task.cancel()
        finally:  # cancellation brings a stopping node here
            await _ship_the_rest(shipper, vital)
    finally:
        await journal.close(flush=not vital.lost)


@contextlib.asynccontextmanager
async def _moving_out(rooms: Rooms, journal: Journal, shipper: Shipper, vital: Vital) -> AsyncIterator[None]:
    """Close the rooms and ship their last facts before another node may take them, so that no second is lost."""
    try:
        yield
    finally:
        rooms.close()
        if not vital.lost:
            with contextlib.suppress(TimeoutError):  # while neither disk nor database takes what they leave
                async with asyncio.timeout(MOVING_OUT_SECONDS):
                    await rooms.stop()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
                    await shipper.reached(journal.mark)


@contextlib.asynccontextmanager
async def _leased(lease: Lease, vital: Vital) -> AsyncIterator[None]:
    """People are sent to this node from the first renewal until its rooms have moved out."""
    await lease.renew()
    async with asyncio.TaskGroup() as group:
        keeping = vital.keep(group, "lease", lease.keep)
        try:
            yield
        finally:
            keeping.cancel()
            await lease.end(GIVING_UP_SECONDS if vital.lost else LAST_SHIPMENT_SECONDS)


async def _flush(journal: Journal, vital: Vital) -> None:
    if vital.lost:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
            await journal.flushed(journal.mark)


async def _ship_the_rest(shipper: Shipper, vital: Vital) -> None:
    if vital.lost:
        return
    try:
        async with asyncio.timeout(LAST_SHIPMENT_SECONDS):
            await shipper.ship_all()
    except (DatabaseAway, OSError):  # a timeout is one
        log.warning("the journal could not be shipped completely: the rest stays until the next start")


def _seal(public_key: bytes, draft: KeepDraft, clinic: str, session: str) -> SealedDraft:
    key_id, sealed = drafts.seal(public_key, draft.text)
    return SealedDraft(
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
    return lambda holder: relay_credentials.credentials(settings.turn_urls, settings.turn_secret, holder, now())
