"""The retention worker: it lists clients who will be erased, and erases what is due, in small portions.

Each portion is one transaction, so a worker that is killed leaves nothing half done, and the next goes on from there.
One worker at a time erases for a clinic.
"""

import asyncio
import functools
import logging
import random
from datetime import date, datetime, timedelta

from domain.errors import DatabaseAway
from domain.privacy import retention
from domain.privacy.retention import AGEING, OUTLOOK, RecordType
from store.database import Database, Transaction, database_time
from store.people import clinics
from store.privacy import erasures, retention_rules
from workers.consumer import repeat

log = logging.getLogger(__name__)

REST_SECONDS = 3600.0
AT_A_TIME = 200
LOOKED_AT_ONCE = 500


async def follow(database: Database) -> None:
    """List and erase for every clinic, for as long as the task runs."""

    async def turn() -> bool:
        async with database.transaction() as tx:
            ids = await clinics.every(tx)
        random.shuffle(ids)  # parallel workers begin with different clinics
        for clinic in ids:
            await _tried(database, clinic)
        return False

    await repeat("retention", turn, functools.partial(asyncio.sleep, REST_SECONDS))


async def _tried(database: Database, clinic: str) -> None:
    """Do a clinic's work; a failure is logged and does not stop other clinics."""
    try:
        await work(database, clinic)
    except DatabaseAway:
        raise
    except Exception:
        log.exception("what is due in a clinic could not be erased; it will be tried again", extra={"clinic": clinic})


async def work(database: Database, clinic: str) -> None:
    """Do everything that is due in a clinic now: list, then erase."""
    await list_clients(database, clinic)
    await erase_clients(database, clinic)
    for record in ("group_note", *AGEING):
        while await _erase_some(database, clinic, record) > 0:
            pass


async def list_clients(database: Database, clinic: str) -> None:
    """List who is due within the outlook, and take off the list who no longer is."""
    due = await due_within(database, clinic, OUTLOOK)
    async with database.transaction() as tx:
        gone = [person for person in await erasures.everybody_listed(tx, clinic) if person not in due]
        await erasures.unlist(tx, clinic, gone)
        await erasures.list_for_erasing(tx, clinic, due)


async def due_within(database: Database, clinic: str, outlook: timedelta) -> dict[str, date]:
    """Clients who are due so soon, each with the day; worked out in small portions."""
    last: str | None = None
    due: dict[str, date] = {}
    while True:
        async with database.transaction() as tx:
            today = (await database_time(tx)).date()
            longer = await retention_rules.longer(tx, clinic)
            some = await erasures.served(tx, clinic, last, LOOKED_AT_ONCE)
        days = {one.person: retention.due_on(one, today, longer) for one in some}
        due |= {person: day for person, day in days.items() if day <= today + outlook}
        if len(some) < LOOKED_AT_ONCE:
            return due
        last = some[-1].person


async def erase_clients(database: Database, clinic: str) -> int:
    """Erase the clients whose day has come, one transaction each. Returns how many."""
    async with database.transaction() as tx:
        today = (await database_time(tx)).date()
        ready = await erasures.ready(tx, clinic, today)
    return sum([await _erase_client(database, clinic, person, today) for person in ready])


async def _erase_client(database: Database, clinic: str, person: str, today: date) -> bool:
    """Erase a client, unless another worker is at it or they are no longer due."""
    async with database.transaction() as tx:
        if not await erasures.take_turns(tx, clinic):
            return False
        longer = await retention_rules.longer(tx, clinic)
        found = await erasures.served(tx, clinic, None, 1, person)
        if any(retention.due_on(one, today, longer) > today for one in found) or not found:
            return False
        if not await erasures.erase_client(tx, clinic, person):
            return False
    log.info("a client was erased", extra={"clinic": clinic})
    return True


async def _erase_some(database: Database, clinic: str, record: RecordType) -> int:
    async with database.transaction() as tx:
        if not await erasures.take_turns(tx, clinic):
            return 0
        before = await _before(tx, clinic, record)
        return await erasures.erase_aged(tx, clinic, record, before, AT_A_TIME)


async def _before(tx: Transaction, clinic: str, record: RecordType) -> datetime:
    return retention.before(record, await database_time(tx), await retention_rules.longer(tx, clinic))
