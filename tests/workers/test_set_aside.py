"""A session that cannot be handled is set aside, logged once, and stops no other; later it is tried again."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from domain.attendance.records import NEIGHBOUR_SET_ASIDE
from domain.errors import DatabaseAway
from domain.events.billing import AttendanceStated
from domain.events.schedule import PolicyReference, RosterEntry
from domain.projection.gathering import Aside
from runtime import policies, release
from runtime.catalogue import WrappingKey
from runtime.settings import WorkerSettings
from store.attendance import set_aside
from store.attendance.set_aside import Listed
from store.database import Database
from store.ledger import facts as ledger
from tests import ledgers
from tests.ledgers import consume, records_of
from tests.waiting import eventually
from tests.workers import evening
from tests.workers.evening import NINE, SIX, Clinic
from tests.workers.poison import UNREADABLE, Owner
from tests.workers.test_attendance import credited, dump, one_client, totals
from workers.attendance import CONSUMER
from workers.consumer import try_again
from workers.main import run
from workers.rebuild import rebuild
from workers.set_aside import isolate_failures
from workers.statements import state_next

WHOLE_EVENING = 10_800
MARS = {"timezone": "Mars/Olympus_Mons"}
"""A plan that can be read, but for which the arithmetic fails."""
NO_ID = {"roster": (RosterEntry("somebody"),)}
"""A plan whose record would have a client's id that fits no column."""
UNKNOWN = {"policy": PolicyReference("from-a-newer-release", 9, "0" * 64)}


async def catch_up(database: Database, batch: int = 500) -> None:
    """Let the consumer do all its work."""
    while await consume(database, CONSUMER, batch) or await try_again(database, CONSUMER):
        pass


async def listed(database: Database) -> list[Listed]:
    async with database.transaction() as tx:
        return await set_aside.listed(tx)


async def ask_again(database: Database) -> None:
    async with database.transaction() as tx:
        await set_aside.ask_all_again(tx)


async def held(database: Database, clinic: Clinic, days: int = 0) -> str:
    """A whole evening in the ledger, `days` days later; returns its session."""
    start = SIX + timedelta(days=days)
    session = await evening.planned(database, clinic, start)
    await evening.ship(database, evening.whole_evening(clinic, session, start).rows)
    return session


async def three_clinics(database: Database) -> list[tuple[Clinic, str]]:
    """Three clinics with an evening each, all in one batch."""
    policy = policies.load("evening-sud", 1)[1]
    clinics = [await evening.found(database, policy) for _ in range(3)]
    return [(clinic, await held(database, clinic)) for clinic in clinics]


async def position(database: Database) -> tuple[int, int]:
    """(position of the consumer, last position of the ledger)."""
    async with database.transaction() as tx:
        read = await tx.fetchval("SELECT sum(position)::bigint FROM cursors WHERE consumer = $1", CONSUMER.name)
        return read, await ledger.total(tx)


def said(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.message.startswith("a session was set aside")]


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
async def test_an_unreadable_fact_stops_no_clinic(
    database: Database, owner: Owner, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    (_, first), (_, second), (_, third) = await three_clinics(database)
    poisoned = await owner.poison(second, body=body)
    await catch_up(database)
    assert [(one.session, one.position, one.reason) for one in await listed(database)] == [
        (second, poisoned.position, "fact_unreadable")
    ]
    for session in (first, third):
        assert WHOLE_EVENING in (await credited(database, session)).values()
    read, head = await position(database)
    assert read == head
    [record] = said(caplog)
    assert (vars(record)["position"], vars(record)["session"]) == (poisoned.position, second)


@pytest.mark.parametrize("which", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("batch", [500, 17, 1], ids=["one batch", "some batches", "fact by fact"])
async def test_an_unreadable_fact_anywhere_in_a_batch_stops_no_session(
    database: Database, owner: Owner, caplog: pytest.LogCaptureFixture, which: int, batch: int
) -> None:
    evenings = await three_clinics(database)
    place = {0: 0, 1: 6, 2: -1}[which]
    facts = len(evening.whole_evening(*evenings[0]).rows)
    await owner.poison(evenings[which][1], place % (facts + 1))
    await catch_up(database, batch)
    assert [one.session for one in await listed(database)] == [evenings[which][1]]
    for place, (clinic, session) in enumerate(evenings):
        if place != which:
            assert await credited(database, session) == {clinic.pat: WHOLE_EVENING, clinic.sam: 9_000}
    assert len(said(caplog)) == 1


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (MARS, "arithmetic_failed"),
        (NO_ID, "records_refused"),
        (UNKNOWN, "policy_unknown"),
    ],
    ids=["arithmetic", "records", "policy"],
)
async def test_a_session_that_cannot_be_worked_out_or_kept_stops_no_clinic(
    database: Database, caplog: pytest.LogCaptureFixture, plan: dict[str, object], reason: str
) -> None:
    """A later, correct plan repairs its session without further action."""
    _, (clinic, second), _ = await three_clinics(database)
    await catch_up(database)
    await evening.replan(database, clinic, second, at=SIX, **plan)
    beside = await evening.planned(database, clinic, SIX + timedelta(hours=1))
    await catch_up(database)
    assert [(one.session, one.reason) for one in await listed(database)] == [(second, reason)]
    assert (await credited(database, second))[clinic.pat] == WHOLE_EVENING, "the records from before are kept"
    async with database.transaction() as tx:
        found = await records_of(tx, beside)
    assert found is not None and NEIGHBOUR_SET_ASIDE in found.record.flags
    await rebuild(database, lambda done, total: None)
    assert len(said(caplog)) == 1
    await evening.replan(database, clinic, second, at=SIX + timedelta(hours=1))
    await catch_up(database)
    assert await listed(database) == []
    async with database.transaction() as tx:
        found = await records_of(tx, beside)
    assert found is not None and found.record.flags == ()


