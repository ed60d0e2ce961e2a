"""A whole mutual-help meeting, at the real door and in a real room: afterwards nothing says who was there."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
from nacl.public import PrivateKey
from websockets.asyncio.client import connect

from runtime.clock import now as real_now
from runtime.settings import SignalingSettings
from signaling.main import serving
from signaling.media.fake import FakeMedia
from signaling.room.room import EVIDENCE_EVERY
from store.database import Database
from tests.server.conftest import ORIGIN, Browser, Clock, House, a_link, discharge, enrolled, person
from tests.server.http.test_dispatch import all_rows
from tests.signaling.conftest import Person

NODE = "node-a"


@pytest.fixture
def node(database_url: str, tmp_path: Path) -> SignalingSettings:
    return SignalingSettings(
        database_url=database_url,
        node_id=NODE,
        ticket_key=b"k" * 32,
        note_public_key=bytes(PrivateKey.generate().public_key),
        journal_dir=tmp_path / "journal",
        signaling_port=0,
        public_origin=ORIGIN,
    )


@pytest.fixture
def clock() -> Clock:
    """The real time: tickets of the server are shown to a node with a clock of its own."""
    return Clock(real_now())


@pytest.fixture
async def meeting(house: House, administrator: Browser, clock: Clock) -> str:
    """A meeting of the program that has just begun."""
    starts = clock.now - timedelta(minutes=5)
    asked = {
        "program": house.program, "kind": "mutual_help", "title": "Thursday meeting",
        "starts": starts.isoformat(), "ends": (starts + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    made = await administrator.post("/api/sessions", asked)
    assert (made.status, made.body["roster"]) == (201, [])
    return str(made.body["id"])


class Guest(msgspec.Struct):
    """A client with a link, who comes to the meeting."""

    id: str
    link: str


@pytest.fixture
async def guest(house: House, database: Database, clock: Clock) -> Guest:
    async with database.transaction() as tx:
        id = await person(tx, house.clinic, "Sam Okonjo")
        await tx.execute("DELETE FROM rosters WHERE clinic_id = $1", house.clinic)
        link, _ = await a_link(tx, house.clinic, id, await enrolled(tx, house.clinic, house.program, id), clock.now)
    return Guest(id, link)


Rows = dict[str, list[str]]
Read = Callable[[], Awaitable[Rows]]


@pytest.fixture
def rows(owner_url: str) -> Read:
    """Reads every row of every table, as text; `last_used_at` of a sign-in grows with any use of the office."""

    async def read() -> Rows:
        owner = await asyncpg.connect(owner_url)
        tables = await owner.fetch(
            "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        found = {}
        for table in sorted(str(row["name"]) for row in tables):
            texts = await owner.fetch(f"SELECT (to_jsonb(t) - 'last_used_at')::text AS text FROM {table} AS t")
            found[table] = sorted(str(row["text"]) for row in texts)
        await owner.close()
        return found

    return read


class Hall:
    """The meeting as the host and Sam come to it."""

    def __init__(self, meeting: str, guest: Guest, host: Browser, client: Browser) -> None:
        self.meeting, self.guest, self.host, self.client = meeting, guest, host, client

    async def tickets(self) -> tuple[str, str]:
        """The host's and Sam's, from the door."""
        opened = await self.client.post("/api/join-links/open", {"link": self.guest.link})
        assert opened.body["session"]["id"] == self.meeting
        path = f"/api/sessions/{self.meeting}/tickets"
        host, sam = await self.host.post(path, {}), await self.client.post(path, {"link": self.guest.link})
        return host.body["ticket"], sam.body["ticket"]

    async def hold(self, port: int) -> None:
        """The whole meeting: Sam waits, is let in by an alias, is sent out, and the host ends it."""
        url, tickets = f"ws://127.0.0.1:{port}/signal/{NODE}", await self.tickets()
        async with connect(url, origin=ORIGIN) as one, connect(url, origin=ORIGIN) as other:
            host, sam = Person(one), Person(other)
            for arrived, ticket in zip((host, sam), tickets, strict=True):
                await arrived.say(type="join", ticket=ticket)
                await arrived.hear("welcomed")
            await host.say(type="start_session")
            [waiting] = (await host.see(phase="live"))["waiting"]
            assert waiting["name"] == "Sam O.", "an alias"
            assert waiting["person"] != self.guest.id, "an id of this meeting alone"
            await host.say(type="admit", person=waiting["person"])
            assert {one["label"] for one in (await sam.see(here=True))["participants"]} == {"facilitator", "Sam O."}
            await host.say(type="save_note", client=None, kind="progress", revision=1, text="Sam spoke today")
            assert (await host.hear("refused"))["code"] == "forbidden"
            await asyncio.sleep(EVIDENCE_EVERY.total_seconds() + 1)
            await host.say(type="remove", person=waiting["person"])
            assert (await sam.hear("dismissed"))["cause"] == "removed"
            await host.say(type="end_session")
            await host.hear("dismissed")


@pytest.fixture
async def hall(facilitator: Browser, visitor: Browser, guest: Guest, meeting: str) -> Hall:
    return Hall(meeting, guest, facilitator, visitor)


async def test_a_meeting_leaves_nothing_in_any_table(
    node: SignalingSettings, database: Database, house: House, hall: Hall, rows: Read
) -> None:
    before = await rows()
    async with serving(node, FakeMedia(), database) as port:
        await hall.hold(port)
    after = await rows()
    assert {table for table in before if before[table] != after[table]} == {"rooms"}, "a node held a room"
    assert hall.guest.id not in str(after["rooms"]) and house.facilitator not in str(after["rooms"])


async def test_a_meeting_leaves_nothing_in_a_journal_or_a_log(
    node: SignalingSettings, database: Database, house: House, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    pieces: set[bytes] = set()

    async def watch() -> None:
        """Read the journal again and again: what is shipped is deleted from it."""
        while True:
            for path in node.journal_dir.rglob("*"):
                with contextlib.suppress(FileNotFoundError):
                    pieces.add(path.read_bytes() if path.is_file() else b"")
            await asyncio.sleep(0.01)

    async with serving(node, FakeMedia(), database) as port:
        watching = asyncio.create_task(watch())
        await hall.hold(port)
        watching.cancel()
    written = b"".join(pieces)
    said = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert written, "the journal holds the used tickets, by numbers of their own"
    assert hall.meeting in said
    for name in (hall.guest.id, house.facilitator, "Sam", "Okonjo"):
        assert name.encode() not in written and name not in said, name


async def test_only_the_enrolled_and_a_host_come_in(
    elsewhere: House, administrator: Browser, visitor: Browser, guest: Guest, meeting: str
) -> None:
    path = f"/api/sessions/{meeting}/tickets"
    assert (await administrator.post(path, {})).code == "not_on_roster", "nobody oversees a meeting"
    assert (await visitor.post(path, {"link": elsewhere.link})).code == "not_found"
    assert (await visitor.post(path, {"link": guest.link})).code == "rooms_unavailable", "no node is up"


async def test_who_is_refused_is_named_nowhere_either(
    visitor: Browser, guest: Guest, meeting: str, database: Database
) -> None:
    async with database.transaction() as tx:
        await discharge(tx, guest.id, date(2026, 11, 3))
    assert (await visitor.post(f"/api/sessions/{meeting}/tickets", {"link": guest.link})).code == "discharged"
    assert guest.id not in str(await all_rows(database))


async def test_a_meeting_has_no_roster_no_notes_and_no_attendance(
    administrator: Browser, facilitator: Browser, house: House, meeting: str
) -> None:
    path = f"/api/sessions/{meeting}"
    assert (await facilitator.get(f"{path}/attendance")).code == "not_found"
    assert (await facilitator.get(f"{path}/notes")).code == "not_found"
    assert (await administrator.get(f"{path}/room")).code == "not_found"
    assert (await administrator.post(f"{path}/removals", {"person": house.client})).code == "not_found"
    assert (await administrator.post(f"{path}/responsibility", {"why": "left"})).code == "not_found"
    roster = {"revision": 1, "roster": [{"person": house.client}]}
    assert (await administrator.ask("PUT", f"{path}/roster", roster)).code == "not_found"
    assert (await facilitator.get(path)).body["kind"] == "mutual_help"


async def test_a_meeting_is_called_off_and_takes_place_after_all(
    administrator: Browser, visitor: Browser, guest: Guest, meeting: str, database: Database
) -> None:
    path = f"/api/sessions/{meeting}/cancellation"
    assert (await administrator.post(path, {"reason": "weather"})).body["phase"] == "cancelled"
    answer = await visitor.post(f"/api/sessions/{meeting}/tickets", {"link": guest.link})
    assert answer.code == "session_cancelled"
    assert (await administrator.ask("DELETE", path)).body["phase"] == "planned"
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM ledger WHERE session_id = $1", meeting) == 0


async def test_a_node_that_died_leaves_no_meeting_open(
    node: SignalingSettings, database: Database, house: House, meeting: str
) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO rooms (clinic_id, session_id, epoch, node_id, opened_at) VALUES ($1, $2, 1, $3, now())",
            house.clinic, meeting, NODE,
        )  # fmt: skip
    async with serving(node, FakeMedia(), database):
        pass
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT closed_at IS NOT NULL FROM rooms WHERE session_id = $1", meeting)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"roster": [{"person": "00000000-0000-0000-0000-000000000000"}]}, "$.roster"),
        ({"breaks": [["2026-12-01T18:10:00Z", "2026-12-01T18:20:00Z"]]}, "$.breaks"),
        ({"kind": "group", "blocks": [
            {"kind": "mutual_help", "start": "2026-12-01T18:00:00Z", "end": "2026-12-01T19:00:00Z"}
        ]}, "$.blocks[0].kind"),
    ],
)  # fmt: skip
async def test_a_meeting_is_a_session_of_its_own(
    administrator: Browser, house: House, wrong: dict[str, Any], path: str
) -> None:
    asked = {
        "program": house.program, "kind": "mutual_help", "starts": "2026-12-01T18:00:00Z",
        "ends": "2026-12-01T19:00:00Z",
    }  # fmt: skip
    answer = await administrator.post("/api/sessions", asked | wrong)
    assert (answer.status, answer.body["path"]) == (422, path)
