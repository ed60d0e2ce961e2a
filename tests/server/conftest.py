"""Two clinics, a server in front of them, a clock that the test moves, and a browser for each person."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import msgspec
import pytest
from aiohttp.test_utils import TestClient, TestServer

from domain.access.links import JoinLink
from domain.people.clients import Client
from domain.people.persons import Person
from domain.people.roles import StaffRole
from domain.programs.enrolments import Enrolment
from domain.programs.programs import Program
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from runtime import policies
from runtime.clock import new_id
from runtime.secrets import random_secrets
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings, WrappingKey
from server.app import build
from server.listening import Runner
from server.schedule import planning
from store.access import api_tokens, join_links
from store.database import Database, Transaction
from store.people import clients, clinics, passwords, persons
from store.people.clients import Author
from store.people.clinics import Clinic
from store.programs import enrolments, programs
from tests.phases import first_phase
from tests.provider.proxy import Process, Provider, process, proxied

EVENING = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
"""The start of the session in every clinic here: a Monday, 13:00 in New York."""
ORIGIN = "http://localhost:8080"
PASSWORD = "correct horse battery staple"
MEMORY_KIB = 64


class Clock:
    """The server's clock; only the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Answer:
    """An answer; `body` is decoded if it is JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        """The code of a refusal."""
        assert self.headers["Content-Type"].startswith("application/problem+json")
        assert self.body["status"] == self.status
        return str(self.body["code"])


class Browser:
    """One person's browser, with its own cookies."""

    confirms: ClassVar[bool] = True
    """Whether staff give their password again when their page is locked, as they do after a long wait."""

    def __init__(self, client: "TestClient[Any, Any]") -> None:
        self.client = client

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        answer = await self._ask(method, path, body, **headers)
        if answer.status == 423 and self.confirms:
            assert (await self._ask("POST", "/api/me/confirmation", {"password": PASSWORD})).status == 204
            answer = await self._ask(method, path, body, **headers)
        return answer

    async def _ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        data: Any = None if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        if data is not None and len(data) > 1 << 20:
            data = io.BytesIO(data)
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        async with self.client.request(method, path, data=data, headers={"Origin": ORIGIN, **headers}) as response:
            text = await response.read()
            decoded = msgspec.json.decode(text) if text and response.content_type.endswith("json") else text or None
            return Answer(response.status, decoded, response.headers)

    async def get(self, path: str, **headers: str) -> Answer:
        return await self.ask("GET", path, **headers)

    async def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return await self.ask("POST", path, body, **headers)

    async def sign_in(self, email: str, password: str = PASSWORD) -> Answer:
        return await self.post("/api/sign-in", {"email": email, "password": password})


@dataclass
class House:
    """A clinic with three staff, one client in one program, and one session; ids and secrets by name."""

    clinic: str
    facilitator: str
    supervisor: str
    administrator: str
    client: str
    program: str
    phase: str
    enrolment: str
    session: str
    link: str
    link_id: str
    token: str
    name: str

    def email(self, role: StaffRole) -> str:
        return f"{role}@{self.name}.example"


@pytest.fixture
def nobody_confirms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that lock stay locked, unless the test confirms the sign-in."""
    monkeypatch.setattr(Browser, "confirms", False)


@pytest.fixture
def clock() -> Clock:
    return Clock(EVENING - timedelta(minutes=10))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> ServerSettings:
    return ServerSettings(
        database_url=database_url,
        ticket_key=b"k" * 32,
        note_private_key=b"n" * 32,
        note_wrapping_keys=(WrappingKey("2026", b"w" * 32),),
        public_origin=ORIGIN,
        signaling_url="ws://localhost:8081",
        web_dist=tmp_path / "dist",
        password_memory_kib=MEMORY_KIB,
        turn_urls=("turn:turn.example.org:3478",),
        turn_secret="shared",
    )


class Serving(TestServer):
    """A server on its own port, with the connections of the real one."""

    def __init__(self, running: Runner) -> None:
        super().__init__(running.app)
        self._running = running

    async def _make_runner(self, **_: Any) -> Runner:
        return self._running


@pytest.fixture
async def server(settings: ServerSettings, database: Database, clock: Clock) -> AsyncIterator[TestServer]:
    async with Serving(Runner(build(settings, database, clock, strict=True))) as serving:
        yield serving


@pytest.fixture
async def browse(server: TestServer) -> AsyncIterator[Callable[[], Browser]]:
    """Makes a new browser at each call, not signed in."""
    opened: list[TestClient[Any, Any]] = []

    def open_one() -> Browser:
        opened.append(TestClient(server))
        return Browser(opened[-1])

    yield open_one
    for client in opened:
        await client.close()


@pytest.fixture
async def visitor(browse: Callable[[], Browser]) -> Browser:
    """A browser that has not signed in."""
    return browse()


@pytest.fixture
async def house(database: Database, clock: Clock) -> House:
    """The clinic that the test is about."""
    return await found(database, "riverbend", clock.now)


@pytest.fixture
async def elsewhere(database: Database, clock: Clock) -> House:
    """Another clinic in the same database."""
    return await found(database, "elsewhere", clock.now)


@pytest.fixture(scope="session")
def running_provider() -> Iterator[Process]:
    """A sign-in provider that we did not write."""
    with process() as one:
        yield one


@pytest.fixture
async def provider(running_provider: Process) -> AsyncIterator[Provider]:
    async with proxied(running_provider) as one:
        yield one


SignedIn = Callable[[StaffRole], Awaitable[Browser]]


@pytest.fixture
def signed_in(browse: Callable[[], Browser], house: House) -> SignedIn:
    """A browser signed in as the clinic's staff member with that role."""

    async def sign_in(role: StaffRole) -> Browser:
        browser = browse()
        assert (await browser.sign_in(house.email(role))).status == 200
        return browser

    return sign_in


