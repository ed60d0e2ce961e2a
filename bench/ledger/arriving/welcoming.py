"""Socket open to welcomed, for people who join an open room, while Postgres is present, slow and away."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator

from bench.ledger.arriving.people import Person, Tickets, address_of
from bench.ledger.proxy import Condition, Proxy
from runtime.clock import new_id
from signaling import messages as m

CONDITIONS: tuple[Condition, ...] = ("present", "slow", "away")
AT_ONCE = 4
ROUNDS = 3
NOTICED_SECONDS = 0.3
"""Seconds between a change of condition and the first person."""

Times = dict[Condition, list[float]]


async def times(
    proxy: Proxy, tickets: Tickets, sessions: list[str], arrivals: int, advance: Callable[[], None]
) -> Times:
    """Seconds of `arrivals` welcomes under each condition, in alternating rounds, so that all meet the same load."""
    found: Times = {condition: [] for condition in CONDITIONS}
    for condition in CONDITIONS * ROUNDS:
        proxy.become(condition)
        await asyncio.sleep(NOTICED_SECONDS)
        coming = itertools.islice(itertools.cycle(sessions), arrivals // ROUNDS)
        await asyncio.gather(*(_come(tickets, coming, found[condition], advance) for _ in range(AT_ONCE)))
    proxy.become("present")
    return found


async def _come(tickets: Tickets, sessions: Iterator[str], times: list[float], advance: Callable[[], None]) -> None:
    """Join one session after the other, until the shared iterator is empty."""
    for session in sessions:
        ticket, began = tickets.to(session, new_id()), time.perf_counter()
        async with Person.at(tickets.node.url, ticket, address_of(len(times))) as person:
            await person.welcomed()
            times.append(time.perf_counter() - began)
            await person.ask(m.Leave())
        advance()
