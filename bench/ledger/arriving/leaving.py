"""Leave to hour total: from a client's `leave` until Postgres has the hour total that includes it."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from bench.ledger import clinic as clinics
from bench.ledger.arriving.people import PATIENCE_SECONDS, Person, Tickets, staffed
from signaling import messages as m
from signaling.room.evidence import PING_SECONDS
from store.database import Database

LOOK_SECONDS = 0.002
ATTENDED_SECONDS = 1.5 * PING_SECONDS
"""Seconds that all are present, so that there is time to credit: only answers to pings prove the presence of staff who
send no media."""
APART_SECONDS = 0.1
"""Seconds between leaves: clients of one clinic do not leave all at once, except at the very end."""

_TOTALLED_SQL = """
SELECT ledger.subject_id FROM ledger
JOIN attendance_records ON attendance_records.session_id = ledger.session_id
    AND client_id = subject_id AND through_position >= ledger.position
JOIN hour_totals ON hour_totals.client_id = subject_id AND hour_totals.credited_s > 0
WHERE ledger.session_id = ANY($1::uuid[]) AND type = 'connection.closed'
"""


async def times(
    database: Database, clinic: clinics.Clinic, tickets: Tickets, clients: int, advance: Callable[[], None]
) -> list[float]:
    """Seconds that each of `clients` leaves took, one leave after the other, in rooms of twelve.

    Staff stay: each leave records their latest evidence.
    """
    groups = [clinic.clients[:clients][first : first + 12] for first in range(0, clients, 12)]
    sessions = await clinics.plan(database, clinic, groups)
    async with contextlib.AsyncExitStack() as seats:
        async with staffed(tickets, sessions, clinic.facilitator):
            present: dict[str, Person] = {}
            for session, group in zip(sessions, groups, strict=True):
                for client in group:
                    coming = Person.at(tickets.node.url, tickets.to(session, client.person))
                    present[client.person] = await seats.enter_async_context(coming)
            await asyncio.gather(*(person.admitted() for person in present.values()))
            hearing = [asyncio.create_task(person.listen()) for person in present.values()]
            await asyncio.sleep(ATTENDED_SECONDS)
            async with asyncio.timeout(clients * APART_SECONDS + PATIENCE_SECONDS):
                took = await _leaves(database, sessions, present, advance)
        await asyncio.gather(*hearing, return_exceptions=True)
        return took


async def _leaves(
    database: Database, sessions: list[str], present: dict[str, Person], advance: Callable[[], None]
) -> list[float]:
    left: dict[str, float] = {}
    totalled: dict[str, float] = {}

    async def leave() -> None:
        for client, person in present.items():
            left[client] = time.perf_counter()
            await person.ask(m.Leave())
            await asyncio.sleep(APART_SECONDS)

    leaving = asyncio.create_task(leave())
    while len(totalled) < len(present):
        async with database.transaction() as tx:
            rows = await tx.fetch(_TOTALLED_SQL, sessions)
        for client in {row["subject_id"] for row in rows} - totalled.keys():
            totalled[client] = time.perf_counter()
            advance()
        await asyncio.sleep(LOOK_SECONDS)
    await leaving
    return [totalled[client] - left[client] for client in present]