@pytest.fixture
async def facilitator(signed_in: SignedIn) -> Browser:
    return await signed_in("facilitator")


@pytest.fixture
async def supervisor(signed_in: SignedIn) -> Browser:
    return await signed_in("supervisor")


@pytest.fixture
async def administrator(signed_in: SignedIn) -> Browser:
    return await signed_in("administrator")


async def found(database: Database, name: str, now: datetime) -> House:
    """A clinic of that name, with everything that a `House` lists."""
    hash = await Passwords(MEMORY_KIB).hash(PASSWORD)
    async with database.transaction() as tx:
        clinic = Clinic(id=new_id(), name=name, timezone="America/New_York")
        await clinics.create(tx, clinic)
        staff = {}
        roles: tuple[StaffRole, ...] = ("facilitator", "supervisor", "administrator")
        for role in roles:
            staff[role] = await person(tx, clinic.id, role, f"{role}@{name}.example", role)
            await passwords.replace(tx, clinic.id, staff[role], hash, now)
        client = await person(tx, clinic.id, "Pat Morrow")
        program = await a_program(tx, clinic.id)
        phase = await first_phase(tx, clinic.id, program)
        enrolment = await enrolled(tx, clinic.id, program, client)
        places = [
            RosterPlace(person=staff["facilitator"], role="facilitator"),
            RosterPlace(person=client, role="client", enrolment=enrolment),
        ]
        link, link_id = await a_link(tx, clinic.id, client, enrolment, now)
        token = await a_token(tx, clinic.id, now)
        session = await a_session(tx, clinic.id, program, EVENING, places)
    return House(
        clinic=clinic.id, **staff, client=client, program=program,
        phase=phase, enrolment=enrolment, session=session, link=link, link_id=link_id, token=token, name=name,
    )  # fmt: skip


async def person(tx: Transaction, clinic: str, name: str, email: str | None = None, *roles: StaffRole) -> str:
    made = Person(id=new_id(), display_name=name, email=email, external_id=None, staff_roles=roles)
    await persons.create(tx, clinic, made)
    if not roles:
        await clients.take_in(tx, clinic, Client(id=made.id, name=name), Author(by=None, at=EVENING))
    return made.id


async def a_program(tx: Transaction, clinic: str, name: str = "Evening SUD IOP") -> str:
    program = Program(
        id=new_id(), name=name, timezone="America/New_York", week_start="sunday", policy_id="evening-sud",
        policy_version=1,
    )  # fmt: skip
    await programs.create(tx, clinic, program)
    return program.id


async def enrolled(tx: Transaction, clinic: str, program: str, client: str) -> str:
    enrolment = Enrolment(
        id=new_id(), program=program, client=client, starts_on=date(2026, 11, 1), ends_on=None,
        phase=await first_phase(tx, clinic, program),
    )  # fmt: skip
    await enrolments.create(tx, clinic, enrolment)
    return enrolment.id


async def discharge(tx: Transaction, client: str, day: date) -> None:
    """Discharge the client from that day on, as if it had long been recorded."""
    await tx.execute(
        """
        INSERT INTO acts (clinic_id, id, enrolment_id, kind, from_on, reason, recorded_at)
        SELECT clinic_id, gen_random_uuid(), id, 'discharged', $2, 'completed', clock_timestamp() FROM enrolments
        WHERE client_id = $1
        """,
        client, day,
    )  # fmt: skip


async def a_session(
    tx: Transaction, clinic: str, program: str, starts: datetime, places: list[RosterPlace], **also: Any
) -> str:
    """A session of 195 minutes."""
    session = Session(
        id=new_id(), clinic=clinic, program=program, timezone="America/New_York",
        starts=starts, ends=starts + timedelta(minutes=195), policy=policies.load("evening-sud", 1)[1],
        **{"kind": "group", "title": "Evening group", **also},
    )  # fmt: skip
    await planning.create(tx, session, places, starts - timedelta(days=1))
    return session.id


async def a_link(tx: Transaction, clinic: str, client: str, enrolment: str, now: datetime) -> tuple[str, str]:
    secret = random_secrets.new()
    link = JoinLink(
        id=new_id(), clinic=clinic, person=client, enrolment=enrolment, created_at=now,
        expires_at=now + timedelta(days=14),
    )  # fmt: skip
    await join_links.create(tx, link, random_secrets.digest(secret))
    return secret, link.id


async def a_token(tx: Transaction, clinic: str, now: datetime) -> str:
    secret = random_secrets.new()
    token = api_tokens.ApiToken(
        id=new_id(), clinic=clinic, name="Billing", scopes=("feed",), created_at=now, expires_at=None
    )
    await api_tokens.create(tx, token, random_secrets.digest(secret))
    return secret
