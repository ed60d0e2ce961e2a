"""Leaves become hours: exact, in any order of the facts, and the same after a rebuild."""

import random
from datetime import date, datetime, timedelta

import msgspec
import pytest

from domain.events.attendance import AttendanceCorrected
from domain.events.room import BreakEnded, BreakStarted, SessionExtended
from domain.events.schedule import PolicyReference, RosterEntry
from domain.projection.gathering import Projection
from runtime.clock import new_id
from store.database import Database
from store.ledger import streams
from store.ledger.facts import LedgerRow
from tests.ledgers import consume, records_of
from tests.workers import evening
from tests.workers.evening import NINE, SIX, Clinic, Room, after
from workers.attendance import CONSUMER
from workers.rebuild import rebuild

pytestmark = pytest.mark.also_partitioned


async def catch_up(database: Database) -> None:
    while await consume(database, CONSUMER):
        pass


async def worked_out(database: Database, session: str) -> Projection:
    async with database.transaction() as tx:
        projection = await records_of(tx, session)
    assert projection is not None
    return projection


async def credited(database: Database, session: str) -> dict[str, int]:
    projection = await worked_out(database, session)
    return {client: record.credited_s for client, record in projection.record.clients.items()}


async def totals(database: Database) -> dict[tuple[str, date, str], tuple[int, int]]:
    """Credited seconds and sessions by client, week and kind."""
    async with database.transaction() as tx:
        rows = await tx.fetch("SELECT client_id, week, kind, credited_s, sessions FROM hour_totals")
    return {(row["client_id"], row["week"], row["kind"]): (row["credited_s"], row["sessions"]) for row in rows}


async def dump(database: Database) -> list[str]:
    """Every byte of every projection."""
    async with database.transaction() as tx:
        return [
            row["bytes"]
            for table in ("session_records", "attendance_records", "hour_totals")
            for row in await tx.fetch(f"SELECT t::text AS bytes FROM {table} t ORDER BY 1")
        ]


async def test_an_evening_becomes_records_and_hours(database: Database, clinic: Clinic) -> None:
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await catch_up(database)
    projection = await worked_out(database, session)
    assert await credited(database, session) == {clinic.pat: 10_800, clinic.sam: 9_000}
    assert (projection.final, projection.record.participant_count, projection.program) == (True, 2, clinic.program)
    assert projection.record.clients[clinic.pat].connected_s == 10_800 - 115
    assert projection.record.clients[clinic.pat].derivation is not None
    week = date(2026, 9, 13)
    assert await totals(database) == {
        (clinic.pat, week, "group"): (10_800, 1),
        (clinic.sam, week, "group"): (9_000, 1),
    }


async def test_a_week_adds_up_its_sessions_and_no_others(database: Database, clinic: Clinic) -> None:
    for day in (0, 2, 7):
        start = SIX + timedelta(days=day)
        session = await evening.planned(database, clinic, start)
        await evening.ship(database, evening.whole_evening(clinic, session, start).rows)
    await catch_up(database)
    assert {(week, of) for (client, week, _), of in (await totals(database)).items() if client == clinic.pat} == {
        (date(2026, 9, 13), (21_600, 2)),
        (date(2026, 9, 20), (10_800, 1)),
    }


async def test_a_session_moved_to_another_week_takes_its_hours_along(database: Database, clinic: Clinic) -> None:
    session = await evening.planned(database, clinic)
    later = SIX + timedelta(days=7)
    await evening.ship(database, evening.whole_evening(clinic, session, later).rows)
    await catch_up(database)
    assert await totals(database) == {}
    await evening.replan(database, clinic, session, at=SIX, start=later, end=later + timedelta(hours=3))
    await catch_up(database)
    assert {week for _, week, _ in await totals(database)} == {date(2026, 9, 20)}


async def test_a_second_counts_in_one_of_two_sessions_in_any_order_of_arrival(
    database: Database, clinic: Clinic
) -> None:
    group = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, group).rows)
    await catch_up(database)
    pulled_out = await evening.planned(database, clinic, kind="individual", parent=group, pull_out=True)
    await evening.ship(database, one_client(clinic, pulled_out, clinic.pat).rows)
    await catch_up(database)
    assert (await credited(database, group))[clinic.pat] == 10_800 - 1_200
    assert (await credited(database, pulled_out))[clinic.pat] == 1_200


async def test_the_neighbours_of_a_neighbour_keep_their_seconds(database: Database, clinic: Clinic) -> None:
    """Pat is in A and B, Sam in B and C: a change of A must not give B the seconds that C keeps."""

    async def session(client: str) -> str:
        roster = (RosterEntry(clinic.dana, "facilitator"), RosterEntry(client))
        session = await evening.planned(database, clinic, pull_out=True, roster=roster)
        await evening.ship(database, one_client(clinic, session, client).rows)
        await catch_up(database)
        return session

    b = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, b).rows)
    c = await session(clinic.sam)
    assert await credited(database, b) == {clinic.pat: 10_800, clinic.sam: 9_000 - 1_200}
    await session(clinic.pat)
    assert await credited(database, c) == {clinic.sam: 1_200}
    assert await credited(database, b) == {clinic.pat: 10_800 - 1_200, clinic.sam: 9_000 - 1_200}


