"""A database of the first release, with one numbering for all clinics, gets a ledger for each clinic."""

from collections.abc import AsyncIterator, Iterator

import asyncpg
import pytest

from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import ConnectionOpened
from domain.ledger.chain import START, link
from runtime.clock import new_id
from runtime.postgres.embedded import OWNER_ROLE, Embedded
from store.billing import feed
from store.database import Database
from store.ledger import facts as ledger
from store.migrate import migrate, shipped
from tests.store.ledger.test_facts import SIX, arrivals

BEFORE = tuple(migration for migration in shipped() if migration.name < "0015")
SINCE = shipped()


class Old:
    """The old database, with three clinics: two with mixed facts, and one without any."""

    def __init__(self, postgres: Embedded, name: str) -> None:
        self.owner_url = postgres.owner_url(name)
        self.url = postgres.application_url(name)
        self.one, self.other, self.silent = new_id(), new_id(), new_id()

    async def run(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.owner_url)
        try:
            return list(await connection.fetch(statement, *arguments))
        finally:
            await connection.close()

    async def found(self) -> None:
        for clinic in (self.one, self.other, self.silent):
            await self.run("INSERT INTO clinics (id, name, timezone) VALUES ($1::text::uuid, 'C', 'UTC')", clinic)
        for clinic in (self.one, self.other, self.other, self.one, self.other):
            for row in self.facts(clinic):
                await self.run(
                    """
                    INSERT INTO ledger (event_id, clinic_id, session_id, stream, seq, type, v, at, body, hash)
                    VALUES ($1::text::uuid, $2::text::uuid, $3::text::uuid, $4, $5, $6, 1, $7, $8::text::json, $9)
                    """,
                    *row,
                )

    def facts(self, clinic: str) -> Iterator[tuple[object, ...]]:
        """Two facts of their own stream."""
        session, previous = new_id(), START
        for seq in (1, 2):
            event: Event = ConnectionOpened(
                id=new_id(), seq=seq, at=SIX, session=session, connection=new_id(), person=new_id(), role="client"
            )
            body = encode(event)
            previous = link(previous, body, 1)
            yield event.id, clinic, session, f"x:{session}", seq, "connection.opened", SIX, body.decode(), previous


@pytest.fixture
async def old(postgres: Embedded) -> AsyncIterator[Old]:
    name = f"before_{new_id().replace('-', '')}"
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE {name} OWNER {OWNER_ROLE}")
    before = Old(postgres, name)
    await migrate(before.owner_url, BEFORE)
    await before.found()
    yield before
    await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await superuser.close()


async def bytes_of(old: Old, order: str) -> list[tuple[object, ...]]:
    query = f"SELECT clinic_id, event_id, stream, seq, at, recorded_at, body::text, hash FROM ledger ORDER BY {order}"
    return [tuple(row) for row in await old.run(query)]


async def test_each_clinic_keeps_its_facts_in_their_order_to_the_byte(old: Old) -> None:
    before = await bytes_of(old, "clinic_id, position")
    moved: list[tuple[str, int]] = []
    await migrate(old.owner_url, SINCE, lambda name, rows: moved.append((name, rows)))
    assert await bytes_of(old, "clinic_id, position") == before
    assert ("0016_copy_the_ledger", 10) in moved
    async with Database.open(old.url) as database, database.transaction() as tx:
        for clinic, facts in ((old.one, 4), (old.other, 6), (old.silent, 0)):
            found = await ledger.read(tx, clinic, 0, 100)
            assert [fact.position for fact in found] == list(range(1, facts + 1))
        assert await ledger.append(tx, arrivals(old.one, 1)) == 1
        assert await ledger.head(tx, old.one) == 5


async def test_a_stopped_copy_continues_and_includes_facts_added_meanwhile(old: Old) -> None:
    first, copy, swap = (migration for migration in SINCE if "0015" <= migration.name < "0018")
    await migrate(old.owner_url, (*BEFORE, first))
    assert [tuple(row) for row in await old.run("SELECT copy_ledger(3)")] == [(3,)]
    late = next(old.facts(old.one))
    await old.run(
        """
        INSERT INTO ledger (event_id, clinic_id, session_id, stream, seq, type, v, at, body, hash)
        VALUES ($1::text::uuid, $2::text::uuid, $3::text::uuid, $4, $5, $6, 1, $7, $8::text::json, $9)
        """,
        *late,
    )
    before = await bytes_of(old, "clinic_id, position")
    await migrate(old.owner_url, (*BEFORE, first, copy, swap))
    assert await bytes_of(old, "clinic_id, position") == before
    assert (await old.run("SELECT position FROM ledger WHERE event_id = $1::text::uuid", late[0]))[0][0] == 5


async def test_cursors_continue_where_they_were(old: Old) -> None:
    await old.run("INSERT INTO cursors (consumer, position) VALUES ('attendance', 5)")
    await migrate(old.owner_url, SINCE)
    rows = await old.run("SELECT clinic_id::text, position FROM cursors WHERE consumer = 'attendance'")
    assert dict(map(tuple, rows)) == {old.one: 2, old.other: 3}


async def test_a_billers_cursor_of_any_age_skips_nothing_and_repeats_nothing(old: Old) -> None:
    """Every cursor that the old numbering ever gave, and every one given since, for each clinic."""
    places = await old.run("SELECT position, clinic_id::text AS clinic FROM ledger ORDER BY position")
    await migrate(old.owner_url, SINCE)
    async with Database.open(old.url) as database:
        async with database.transaction() as tx:
            await ledger.append(tx, [*arrivals(old.one, 3), *arrivals(old.silent, 2)])
        for clinic in (old.one, old.other, old.silent):
            of_old = [place["position"] for place in places if place["clinic"] == clinic]
            async with database.transaction() as tx:
                runs, head = await feed.numbering(tx, clinic), await ledger.head(tx, clinic)
                for cursor in range(len(places) + 1):
                    read = sum(1 for position in of_old if position <= cursor)
                    assert await feed.position_at(tx, clinic, runs, cursor) == read
                given = [await feed.cursor_at(tx, clinic, runs, position) for position in range(1, head + 1)]
                assert given == sorted(set(given))
                assert [await feed.position_at(tx, clinic, runs, one) for one in given] == list(range(1, head + 1))


async def test_in_a_clinic_founded_since_a_cursor_is_a_position(old: Old) -> None:
    await migrate(old.owner_url, SINCE)
    async with Database.open(old.url) as database, database.transaction() as tx:
        young = new_id()
        await tx.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Young', 'UTC')", young)
        await ledger.append(tx, arrivals(young, 2))
        runs = await feed.numbering(tx, young)
        assert await feed.cursor_at(tx, young, runs, 2) == await feed.position_at(tx, young, runs, 2) == 2
