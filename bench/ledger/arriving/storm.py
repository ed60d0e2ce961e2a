"""The join storm: everyone knocks within a minute. A knock is the request for a ticket; it ends with the admission."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import Callable, Iterator, Sequence

import aiohttp
import msgspec
from websockets.exceptions import WebSocketException

from bench.ledger import clinic as clinics
from bench.ledger.arriving.people import PATIENCE_SECONDS, Person, Tickets, TurnedAway, address_of, staffed
from bench.ledger.clinic import Client, Clinic
from bots.clip import Clip
from bots.link import EngineUnreachable
from bots.media import Publisher
from signaling import messages as m
from store.database import Database

GROUP = 12
LOOK_SECONDS = 0.01
FAILED = (EngineUnreachable, aiohttp.ClientError, WebSocketException, OSError, TimeoutError, TurnedAway)


class Door(msgspec.Struct, frozen=True):
    """The place where people knock: the server, the clinic and its database, and tickets for staff."""

    database: Database
    clinic: Clinic
    server: str
    tickets: Tickets


class Crowd(msgspec.Struct, frozen=True):
    """Sessions, and the clients of each."""

    sessions: list[str]
    groups: Sequence[Sequence[Client]]


class Outcome(msgspec.Struct, frozen=True):
    """Seconds from knock to admitted (with media: to connected) for each who came in, and why the others did not."""

    offered: float
    """People per second."""
    lasted: float
    """Seconds from the first knock to the last admission or failure."""
    times: Sequence[float]
    failures: Sequence[str]

    @property
    def admitted(self) -> float:
        """Admitted people per second."""
        return len(self.times) / self.lasted


class _Given(msgspec.Struct):
    ticket: str
    url: str


class _Knock(msgspec.Struct, frozen=True):
    number: int
    session: str
    client: Client


async def run(
    door: Door, people: int, seconds: float, advance: Callable[[], None], clip: Clip | None = None
) -> Outcome:
    """`people` knock, evenly over `seconds`, and stay until all knocks have ended.

    With a clip, each person also connects media and sends it.
    """
    crowd = await gather(door, people)
    async with staffed(door.tickets, crowd.sessions, door.clinic.facilitator):
        return await come(door, crowd, seconds, advance, clip)


async def gather(door: Door, people: int) -> Crowd:
    """A crowd of `people`, with a session that begins now for each dozen of them."""
    clients = door.clinic.clients[:people]
    groups = [clients[first : first + GROUP] for first in range(0, len(clients), GROUP)]
    return Crowd(await clinics.plan(door.database, door.clinic, groups), groups)


async def come(
    door: Door, crowd: Crowd, seconds: float, advance: Callable[[], None], clip: Clip | None = None
) -> Outcome:
    """Let the crowd knock, at rooms that staff keep open."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        storm = _Storm(door.server, http, advance, clip)
        return await storm.blow(list(_knocks(crowd)), seconds)


def _knocks(crowd: Crowd) -> Iterator[_Knock]:
    """The knocks in turn: the first of each group, then the second, so that all groups fill up over the whole time."""
    numbers = itertools.count()
    for place in range(GROUP):
        for session, group in zip(crowd.sessions, crowd.groups, strict=True):
            if place < len(group):
                yield _Knock(next(numbers), session, group[place])


class _Storm:
    def __init__(
        self, server: str, http: aiohttp.ClientSession, advance: Callable[[], None], clip: Clip | None
    ) -> None:
        self._server, self._http, self._advance, self._clip = server, http, advance, clip
        self._times: list[float] = []
        self._failures: list[str] = []
        self._over = asyncio.Event()

    async def blow(self, knocks: Sequence[_Knock], seconds: float) -> Outcome:
        """Start each knock at its time; returns when all have ended."""
        began = time.perf_counter()
        apart = seconds / len(knocks)
        tasks = [asyncio.create_task(self._come(knock, knock.number * apart)) for knock in knocks]
        while len(self._times) + len(self._failures) < len(knocks):  # noqa: ASYNC110  it is counted, not signalled
            await asyncio.sleep(LOOK_SECONDS)
        lasted = time.perf_counter() - began
        self._over.set()
        await asyncio.gather(*tasks)
        return Outcome(len(knocks) / seconds, lasted, self._times, self._failures)

    async def _come(self, knock: _Knock, wait: float) -> None:
        await asyncio.sleep(wait)
        began = time.perf_counter()
        try:
            async with contextlib.AsyncExitStack() as stack:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    person = await self._enter(knock, stack)
                self._times.append(time.perf_counter() - began)
                self._advance()
                await _stay(person, self._over)
        except FAILED as error:
            self._failures.append(f"{type(error).__name__} {error}")
            self._advance()

    async def _enter(self, knock: _Knock, stack: contextlib.AsyncExitStack) -> Person:
        given = await self._ticket(knock)
        coming = Person.at(given.url, given.ticket, address_of(knock.number))
        person = await stack.enter_async_context(coming)
        await person.admitted()
        if self._clip is not None:
            publisher = Publisher(self._clip)
            await person.ask(m.Publish(offer=publisher.offer))
            await stack.enter_async_context(publisher.sending(await person.answered()))
        return person

    async def _ticket(self, knock: _Knock) -> _Given:
        address = f"{self._server}/api/sessions/{knock.session}/tickets"
        async with self._http.post(address, json={"link": knock.client.link}) as response:
            body = await response.read()
            if response.status != 201:
                raise TurnedAway(f"HTTP {response.status}")
            return msgspec.json.decode(body, type=_Given)


async def _stay(person: Person, over: asyncio.Event) -> None:
    """Read messages like a browser, until the storm is over."""
    hearing, ending = asyncio.create_task(person.listen()), asyncio.create_task(over.wait())
    await asyncio.wait([hearing, ending], return_when=asyncio.FIRST_COMPLETED)
    hearing.cancel()
    ending.cancel()
    await asyncio.gather(hearing, ending, return_exceptions=True)