def one_client(clinic: Clinic, session: str, client: str) -> Room:
    """Twenty minutes with Robin, from seven on."""
    room = Room(clinic.id, session, at=after(60))
    robin, alone = room.comes(clinic.robin, after(60), "facilitator"), room.comes(client, after(60))
    return room.goes(alone, after(80)).goes(robin, after(80))


async def test_sessions_that_were_moved_apart_share_no_seconds(database: Database, clinic: Clinic) -> None:
    group, other = await evening.planned(database, clinic), await evening.planned(database, clinic, pull_out=True)
    for session in (group, other):
        await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await catch_up(database)
    assert (await credited(database, group))[clinic.pat] == 0
    next_day = SIX + timedelta(days=1)
    await evening.replan(database, clinic, other, at=SIX, start=next_day, end=next_day + timedelta(hours=3))
    await catch_up(database)
    assert (await credited(database, group))[clinic.pat] == 10_800


async def test_facts_without_a_plan_wait_for_it(database: Database, clinic: Clinic) -> None:
    session = new_id()
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await catch_up(database)
    async with database.transaction() as tx:
        assert await records_of(tx, session) is None
    await evening.replan(database, clinic, session)
    await catch_up(database)
    assert (await credited(database, session))[clinic.pat] == 10_800


async def test_a_plan_with_an_unknown_policy_does_not_stop_other_sessions(database: Database, clinic: Clinic) -> None:
    strange = msgspec.structs.replace(clinic, policy=PolicyReference("from-a-newer-release", 9, "0" * 64))
    await evening.planned(database, strange)
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await catch_up(database)
    assert (await credited(database, session))[clinic.pat] == 10_800


async def test_facts_handled_again_change_nothing(database: Database, clinic: Clinic) -> None:
    session = await evening.planned(database, clinic)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await catch_up(database)
    before = await dump(database)
    async with database.transaction() as tx:
        await tx.execute("UPDATE cursors SET position = 0")
    await catch_up(database)
    assert await dump(database) == before


@pytest.mark.parametrize("seed", range(8))
async def test_event_by_event_equals_rebuilt_from_zero(database: Database, clinic: Clinic, seed: int) -> None:
    chance = random.Random(seed)
    rows = await some_evenings(database, clinic, chance)
    chance.shuffle(rows)
    while rows:
        taken = chance.randint(1, 9)
        await evening.ship(database, rows[:taken])
        rows = rows[taken:]
        if chance.random() < 0.2:
            await evening.replan(database, clinic, chance.choice(await planned_sessions(database)), at=SIX)
        while await consume(database, CONSUMER, batch=1):
            pass
    by_event = await dump(database)
    reported: list[tuple[int, int]] = []
    await rebuild(database, lambda done, total: reported.append((done, total)))
    assert await dump(database) == by_event
    assert len(by_event) > 8
    assert (reported[0], reported[-1]) == ((0, 5), (5, 5))


async def planned_sessions(database: Database) -> list[str]:
    async with database.transaction() as tx:
        return [row["session_id"] for row in await tx.fetch("SELECT session_id FROM session_records ORDER BY 1")]


async def some_evenings(database: Database, clinic: Clinic, chance: random.Random) -> list[LedgerRow]:
    """The facts of five planned, overlapping sessions on two evenings, with everything that happens in rooms."""
    rows = []
    for number in range(5):
        start = SIX + timedelta(days=number % 2, minutes=chance.randint(-90, 90))
        session = await evening.planned(database, clinic, start, pull_out=chance.random() < 0.3)
        rows += an_evening(clinic, session, start, chance)
        if chance.random() < 0.5:
            await correct(database, clinic, session, start)
    await catch_up(database)
    return rows


def an_evening(clinic: Clinic, session: str, start: datetime, chance: random.Random) -> list[LedgerRow]:
    room = Room(clinic.id, session, at=start)

    def at() -> datetime:
        return start + timedelta(seconds=chance.randint(-600, 12_000))

    room.goes(room.comes(clinic.dana, start, "facilitator"), start + timedelta(hours=3))
    for person in (clinic.pat, clinic.sam, clinic.pat):
        connection = room.comes(person, at())
        if chance.random() < 0.8:
            room.goes(connection, at(), chance.choice(["left", "lost", "removed", "ended"]))
    for event in (BreakStarted(at=at()), BreakEnded(at=at()), SessionExtended(at=at(), until=at())):
        if chance.random() < 0.5:
            room.record(event)
    return room.ends(at()).rows


async def correct(database: Database, clinic: Clinic, session: str, start: datetime) -> None:
    correction = AttendanceCorrected(
        id=new_id(), at=NINE, session=session, person=clinic.sam, op="add", start=start,
        end=start + timedelta(minutes=30), by=clinic.dana, approved_by=clinic.robin,
    )  # fmt: skip
    async with database.transaction() as tx:
        await streams.record(tx, clinic.id, f"correction:{session}", correction, subject=clinic.sam)
