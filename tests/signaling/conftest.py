"""A node with an open door, an evening in progress, and people who join it by socket."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from nacl.public import PrivateKey
from websockets.asyncio.client import ClientConnection, connect

from domain.access import tickets
from domain.access.tickets import Ticket
from domain.events.catalogue import AnyEvent
from domain.events.schedule import Role, RosterEntry, SessionPlanned
from runtime import policies
from runtime.clock import new_id, now
from runtime.settings import SignalingSettings
from signaling.main import serving
from signaling.media.fake import FakeMedia
from store.database import Database
from store.ledger import streams
from tests import ledgers

KEY = b"k" * 32
NODE = "node-a"
ORIGIN = "http://localhost:8080"
NOTES_KEY = PrivateKey.generate()

Look = Callable[[], Awaitable[list[Any]]]


class Evening(msgspec.Struct):
    """A group in progress."""

    clinic: str
    session: str
    people: dict[str, str]
    starts: datetime


class Person:
    """A person at the other end of a socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def say(self, **message: Any) -> None:
        await self.socket.send(msgspec.json.encode(message), text=True)

    async def hear(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of these kinds; skips others."""
        while True:
            message = msgspec.json.decode(await self.socket.recv())
            if message["type"] in kinds:
                return dict(message)

    async def see(self, **wanted: Any) -> dict[str, Any]:
        """The next picture of the room that fulfils all of this."""
        while True:
            picture = await self.hear("room_changed")
            if all(picture[name] == value for name, value in wanted.items()):
                return picture


class Door:
    """The node's address, and the tickets to it."""

    def __init__(self, port: int, evening: Evening) -> None:
        self.url = f"ws://127.0.0.1:{port}/signal/{NODE}"
        self.evening = evening

    def ticket(self, person: str, role: Role = "client", **changes: Any) -> str:
        claims = Ticket(
            id=new_id(),
            clinic=self.evening.clinic,
            session=self.evening.session,
            person=self.evening.people[person],
            role=role,
            name=person.title(),
            node=NODE,
            expires=now() + tickets.TICKET_LIFE,
        )
        return tickets.sign(msgspec.structs.replace(claims, **changes), KEY)

    @contextlib.asynccontextmanager
    async def socket(self) -> AsyncIterator[Person]:
        async with connect(self.url, origin=ORIGIN) as socket:
            yield Person(socket)

    @contextlib.asynccontextmanager
    async def enter(self, person: str, role: Role = "client") -> AsyncIterator[Person]:
        async with self.socket() as arrived:
            await arrived.say(type="join", ticket=self.ticket(person, role))
            yield arrived


class Clinic(msgspec.Struct):
    """A clinic with one program."""

    id: str
    program: str
    people: dict[str, str]
    """Ids of its people, by what the stories call them."""


async def found_clinic(database: Database, names: Mapping[str, str]) -> Clinic:
    """A clinic, a program and these people; `names` has their display names by what the stories call them."""
    clinic = Clinic(new_id(), new_id(), {person: new_id() for person in names})
    _, policy = policies.load("evening-sud", 1)
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO clinics VALUES ($1, 'Riverbend', 'America/New_York')", clinic.id)
        await tx.executemany(
            "INSERT INTO persons (id, clinic_id, display_name) VALUES ($1, $2, $3)",
            [(clinic.people[person], clinic.id, name) for person, name in names.items()],
        )
        await tx.execute(
            """
            INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version)
            VALUES ($1, $2, 'Evening', 'America/New_York', 'sunday', $3, $4)
            """,
            clinic.program,
            clinic.id,
            policy.id,
            policy.version,
        )
    return clinic


async def plan_evening(database: Database, clinic: Clinic) -> Evening:
    """A group that began ten minutes ago, planned in the ledger: Dana leads, everybody else is a client."""
    session, starts = new_id(), now().replace(microsecond=0) - timedelta(minutes=10)
    ends = starts + timedelta(hours=3, minutes=15)
    _, policy = policies.load("evening-sud", 1)
    roles: dict[str, Role] = {who: "facilitator" if name == "dana" else "client" for name, who in clinic.people.items()}
    async with database.transaction() as tx:
        await tx.execute(
            """
            INSERT INTO sessions (id, clinic_id, program_id, kind, timezone, starts_at, ends_at,
                                  policy_id, policy_version, policy_digest)
            VALUES ($1, $2, $3, 'group', 'America/New_York', $4, $5, $6, $7, $8)
            """,
            session,
            clinic.id,
            clinic.program,
            starts,
            ends,
            policy.id,
            policy.version,
            policy.digest,
        )
        await tx.executemany(
            "INSERT INTO rosters VALUES ($1, $2, $3, $4)",
            [(clinic.id, session, person, role) for person, role in roles.items()],
        )
        planned = SessionPlanned(
            id=new_id(),
            at=starts - timedelta(days=1),
            session=session,
            kind="group",
            timezone="America/New_York",
            start=starts,
            end=ends,
            policy=policy,
            program=clinic.program,
            roster=tuple(RosterEntry(person, role) for person, role in roles.items()),
        )
        await streams.record(tx, clinic.id, f"plan:{session}", planned)
    return Evening(clinic.id, session, clinic.people, starts)


@pytest.fixture
async def evening(database: Database) -> Evening:
    """A clinic, a program, four people and a group that is on."""
    return await plan_evening(
        database, await found_clinic(database, {name: name for name in ("dana", "pat", "sam", "lee")})
    )


@pytest.fixture
def node_settings(database_url: str, tmp_path: Path) -> SignalingSettings:
    return SignalingSettings(
        database_url=database_url,
        node_id=NODE,
        ticket_key=KEY,
        note_public_key=bytes(NOTES_KEY.public_key),
        journal_dir=tmp_path / "journal",
        signaling_port=0,
        public_origin=ORIGIN,
    )


@pytest.fixture
def door_of(
    node_settings: SignalingSettings, database: Database, evening: Evening
) -> Callable[[], AbstractAsyncContextManager[Door]]:
    """Opens the evening's node, each time a test starts it."""

    @contextlib.asynccontextmanager
    async def opened() -> AsyncIterator[Door]:
        async with serving(node_settings, FakeMedia(), database) as port:
            yield Door(port, evening)

    return opened


@pytest.fixture
async def door(door_of: Callable[[], AbstractAsyncContextManager[Door]]) -> AsyncIterator[Door]:
    """The evening's node, open."""
    async with door_of() as opened:
        yield opened


@pytest.fixture
def recorded(database: Database, evening: Any) -> Callable[..., Look]:
    """The evening's facts of one type in the ledger."""

    def of(kind: type[AnyEvent], count: int = 1) -> Look:
        async def look() -> list[Any]:
            async with database.transaction() as tx:
                found = [fact.event for fact in await ledgers.of_session(tx, evening.session)]
            wanted = [event for event in found if isinstance(event, kind)]
            return wanted if len(wanted) >= count else []

        return look

    return of
