"""Socket open to welcomed, for people who come to a room that is open, while Postgres is present, slow and away."""

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
"""A condition has lasted this long when the first person comes."""

Times = dict[Condition, list[float]]


async def times(
    proxy: Proxy, tickets: Tickets, sessions: list[str], arrivals: int, advance: Callable[[], None]
) -> Times:
    """`arrivals` under each condition, in rounds that take turns, so that all three meet the same machine."""
    found: Times = {condition: [] for condition in CONDITIONS}
    for condition in CONDITIONS * ROUNDS:
        proxy.become(condition)
        await asyncio.sleep(NOTICED_SECONDS)
        coming = itertools.islice(itertools.cycle(sessions), arrivals // ROUNDS)
        await asyncio.gather(*(_come(tickets, coming, found[condition], advance) for _ in range(AT_ONCE)))
    proxy.become("present")
    return found


async def _come(tickets: Tickets, sessions: Iterator[str], times: list[float], advance: Callable[[], None]) -> None:
    """One after the other, for as long as those beside leave sessions over."""
    for session in sessions:
        ticket, began = tickets.to(session, new_id()), time.perf_counter()
        async with Person.at(tickets.node.url, ticket, address_of(len(times))) as person:
            await person.welcomed()
            times.append(time.perf_counter() - began)
            await person.ask(m.Leave())
        advance()
