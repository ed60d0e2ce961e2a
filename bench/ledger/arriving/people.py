"""People at their sockets: they join by ticket, receive, send and leave."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Self

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from bench.ledger.installation import Installation, Node
from domain.access.tickets import TICKET_LIFE, Ticket, sign
from domain.events.schedule import Role
from runtime.clock import new_id, now
from signaling import messages as m

PATIENCE_SECONDS = 30
MAX_MESSAGE_BYTES = 1 << 20

_DECODER: msgspec.json.Decoder[m.NodeMessage] = msgspec.json.Decoder(m.NodeMessage)


class TurnedAway(Exception):
    """The node refused the person; the text is the code."""


class Person:
    """A person whose socket is open and who has sent their ticket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    @classmethod
    @contextlib.asynccontextmanager
    async def at(cls, url: str, ticket: str, address: str = "127.0.0.1") -> AsyncIterator[Self]:
        """A person who joins at a node, behind a proxy that names their address."""
        headers = {"X-Forwarded-For": address}
        # Neither a person's own pings nor compression on one machine is to be measured.
        async with connect(
            url, additional_headers=headers, ping_interval=None, compression=None, max_size=MAX_MESSAGE_BYTES,
            open_timeout=PATIENCE_SECONDS, close_timeout=1,
        ) as socket:  # fmt: skip
            person = cls(socket)
            await person.ask(m.Join(ticket=ticket))
            yield person

    async def ask(self, message: m.Request) -> None:
        """Send a message."""
        await self._socket.send(msgspec.json.encode(message).decode())

    async def hear(self) -> m.NodeMessage:
        """Wait for the next message; returns it.

        Raises:
            TurnedAway: it is a refusal.
        """
        message = _DECODER.decode(await self._socket.recv())
        if isinstance(message, m.Refused):
            raise TurnedAway(message.code)
        return message

    async def welcomed(self) -> None:
        """Return when the node has let the socket in."""
        while not isinstance(await self.hear(), m.Welcomed):
            pass

    async def admitted(self) -> None:
        """Return when the person sees the room."""
        while not (isinstance(message := await self.hear(), m.RoomChanged) and message.here):
            pass

    async def answered(self) -> str:
        """The engine's answer to the person's `Publish`."""
        while not isinstance(message := await self.hear(), m.Answered):
            pass
        return message.answer

    async def listen(self) -> None:
        """Read all messages and ignore them, until the task is cancelled."""
        while True:
            await self.hear()

    async def keep_the_door(self) -> None:
        """As staff: start the session, and admit everyone who waits, until the task is cancelled."""
        await self.ask(m.StartSession())
        while True:
            message = await self.hear()
            if isinstance(message, m.RoomChanged) and message.waiting:
                await self.ask(m.AdmitAll())


class Tickets(msgspec.Struct, frozen=True):
    """Tickets to one node, signed here without the server."""

    installation: Installation
    node: Node
    clinic: str

    def to(self, session: str, person: str, role: Role = "client") -> str:
        """A ticket for a person."""
        ticket = Ticket(
            id=new_id(), clinic=self.clinic, session=session, person=person, role=role, name="Somebody",
            node=self.node.id, expires=now() + TICKET_LIFE,
        )  # fmt: skip
        return sign(ticket, self.installation.ticket_key)


def address_of(number: int) -> str:
    """A different address per person, so that no limit is reached; they are reserved for benchmarks (RFC 2544)."""
    return f"198.18.{number // 250 % 250}.{number % 250}"


@contextlib.asynccontextmanager
async def staffed(tickets: Tickets, sessions: list[str], facilitator: str) -> AsyncIterator[None]:
    """Keep the sessions' rooms open, each with a staff member who admits everyone."""
    async with contextlib.AsyncExitStack() as stack:
        doors = []
        for session in sessions:
            ticket = tickets.to(session, facilitator, "facilitator")
            staff = await stack.enter_async_context(Person.at(tickets.node.url, ticket))
            await staff.welcomed()
            doors.append(asyncio.create_task(staff.keep_the_door()))
        try:
            yield
        finally:
            for door in doors:
                door.cancel()
            await asyncio.gather(*doors, return_exceptions=True)