@pytest.mark.parametrize("far", [SIX + timedelta(days=32), SIX.replace(year=9999)], ids=["a month", "for ever"])
async def test_a_session_planned_for_ever_has_no_neighbours(database: Database, clinic: Clinic, far: datetime) -> None:
    endless = await evening.planned(database, clinic)
    await evening.replan(database, clinic, endless, at=SIX, end=far)
    other = await held(database, clinic, days=20)
    await catch_up(database)
    assert [(one.session, one.reason) for one in await listed(database)] == [(endless, "window_too_long")]
    assert (await credited(database, other))[clinic.pat] == WHOLE_EVENING


async def test_the_log_contains_no_value_of_a_fact(
    database: Database, clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    await held(database, clinic)
    await evening.planned(database, clinic, **MARS)
    await catch_up(database)
    assert said(caplog)
    assert not [record for record in caplog.records if "Olympus" in str(vars(record))]


async def test_later_facts_of_a_session_that_is_set_aside_wait_with_it(
    database: Database, clinic: Clinic, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    session = await evening.planned(database, clinic)
    rows = evening.whole_evening(clinic, session).rows
    await evening.ship(database, rows[:6])
    poisoned = await owner.poison(session, 2)
    for count in range(7, len(rows) + 1):
        await evening.ship(database, rows[:count])
        await catch_up(database)
    other = await held(database, clinic, days=1)
    await catch_up(database)
    assert (await credited(database, other))[clinic.pat] == WHOLE_EVENING
    assert len(said(caplog)) == 1
    await poisoned.heal()
    await ask_again(database)
    await catch_up(database)
    assert await credited(database, session) == {clinic.pat: WHOLE_EVENING, clinic.sam: 9_000}
    assert await listed(database) == []


async def test_records_are_the_same_in_any_order_of_arrival_and_after_a_rebuild(
    database: Database, clinic: Clinic, owner: Owner
) -> None:
    """Pat's group, and a pull-out from it that cannot be read completely: its seconds are not billed twice."""
    group = await held(database, clinic)
    await catch_up(database)
    pulled_out = await evening.planned(database, clinic, kind="individual", parent=group, pull_out=True)
    await evening.ship(database, one_client(clinic, pulled_out, clinic.pat).rows)
    poisoned = await owner.poison(pulled_out, 7)
    await catch_up(database)
    assert [one.session for one in await listed(database)] == [pulled_out]
    async with database.transaction() as tx:
        kept = await records_of(tx, group)
        assert await records_of(tx, pulled_out) is None
    assert kept is not None and kept.record.flags == (NEIGHBOUR_SET_ASIDE,)
    by_event = await dump(database)
    await rebuild(database, lambda done, total: None)
    assert await dump(database) == by_event
    await poisoned.heal()
    await ask_again(database)
    await catch_up(database)
    assert (await credited(database, group))[clinic.pat] == WHOLE_EVENING - 1_200
    assert (await credited(database, pulled_out))[clinic.pat] == 1_200
    by_event = await dump(database)
    await rebuild(database, lambda done, total: None)
    assert await dump(database) == by_event


async def test_a_rebuild_retries_sets_aside_and_keeps_old_records(
    database: Database, clinic: Clinic, owner: Owner
) -> None:
    healthy, poisoned_later, poisoned = [await held(database, clinic, days) for days in range(3)]
    fact = await owner.poison(poisoned)
    await catch_up(database)
    await owner.poison(poisoned_later)
    await fact.heal()
    assert await rebuild(database, lambda done, total: None) == 3
    assert [one.session for one in await listed(database)] == [poisoned_later]
    for session in (healthy, poisoned_later, poisoned):
        assert (await credited(database, session))[clinic.pat] == WHOLE_EVENING
    assert {of for (client, _, _), of in (await totals(database)).items() if client == clinic.pat} == {
        (3 * WHOLE_EVENING, 3)
    }


def settings(database_url: str) -> WorkerSettings:
    keys = (WrappingKey("2026", b"w" * 32),)
    return WorkerSettings(database_url=database_url, note_private_key=b"n" * 32, note_wrapping_keys=keys)


async def restarted(database_url: str, database: Database) -> None:
    """Start a worker, let it do all its work, and stop it."""
    worker = asyncio.create_task(run(settings(database_url)))

    async def idle() -> bool:
        read, head = await position(database)
        return read == head and all(one.tried_by == release.VERSION for one in await listed(database))

    await eventually(idle)
    worker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await worker


async def test_a_newer_release_tries_again_and_the_same_one_does_not(
    database: Database, database_url: str, clinic: Clinic, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    session = await held(database, clinic)
    poisoned = await owner.poison(session)
    for _ in range(3):
        await restarted(database_url, database)
    assert len(said(caplog)) == 1
    await poisoned.heal()
    await restarted(database_url, database)
    assert [(one.session, one.tried_by) for one in await listed(database)] == [(session, release.VERSION)]
    await owner.run("UPDATE set_aside_sessions SET tried_by = '0.0.1'")
    await restarted(database_url, database)
    assert await listed(database) == []
    assert (await credited(database, session))[clinic.pat] == WHOLE_EVENING


async def test_a_session_that_is_set_aside_is_not_stated(database: Database, clinic: Clinic, owner: Owner) -> None:
    late = NINE + timedelta(days=5)
    session = await evening.planned(database, clinic)
    await catch_up(database)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    poisoned = await owner.poison(session)
    await catch_up(database)
    while await state_next(database, late):
        pass
    assert await stated(database, session) == []
    await poisoned.heal()
    await ask_again(database)
    await catch_up(database)
    while await state_next(database, late):
        pass
    assert {event.credited_s for event in await stated(database, session)} == {WHOLE_EVENING, 9_000}


async def stated(database: Database, session: str) -> list[AttendanceStated]:
    async with database.transaction() as tx:
        events = [fact.readable for fact in await ledgers.of_session(tx, session)]
    return [event for event in events if isinstance(event, AttendanceStated)]


async def test_an_unreadable_statement_does_not_stop_others(
    database: Database, clinic: Clinic, owner: Owner, caplog: pytest.LogCaptureFixture
) -> None:
    late = NINE + timedelta(days=9)
    session, other = await held(database, clinic), await held(database, clinic, days=1)
    await catch_up(database)
    assert await state_next(database, NINE)
    poisoned = await owner.poison(session, -1, '{"type":"attendance.stated"}')
    await evening.replan(database, clinic, session, at=SIX)
    await catch_up(database)
    while await state_next(database, late):
        pass
    assert {event.credited_s for event in await stated(database, other)} == {WHOLE_EVENING, 9_000}
    [aside] = await listed(database)
    assert (aside.consumer, aside.session, aside.position) == ("statements", session, poisoned.position)
    assert len(said(caplog)) == 1
    await poisoned.heal()
    await ask_again(database)
    while await state_next(database, late):
        pass
    assert await listed(database) == []


async def test_only_items_that_fail_alone_are_left_undone(database: Database, clinic: Clinic) -> None:
    """Forty items, of which two fail: the others are done once, in few attempts."""
    attempts: list[int] = []

    def aside(item: str, where: str) -> Aside:
        return Aside(session=item, clinic=clinic.id, position=1, reason="failed", frames=where)

    async def write(some: Sequence[str]) -> dict[str, Aside]:
        attempts.append(len(some))
        for item in some:
            await tx.execute("INSERT INTO nodes (id, url, lease_until) VALUES ($1, '', now())", item)
        if {"7", "31"} & set(some):
            raise ValueError("no")
        return {}

    items = [str(number) for number in range(40)]
    async with database.transaction() as tx:
        assert set(await isolate_failures(tx, items, write, aside)) == {"7", "31"}
    async with database.transaction() as tx:
        rows = await tx.fetch("SELECT id FROM nodes")
    assert sorted(row["id"] for row in rows) == sorted(set(items) - {"7", "31"})
    assert len(attempts) < 25


async def test_losing_the_database_sets_nothing_aside(database: Database, clinic: Clinic) -> None:
    async def lose(some: Sequence[str]) -> dict[str, Aside]:
        raise DatabaseAway

    async with database.transaction() as tx:
        with pytest.raises(DatabaseAway):
            await isolate_failures(tx, ["a", "b"], lose, lambda item, where: pytest.fail("nobody failed"))
