"""The ledger never loses, never repeats, never changes, and never misleads a reader."""

import asyncio
import random
from datetime import UTC, datetime

import asyncpg
import pytest

from domain.errors import DatabaseAway, StaleStream
from domain.events.catalogue import encode
from domain.events.room import ConnectionOpened
from domain.ledger import chain
from runtime.clock import new_id
from store.database import Database
from store.ledger import chains
from store.ledger import facts as ledger
from store.ledger.facts import LedgerRow
from tests import ledgers
from tests.waiting import eventually
from tests.workers.poison import Owner

pytestmark = pytest.mark.also_partitioned

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def arrivals(clinic: str, count: int, stream: str | None = None, first_seq: int = 1) -> list[LedgerRow]:
    """The facts of `count` people who arrive in one room, one after the other."""
    session = new_id()
    rows, previous = [], chain.START
    for seq in range(first_seq, first_seq + count):
        event = ConnectionOpened(
            id=new_id(), seq=seq, at=SIX, session=session, connection=new_id(), person=new_id(), role="client"
        )
        previous = chain.link(previous, encode(event))
        rows.append(ledger.row(event, clinic, stream or f"room:{session}:1", previous, event.person))
    return rows


async def append(database: Database, rows: list[LedgerRow]) -> int:
    async with database.transaction() as tx:
        return await ledger.append(tx, rows)


async def founded(database: Database) -> str:
    clinic = new_id()
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Elsewhere', 'UTC')", clinic)
    return clinic


async def somebody_waits(database: Database) -> bool:
    async with database.transaction() as tx:
        return bool(await tx.fetchval("SELECT true FROM pg_locks WHERE NOT granted LIMIT 1"))


async def everything(database: Database) -> list[ledger.Recorded]:
    async with database.transaction() as tx:
        return await ledgers.everything(tx)


async def test_a_fact_is_read_byte_for_byte(database: Database, clinic: str) -> None:
    rows = arrivals(clinic, 3)
    assert await append(database, rows) == 3
    found = await everything(database)
    assert [(fact.position, fact.body.encode(), fact.hash) for fact in found] == [
        (position, row.body, row.hash) for position, row in enumerate(rows, start=1)
    ]
    assert chain.first_broken([(fact.body.encode(), fact.hash) for fact in found]) is None


async def test_the_same_facts_delivered_again_add_nothing(database: Database, clinic: str) -> None:
    rows = arrivals(clinic, 3)
    await append(database, rows[:2])
    assert await append(database, [*rows, *rows]) == 1
    assert [fact.position for fact in await everything(database)] == [1, 2, 3]


async def test_a_turn_that_was_rolled_back_leaves_no_hole(database: Database, clinic: str) -> None:
    await append(database, arrivals(clinic, 2))
    with pytest.raises(RuntimeError, match="the process dies here"):
        async with database.transaction() as tx:
            await ledger.append(tx, arrivals(clinic, 5))
            raise RuntimeError("the process dies here")
    await append(database, arrivals(clinic, 2))
    assert [fact.position for fact in await everything(database)] == [1, 2, 3, 4]


async def test_only_one_of_two_writers_of_a_stream_succeeds(database: Database, clinic: str) -> None:
    await append(database, arrivals(clinic, 1, stream="room:a:1"))
    with pytest.raises(StaleStream):
        await append(database, arrivals(clinic, 1, stream="room:a:1"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET at = now()",
        "DELETE FROM ledger",
        "TRUNCATE ledger",
        "DROP TABLE ledger",
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
    ],
)
async def test_facts_cannot_be_changed(database: Database, clinic: str, statement: str) -> None:
    await append(database, arrivals(clinic, 1))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)


