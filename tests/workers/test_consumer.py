"""A consumer's effects commit with its cursor, whatever crashes, and however many workers run."""

import asyncio
import itertools
import logging
from collections.abc import Mapping, Sequence

import asyncpg
import pytest

from domain.errors import DatabaseAway
from domain.events.ledger import DayClosed
from domain.events.schedule import PolicyReference
from domain.ledger.streams import closing_stream
from domain.projection.gathering import Aside
from runtime.clock import new_id
from runtime.postgres.embedded import Embedded
from store.attendance import set_aside
from store.database import Database, Transaction
from store.ledger import cursors, streams
from store.ledger.facts import Recorded
from tests.ledgers import consume
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.evening import Room, after
from workers import consumer
from workers.consumer import TRIES, Consumer, follow, repeat, set_next_aside, try_again

pytestmark = pytest.mark.also_partitioned

POLICY = PolicyReference("p", 1, "d")


@pytest.fixture
async def room(database: Database) -> Room:
    """A room with forty facts in the ledger, including the plan."""
    clinic = await evening.found(database, POLICY)
    room = Room(clinic.id, await evening.planned(database, clinic))
    for minute in range(19):
        room.comes(clinic.pat, after(minute))
    await evening.ship(database, room.rows)
    return room


async def write_total(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
    """An effect that counts itself: one second for each fact."""
    await tx.execute(
        """
        INSERT INTO hour_totals (clinic_id, program_id, client_id, week, kind, credited_s, billable_s, sessions)
        VALUES ($1, $1, $1, '2026-09-13', 'group', $2, 0, 0)
        ON CONFLICT (clinic_id, program_id, client_id, week, kind)
        DO UPDATE SET credited_s = hour_totals.credited_s + excluded.credited_s
        """,
        facts[0].clinic_id,
        len(facts),
    )
    return {}


async def total(database: Database) -> int:
    async with database.transaction() as tx:
        return int(await tx.fetchval("SELECT coalesce(sum(credited_s), 0) FROM hour_totals"))


async def position(database: Database, consumer: str = "totals") -> int:
    async with database.transaction() as tx:
        return int(await tx.fetchval("SELECT coalesce(max(position), 0) FROM cursors WHERE consumer = $1", consumer))


async def test_every_fact_is_handled_once_in_batches(database: Database, room: Room) -> None:
    consumer = Consumer("totals", write_total)
    assert await consume(database, consumer, batch=25)
    assert not await consume(database, consumer, batch=25)
    assert not await consume(database, consumer, batch=25)
    assert (await total(database), await position(database)) == (40, 40)


async def test_a_session_that_fails_has_no_effect_until_it_is_tried_again(database: Database, room: Room) -> None:
    async def write_and_crash(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
        await write_total(tx, facts)
        raise RuntimeError("crashed after writing")

    await consume(database, Consumer("totals", write_and_crash))
    assert (await total(database), await position(database)) == (0, 40)
    assert await try_again(database, Consumer("totals", write_total)) is False
    async with database.transaction() as tx:
        assert await set_aside.ask_all_again(tx) == 1
    assert await try_again(database, Consumer("totals", write_and_crash))
    assert await total(database) == 0
    async with database.transaction() as tx:
        await set_aside.ask_all_again(tx)
    assert await try_again(database, Consumer("totals", write_total))
    assert (await total(database), await position(database)) == (40, 40)
    assert await try_again(database, Consumer("totals", write_total)) is False


async def test_a_crash_outside_the_handler_undoes_the_turn(database: Database, room: Room) -> None:
    async def lose_the_database(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
        await write_total(tx, facts)
        raise DatabaseAway

    with pytest.raises(DatabaseAway):
        await consume(database, Consumer("totals", lose_the_database))
    assert (await total(database), await position(database)) == (0, 0)
    async with database.transaction() as tx:
        assert await set_aside.count(tx) == 0
    await consume(database, Consumer("totals", write_total))
    assert (await total(database), await position(database)) == (40, 40)


async def test_two_workers_do_not_do_the_same_work(database: Database, room: Room) -> None:
    inside, go_on = asyncio.Event(), asyncio.Event()

    async def write_slowly(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
        inside.set()
        await go_on.wait()
        return await write_total(tx, facts)

    async with asyncio.TaskGroup() as group:
        first = group.create_task(consume(database, Consumer("totals", write_slowly)))
        await inside.wait()
        assert not await consume(database, Consumer("totals", write_total))
        go_on.set()
        await first
    assert (await total(database), await position(database)) == (40, 40)


async def test_a_reader_behind_concurrent_writers_misses_nothing(database: Database, room: Room) -> None:
    writers = [Room(room.clinic, room.session, epoch) for epoch in range(2, 6)]
    finished = asyncio.Event()
    consumer = Consumer("totals", write_total)

    async def write(one: Room) -> None:
        for minute in range(20):
            one.comes(new_id(), after(minute))
            await evening.ship(database, one.rows)

    async def read() -> None:
        while not finished.is_set() or await position(database) < 40 + sum(len(one.rows) for one in writers):
            await consume(database, consumer, batch=7)

    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        readers = [group.create_task(read()) for _ in range(2)]
        await asyncio.gather(*(write(one) for one in writers))
        finished.set()
        await asyncio.gather(*readers)
    assert await total(database) == await position(database) == 40 + 4 * 41


async def test_the_transaction_that_waits_for_the_cursor_gets_it_next(database: Database, room: Room) -> None:
    async with database.transaction() as tx:
        await cursors.begin(tx, "totals", room.clinic)
    async with database.transaction() as tx:
        assert await cursors.claim(tx, "totals", room.clinic) == 0
        async with database.transaction() as other:
            assert await cursors.claim(other, "totals", room.clinic) is None
        await cursors.advance(tx, "totals", room.clinic, 7)
    async with database.transaction() as tx:
        assert await cursors.wait_for(tx, "totals", room.clinic) == 7


async def test_a_worker_waits_for_the_database_logs_it_once_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    turns: list[str] = []
    resting = asyncio.Event()

    async def turn() -> bool:
        turns.append("turn")
        if len(turns) < 3:
            raise DatabaseAway
        return False

    async def rest() -> None:
        resting.set()
        await asyncio.Event().wait()

    with caplog.at_level(logging.INFO):
        worker = asyncio.create_task(repeat("totals", turn, rest))
        await asyncio.wait_for(resting.wait(), 10)
        worker.cancel()
    assert [record.message for record in caplog.records] == [
        "the database is away; waiting for it",
        "the database is back",
    ]


async def test_a_session_that_takes_too_long_repeatedly_is_set_aside_and_the_others_go_on(
    database: Database, database_url: str, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = Room(room.clinic, new_id())
    light.comes(new_id(), after(1))
    await evening.ship(database, light.rows)
    facts = 40 + len(light.rows)
    tries: list[int] = []

    async def handle(tx: Transaction, facts: Sequence[Recorded]) -> Mapping[str, Aside]:
        if room.session in {fact.session_id for fact in facts}:
            tries.append(len(facts))
            await tx.execute("SELECT pg_sleep(5)")
        return await write_total(tx, facts)

    monkeypatch.setattr(consumer, "RETRY_SECONDS", 0.01)
    async with Database.open(database_url, statement_timeout="50ms") as hurried:
        worker = asyncio.create_task(follow(hurried, Consumer("totals", handle)))

        async def through() -> bool:
            return await position(database) == facts

        await eventually(through)
        worker.cancel()
    assert await total(database) == len(light.rows)
    assert tries[-TRIES:] == [1] * TRIES
    async with database.transaction() as tx:
        [aside] = await set_aside.listed(tx)
    assert (aside.session, aside.reason) == (room.session, "too_heavy")


async def test_arbitrary_notifications_do_not_stop_a_worker(
    database: Database, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    """Everyone who may connect can notify: neither arbitrary text nor an unknown id may disturb the worker."""
    worker = asyncio.create_task(follow(database, Consumer("totals", write_total)))
    await eventually(lambda: done(database))
    async with database.transaction() as tx:
        for payload in ("", "nonsense", room.clinic.upper(), f"{room.clinic} ", new_id()):
            await tx.execute("SELECT pg_notify('ledger', $1)", payload)
    light = Room(room.clinic, new_id())
    light.comes(new_id(), after(1))

    async def read_on() -> bool:
        return await total(database) == 40 + len(light.rows)

    async with asyncio.timeout(0.9):  # less than the second that a failed turn waits
        await evening.ship(database, light.rows)
        await eventually(read_on)
    worker.cancel()
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_fact_without_a_session_that_takes_too_long_is_retried(database: Database, room: Room) -> None:
    async with database.transaction() as tx:
        await cursors.begin(tx, "totals", room.clinic)
        await cursors.advance(tx, "totals", room.clinic, 40)
        closing = DayClosed(
            id=new_id(), at=after(1), clinic=room.clinic, day=after(1).date(), count=40, last_position=40,
            digest="", previous="", key="",
        )  # fmt: skip
        await streams.record(tx, room.clinic, closing_stream(room.clinic), closing)
    await set_next_aside(database, Consumer("totals", write_total), room.clinic)
    async with database.transaction() as tx:
        assert await set_aside.listed(tx) == []


async def test_a_failing_turn_is_retried_at_growing_intervals_until_it_succeeds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns, resting, waited = itertools.count(), asyncio.Event(), list[float]()
    rest, sleep = asyncio.Event(), asyncio.sleep

    async def turn() -> bool:
        number = next(turns)
        if number < 8 or number == 9:
            raise RuntimeError("a bug")
        return False

    async def rest_once() -> None:
        if rest.is_set():
            resting.set()
            await asyncio.Event().wait()
        rest.set()

    async def note(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", note)
    worker = asyncio.create_task(repeat("totals", turn, rest_once))
    await resting.wait()
    worker.cancel()
    assert waited == [1, 2, 4, 8, 16, 32, 60, 60, 1]


async def test_a_worker_outlives_the_database(
    database: Database, room: Room, postgres: Embedded, database_name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    worker = asyncio.create_task(follow(database, Consumer("totals", write_total)))
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT 0")
    await superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database_name)
    await eventually(lambda: heard(caplog, "the database is away; waiting for it"))
    await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT -1")
    await superuser.close()
    await eventually(lambda: heard(caplog, "the database is back"))
    await eventually(lambda: done(database))
    worker.cancel()
    assert await total(database) == 40


async def heard(caplog: pytest.LogCaptureFixture, words: str) -> bool:
    return words in [record.message for record in caplog.records]


async def done(database: Database) -> bool:
    return await position(database) == 40
