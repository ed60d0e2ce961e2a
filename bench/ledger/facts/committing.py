"""Socket message to ledger: staff in many rooms at once send messages that each become a fact."""

import asyncio
import contextlib
import time

from bench.ledger import clinic as clinics
from bench.ledger.arriving.people import Person, Tickets
from signaling import messages as m
from store.database import Database
from store.ledger import facts as ledger

LOOK_SECONDS = 0.01


async def rate(database: Database, clinic: clinics.Clinic, tickets: Tickets, rooms: int, messages: int) -> float:
    """Facts per second, from the first message sent to the last fact committed."""
    sessions = await clinics.plan(database, clinic, [[]] * rooms)
    async with contextlib.AsyncExitStack() as stack:
        staff = []
        for session in sessions:
            person = Person.at(tickets.node.url, tickets.to(session, clinic.facilitator, "facilitator"))
            staff.append(await stack.enter_async_context(person))
            await staff[-1].welcomed()
        listening = [asyncio.create_task(one.listen()) for one in staff]
        took = await _exchange(database, staff, messages // rooms)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return messages // rooms * rooms / took


async def _exchange(database: Database, staff: list[Person], messages: int) -> float:
    before = await _settled(database)
    began = time.perf_counter()
    await asyncio.gather(*(_talk(one, messages) for one in staff))
    await _reached(database, before + messages * len(staff))
    return time.perf_counter() - began


async def _talk(staff: Person, messages: int) -> None:
    for turn in range(messages):
        await staff.ask(m.EndBreak() if turn % 2 else m.StartBreak())


async def _settled(database: Database) -> int:
    """The number of facts, once no more arrive."""
    last = -1
    while (head := await _head(database)) != last:
        last = head
        await asyncio.sleep(20 * LOOK_SECONDS)
    return head


async def _reached(database: Database, position: int) -> None:
    while await _head(database) < position:  # noqa: ASYNC110  the event is in another process
        await asyncio.sleep(LOOK_SECONDS)


async def _head(database: Database) -> int:
    async with database.transaction() as tx:
        return await ledger.total(tx)
