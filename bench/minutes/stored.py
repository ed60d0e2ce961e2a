"""The same evenings in a ledger: fetched, decoded, restated. The rows are written like a node's."""

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence

import asyncpg
import msgspec

from bench.ledger.clinic import Clinic
from bench.ledger.facts.shipping import copy
from bench.minutes.evenings import GROUPS, Program, evenings
from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import ConnectionOpened
from domain.ledger import chain
from domain.ledger.streams import plan_stream, room_stream
from store.database import Database
from store.ledger import facts as ledger
from store.ledger.facts import LedgerRow
from workers import attendance
from workers.consumer import Reader
from workers.rebuild import rebuild

CHUNK = 20_000
CATCHING_UP = 5_000
"""Positions per transaction of the incremental reading: the worker's code, in larger batches than a live worker's."""
PROJECTIONS = {
    "attendance_records": "session_id, client_id",
    "session_records": "session_id",
    "hour_totals": "program_id, client_id, week, kind",
    "client_days": "client_id, day, session_id",
}
"""Every table that is derived from the ledger, and the order of its rows."""

Advance = Callable[[int], None]


class Among(msgspec.Struct, frozen=True):
    """The number of facts, and of groups that all meet at the same hour."""

    events: int
    groups: int = GROUPS


async def fill(
    owner: "asyncpg.Connection[asyncpg.Record]", clinics: Sequence[Clinic], among: Among, advance: Advance
) -> int:
    """Put whole evenings of at least `among.events` facts into the ledger; returns the number of facts."""
    made, coming = 0, _rows(clinics, among)
    while chunk := list(itertools.islice(coming, CHUNK)):
        await copy(owner, "ledger", chunk)
        made += len(chunk)
        advance(len(chunk))
    await owner.execute("ANALYZE ledger")
    return made


async def reading(database: Database, clinic: Clinic, facts: int) -> tuple[float, float]:
    """Seconds to fetch `facts` facts of the ledger in order of position, and seconds to decode them."""
    fetching = decoding = 0.0
    position = 0
    async with database.transaction() as tx:
        for _ in range(0, facts, CHUNK):
            began = time.perf_counter()
            recorded = await ledger.read(tx, clinic.id, position, CHUNK)
            fetched = time.perf_counter()
            for fact in recorded:
                _ = fact.event
            decoding += time.perf_counter() - fetched
            fetching += fetched - began
            position = recorded[-1].position
    return fetching, decoding


async def catch_up(database: Database, advance: Advance) -> float:
    """Seconds for the worker to read the whole ledger, batch by batch."""
    began = time.perf_counter()
    reader = Reader(database, attendance.CONSUMER, batch=CATCHING_UP)
    while await reader.turn():
        advance(CATCHING_UP)
    return time.perf_counter() - began


async def restate(database: Database, progress: Callable[[int, int], None]) -> float:
    """Seconds to derive everything from the ledger again."""
    began = time.perf_counter()
    await rebuild(database, progress)
    return time.perf_counter() - began


async def fingerprint(database: Database) -> str:
    """SHA-256 over every byte of every projection, row by row."""
    found = hashlib.sha256()
    async with database.transaction() as tx:
        for table, order in PROJECTIONS.items():
            await tx.execute(f"DECLARE each CURSOR FOR SELECT each::text AS row FROM {table} AS each ORDER BY {order}")
            while rows := await tx.fetch(f"FETCH {CHUNK} FROM each"):
                found.update("\n".join(row["row"] for row in rows).encode())
            await tx.execute("CLOSE each")
    return found.hexdigest()


def _rows(clinics: Sequence[Clinic], among: Among) -> Iterator[LedgerRow]:
    """Rows of all evenings; neighbouring groups belong to different clinics, if there are several."""
    program = Program(clinics[0].policy, clinics[0].program)
    for number, (plan, *room) in enumerate(evenings(among.events, program, among.groups)):
        clinic = clinics[number % among.groups % len(clinics)]
        own = msgspec.structs.replace(plan, program=clinic.program)
        yield from _stream(clinic, plan_stream(plan.session), [own])
        yield from _stream(clinic, room_stream(plan.session, 1), room)


def _stream(clinic: Clinic, stream: str, events: list[Event]) -> Iterator[LedgerRow]:
    people = {event.connection: event.person for event in events if isinstance(event, ConnectionOpened)}
    link = chain.START
    for event in events:
        link = chain.link(link, encode(event))
        yield ledger.row(event, clinic.id, stream, link, people.get(getattr(event, "connection", "")))