async def test_the_application_cannot_set_the_time_of_recording(database: Database, clinic: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO ledger (recorded_at) VALUES (now())")


async def test_a_writer_that_takes_no_turn_fails_and_succeeds_at_the_next_attempt(
    database: Database, clinic: str
) -> None:
    await append(database, arrivals(clinic, 1))
    async with database.transaction() as unlawful:
        columns = "event_id, session_id, stream, seq, type, v, at, body, hash"
        await unlawful.execute(
            f"""
            INSERT INTO ledger (clinic_id, position, {columns})
            SELECT clinic_id, 2, gen_random_uuid(), session_id, 'elsewhere', seq, type, v, at, body, hash FROM ledger
            """
        )
        late = asyncio.create_task(append(database, arrivals(clinic, 1)))
        await eventually(lambda: somebody_waits(database))
    with pytest.raises(DatabaseAway):
        await late
    await append(database, arrivals(clinic, 1))
    assert [fact.position for fact in await everything(database)] == [1, 2, 3]


async def test_a_position_is_given_once_even_if_its_fact_was_deleted(
    database: Database, clinic: str, owner_url: str
) -> None:
    """The database's owner can delete the end of a ledger; later facts do not hide that."""
    await append(database, arrivals(clinic, 5))
    await Owner(owner_url).run("DELETE FROM ledger WHERE position > 3")
    await append(database, arrivals(clinic, 2))
    assert [fact.position for fact in await everything(database)] == [1, 2, 3, 6, 7]
    async with database.transaction() as tx:
        assert [hole async for hole in chains.holes(tx, clinic)] == [(4, 5)]


@pytest.mark.parametrize("position", [0, -1])
async def test_no_fact_can_have_a_position_before_the_first(database: Database, clinic: str, position: int) -> None:
    await append(database, arrivals(clinic, 1))
    with pytest.raises(asyncpg.CheckViolationError):
        async with database.transaction() as tx:
            await tx.execute(
                """
                INSERT INTO ledger (clinic_id, position, event_id, session_id, stream, seq, type, v, at, body, hash)
                SELECT clinic_id, $1, gen_random_uuid(), session_id, 'elsewhere', 1, type, v, at, body, hash FROM ledger
                """,
                position,
            )


async def test_each_clinic_has_its_own_positions_and_waits_for_no_other(database: Database, clinic: str) -> None:
    other = await founded(database)
    async with database.transaction() as slow:
        await ledger.append(slow, arrivals(clinic, 2))
        async with asyncio.timeout(5):
            await append(database, arrivals(other, 3))
    await append(database, [*arrivals(other, 1), *arrivals(clinic, 1), *arrivals(other, 1)])
    async with database.transaction() as tx:
        positions = {one: [fact.position for fact in await ledger.read(tx, one, 0, 9)] for one in (clinic, other)}
        assert await ledger.total(tx) == 8
    assert positions == {clinic: [1, 2, 3], other: [1, 2, 3, 4, 5]}


async def test_batches_of_several_clinics_never_deadlock(database: Database, clinic: str) -> None:
    clinics = [clinic, *[await founded(database) for _ in range(5)]]
    chance = random.Random(11)

    async def write() -> None:
        for _ in range(20):
            some = chance.sample(clinics, 4)
            await append(database, [row for one in some for row in arrivals(one, 1)])

    async with asyncio.timeout(30):
        await asyncio.gather(*(write() for _ in range(6)))
    async with database.transaction() as tx:
        for one in clinics:
            found = [fact.position for fact in await ledger.read(tx, one, 0, 10_000)]
            assert found == list(range(1, len(found) + 1))
        assert await ledger.total(tx) == 6 * 20 * 4


async def test_a_reader_behind_many_writers_sees_every_fact_once_and_in_order(database: Database, clinic: str) -> None:
    writers, turns = 8, 25
    chance = random.Random(7)
    written: set[str] = set()
    seen: list[ledger.Recorded] = []
    done = asyncio.Event()

    async def write() -> None:
        for _ in range(turns):
            rows = arrivals(clinic, chance.randint(1, 3))
            async with database.transaction() as tx:
                await ledger.append(tx, rows)
                await asyncio.sleep(chance.random() / 500)
            written.update(row.event_id for row in rows)

    async def follow() -> None:
        while not done.is_set() or len(seen) < len(written):
            async with database.transaction() as tx:
                seen.extend(await ledger.read(tx, clinic, seen[-1].position if seen else 0, 100))
            await asyncio.sleep(0.001)

    async with asyncio.TaskGroup() as group:
        reader = group.create_task(follow())
        await asyncio.gather(*(write() for _ in range(writers)))
        done.set()
        await asyncio.wait_for(reader, 20)
    assert {fact.event_id for fact in seen} == written
    assert [fact.position for fact in seen] == list(range(1, len(written) + 1))


async def test_the_end_of_a_stream_is_its_last_fact(database: Database, clinic: str) -> None:
    rows = arrivals(clinic, 4, stream="plan:x")
    await append(database, rows)
    async with database.transaction() as tx:
        assert await ledger.end_of_stream(tx, clinic, "plan:x") == (4, chain.End(rows[-1].hash))
        assert await ledger.end_of_stream(tx, clinic, "plan:y") is None
        assert await ledger.head(tx, clinic) == 4
        assert [fact.seq for fact in await ledgers.of_session(tx, rows[0].session_id)] == [1, 2, 3, 4]


async def test_the_decoded_facts_of_several_sessions_come_in_one_query(database: Database, clinic: str) -> None:
    one, other, third = arrivals(clinic, 2), arrivals(clinic, 1), arrivals(clinic, 1)
    await append(database, [one[0], *other, one[1], *third])
    async with database.transaction() as tx:
        said = await ledger.said(tx, clinic, [one[0].session_id, other[0].session_id], without=())
        assert await ledger.said(tx, clinic, [third[0].session_id], without=("connection.opened",)) == {}
    found = {session: [(fact.position, encode(fact.event)) for fact in facts] for session, facts in said.items()}
    assert found == {
        one[0].session_id: [(1, one[0].body), (3, one[1].body)],
        other[0].session_id: [(2, other[0].body)],
    }
