"""The WebSocket server: a socket opens, shows its ticket, and stays joined to its room until either side ends."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from http import HTTPStatus

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Origin

from domain.access.relay_credentials import RelayCredentials
from domain.access.tickets import Resume, Ticket
from domain.errors import Refusal, RoomsUnavailable, TicketMissing, TooManyAttempts, TooManySockets
from runtime.proxies import network_of
from signaling import messages as m
from signaling.door.admission import Admission, decode_first
from signaling.door.handshake import QuietConnection
from signaling.door.limits import ARRIVALS_OF_NETWORK, ARRIVALS_OF_PERSON, Allowances
from signaling.door.metered import MeteredConnection
from signaling.door.socket import FRAME_LIMIT, JoinedSocket
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.mail import Enter
from signaling.hosting.outgoing import Outgoing
from signaling.hosting.rooms import Rooms
from signaling.room.connections import Arrival

FIRST_MESSAGE_SECONDS = 5.0
HANDSHAKE_SECONDS = 10.0
"""From connecting to the end of the headers."""
SOCKETS_WITHOUT_TICKET = 64
"""Per address: people behind one clinic's router arrive together, and each shows a ticket within milliseconds."""
POLICY_VIOLATION = 1008
ARRIVES_TOO_OFTEN = "You have connected many times in a few seconds. Wait a moment; we keep trying."
FULL = "New people cannot come in at the moment. You do not have to do anything: we keep trying."


class Gateway:
    """The door of one node."""

    def __init__(
        self,
        rooms: Rooms,
        admission: Admission,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        relays: Callable[[str], tuple[RelayCredentials, ...]],
    ) -> None:
        self._rooms = rooms
        self._admission = admission
        self._now = now
        self._new_id = new_id
        self._relays = relays
        self._without_ticket: Counter[str] = Counter()
        self._knocks = Allowances(ARRIVALS_OF_NETWORK)
        self._arrivals = Allowances(ARRIVALS_OF_PERSON)
        self._clock = time.monotonic

    def listen(self, host: str, port: int, origin: str) -> AbstractAsyncContextManager[Server]:
        """The listening server, as an async context manager. It also serves programs, which send no Origin."""
        return serve(
            self.handle,
            host,
            port,
            origins=[Origin(origin), None],
            max_size=FRAME_LIMIT,
            ping_interval=None,
            close_timeout=2,
            open_timeout=HANDSHAKE_SECONDS,
            server_header=None,
            create_connection=QuietConnection,
            process_request=self._knock,
        )

    def _knock(self, socket: ServerConnection, _request: Request) -> Response | None:
        """None for a socket that may open, or the refusal: one network may open only a limited number."""
        if self._knocks.grant(_network(socket), self._clock()):
            return None
        return socket.respond(HTTPStatus.TOO_MANY_REQUESTS, TooManySockets.default + "\n")

    async def handle(self, socket: ServerConnection) -> None:
        """One socket's life, from its first message to its end."""
        try:
            claims, replaces = await self._admit(socket)
            arrival = _arrival(self._new_id(), self._admission.member(claims), claims, replaces)
            outgoing = Outgoing()
            live = await self._rooms.room_of(claims.session, claims.clinic)
            await self._enter(live, claims, arrival, outgoing)
        except Refusal as refusal:
            await _refuse(socket, refusal)
        except ConnectionClosed:
            return
        else:
            assert isinstance(socket, MeteredConnection)  # `listen` makes no others  # noqa: S101
            await JoinedSocket(socket, live, arrival, outgoing, self._now).hold()

    async def _admit(self, socket: ServerConnection) -> tuple[Ticket | Resume, str | None]:
        address = _network(socket)
        if self._without_ticket[address] >= SOCKETS_WITHOUT_TICKET:
            raise TooManySockets
        self._without_ticket[address] += 1
        try:
            async with asyncio.timeout(FIRST_MESSAGE_SECONDS):
                first = _first(await socket.recv())
        except TimeoutError:
            raise TicketMissing from None
        finally:
            self._without_ticket[address] -= 1
            if not self._without_ticket[address]:
                del self._without_ticket[address]
        if isinstance(first, m.Join) and self._rooms.full:
            raise RoomsUnavailable(FULL)
        claims = self._admission.check(first)
        if not self._arrivals.grant((claims.session, claims.person), self._clock()):
            raise TooManyAttempts(ARRIVES_TOO_OFTEN)
        return claims, getattr(first, "replaces", None)

    async def _enter(self, live: LiveRoom, claims: Ticket | Resume, arrival: Arrival, outgoing: Outgoing) -> None:
        welcome = m.Welcomed(
            connection=arrival.connection,
            session=claims.session,
            member=arrival.member,
            role=claims.role,
            resume="",
            now=self._now(),
            oversees=claims.oversees,
            person=claims.person if arrival.knows_people else None,
            ice_servers=tuple(
                m.IceServer(urls=relay.urls, username=relay.username, credential=relay.credential)
                for relay in self._relays(arrival.connection)
            ),
        )
        entered = asyncio.get_running_loop().create_future()
        await live.mailbox.put(Enter(arrival, outgoing, welcome, entered))
        await entered


def _arrival(connection: str, member: str, claims: Ticket | Resume, replaces: str | None) -> Arrival:
    return Arrival(
        connection=connection,
        person=claims.person,
        member=member,
        role=claims.role,
        name=claims.name,
        replaces=replaces,
        link=claims.link,
        sign_in=claims.sign_in,
        oversees=claims.oversees,
        guest_of=claims.guest_of,
        granted=claims.granted,
        alias=claims.alias,
    )


def _first(data: str | bytes) -> m.First:
    try:
        return decode_first(data)
    except Refusal as refusal:
        raise TicketMissing(f"{TicketMissing.default} {refusal.sentence}") from None


async def _refuse(socket: ServerConnection, refusal: Refusal) -> None:
    refused = m.Refused(code=refusal.code, sentence=refusal.sentence, closing=True)
    with contextlib.suppress(ConnectionClosed):
        await socket.send(msgspec.json.encode(refused), text=True)
        await socket.close(POLICY_VIOLATION, refusal.code)


def _network(socket: ServerConnection) -> str:
    forwarded = socket.request.headers.get("X-Forwarded-For", "") if socket.request else ""
    return network_of(str(socket.remote_address[0]) if socket.remote_address else "", forwarded)
