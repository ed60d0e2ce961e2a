"""A session is stated to billing once it is whole, and again when its records change, but never twice the same."""

import asyncio
from datetime import datetime, timedelta

import pytest

from domain.events.attendance import AbsenceExcused
from domain.events.billing import AttendanceStated
from domain.events.room import SessionEnded
from domain.events.schedule import RosterEntry
from runtime.clock import new_id
from store.database import Database
from store.ledger import streams
from tests import ledgers
from tests.ledgers import consume
from tests.workers import evening
from tests.workers.evening import NINE, Clinic, Room, after
from workers.attendance import CONSUMER
from workers.rebuild import rebuild
from workers.statements import state_next

pytestmark = pytest.mark.also_partitioned

THREE_DAYS = timedelta(hours=72)
TWO_HOURS = timedelta(hours=2)
AFTERWARDS = NINE + timedelta(minutes=5)


async def settle(database: Database, now: datetime = AFTERWARDS) -> list[AttendanceStated]:
    """Let the workers finish; returns all statements in order of position."""
    while await consume(database, CONSUMER) or await state_next(database, now):
        pass
    async with database.transaction() as tx:
        events = [fact.event for fact in await ledgers.everything(tx)]
    return [event for event in events if isinstance(event, AttendanceStated)]


async def is_final(database: Database, session: str) -> bool:
    async with database.transaction() as tx:
        return bool(await tx.fetchval("SELECT final FROM session_records WHERE session_id = $1", session))


@pytest.fixture
async def session(database: Database, clinic: Clinic) -> str:
    return await evening.planned(database, clinic)


async def test_a_whole_session_is_stated_for_each_client(database: Database, clinic: Clinic, session: str) -> None:
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    stated = {event.client: event for event in await settle(database)}
    assert {client: event.credited_s for client, event in stated.items()} == {clinic.pat: 10_800, clinic.sam: 9_000}
    pat = stated[clinic.pat]
    assert (pat.version, pat.supersedes, pat.delta_credited_s, pat.incomplete) == (1, None, 10_800, False)
    assert (pat.service_date, pat.status, pat.participant_count) == ("2026-09-15", "present", 2)
    assert (pat.units["PD180"], pat.policy) == (1, clinic.policy)


async def test_a_statement_has_its_own_stream_and_is_about_its_client(
    database: Database, clinic: Clinic, session: str
) -> None:
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await settle(database)
    async with database.transaction() as tx:
        rows = [fact for fact in await ledgers.of_session(tx, session) if fact.type == "attendance.stated"]
    assert {(row.stream, row.seq) for row in rows} == {(f"statement:{session}", 1), (f"statement:{session}", 2)}
    assert {row.subject_id for row in rows} == {clinic.pat, clinic.sam}


async def test_a_session_that_is_not_over_or_not_whole_is_not_stated(
    database: Database, clinic: Clinic, session: str
) -> None:
    rows = evening.whole_evening(clinic, session).rows
    for part in ([], rows[:-1], [*rows[:4], *rows[5:]]):
        await evening.ship(database, part)
        if len(part) < len(rows) - 1:
            assert await settle(database) == []
    await evening.ship(database, rows[:-1])
    assert len(await settle(database)) == 2


async def test_statements_cause_no_further_statements(database: Database, clinic: Clinic, session: str) -> None:
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    first = await settle(database)
    assert await settle(database, AFTERWARDS + THREE_DAYS) == first
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM statements_due") == 0


async def test_a_session_with_a_dead_node_is_stated_as_incomplete_after_three_days(
    database: Database, clinic: Clinic, session: str
) -> None:
    rows = evening.whole_evening(clinic, session).rows
    await evening.ship(database, rows[:-1])
    assert await settle(database, NINE + THREE_DAYS - timedelta(seconds=1)) == []
    stated = await settle(database, NINE + THREE_DAYS)
    assert [event.incomplete for event in stated] == [True, True]
    await evening.ship(database, rows)
    [*_, pat, sam] = await settle(database, NINE + 2 * THREE_DAYS)
    for event in (pat, sam):
        assert (event.version, event.incomplete, event.delta_credited_s) == (2, False, 0)
    assert {pat.supersedes, sam.supersedes} == {event.id for event in stated}


async def test_late_facts_of_an_old_epoch_restate_the_difference(
    database: Database, clinic: Clinic, session: str
) -> None:
    """The first node dies with Pat's first hour on its disk; another takes over at seven; the disk is found later."""
    first = Room(clinic.id, session)
    dana, pat = first.comes(clinic.dana, after(0), "facilitator"), first.comes(clinic.pat, after(0))
    second = Room(clinic.id, session, epoch=2, at=after(60))
    dana_again, pat_again = second.comes(clinic.dana, after(60), "facilitator"), second.comes(clinic.pat, after(60))
    second.goes(pat_again, NINE, "ended").goes(dana_again, NINE, "ended").ends(NINE)
    await evening.ship(database, second.rows)
    before = {event.client: event for event in await settle(database, NINE + THREE_DAYS)}
    assert (before[clinic.pat].credited_s, before[clinic.pat].incomplete) == (7_200, True)
    first.goes(pat, after(50)).goes(dana, after(59)).closes(after(59))
    await evening.ship(database, first.rows)
    after_all = [event for event in await settle(database, NINE + 2 * THREE_DAYS) if event.version == 2]
    [restated] = [event for event in after_all if event.client == clinic.pat]
    assert (restated.supersedes, restated.credited_s, restated.incomplete) == (before[clinic.pat].id, 10_200, False)
    assert (before[clinic.pat].holds, restated.holds) == (("late_cutoff",), ())
    assert (restated.delta_credited_s, restated.delta_billable_s) == (3_000, 10_200)


async def test_a_session_without_a_room_is_stated_as_not_held_two_hours_later(
    database: Database, clinic: Clinic, session: str
) -> None:
    assert await settle(database, NINE + TWO_HOURS - timedelta(seconds=1)) == []
    stated = await settle(database, NINE + TWO_HOURS)
    assert {(event.client, event.status, event.outcome, event.incomplete) for event in stated} == {
        (clinic.pat, "not_held", "not_held", False),
        (clinic.sam, "not_held", "not_held", False),
    }
    assert await is_final(database, session)


async def test_a_session_on_a_dead_node_is_not_stated_as_not_held(
    database: Database, clinic: Clinic, session: str
) -> None:
    """The node takes the room and dies that evening with every fact on its disk, which is found the next day."""
    await evening.taken(database, clinic, session)
    assert await settle(database, NINE + TWO_HOURS) == []
    assert await settle(database, NINE + timedelta(hours=12)) == []
    assert not await is_final(database, session)
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    stated = {event.client: event for event in await settle(database, NINE + timedelta(hours=15))}
    assert {client: event.credited_s for client, event in stated.items()} == {clinic.pat: 10_800, clinic.sam: 9_000}
    assert {(event.version, event.incomplete, event.outcome) for event in stated.values()} == {(1, False, "held")}


async def test_a_room_taken_after_its_session_was_listed_delays_the_statement(
    database: Database, clinic: Clinic, session: str
) -> None:
    assert await settle(database, NINE) == []
    await evening.taken(database, clinic, session)
    assert await settle(database, NINE + TWO_HOURS) == []
    assert {event.incomplete for event in await settle(database, NINE + THREE_DAYS)} == {True}


async def test_a_cancelled_session_that_had_no_room_is_stated_at_once(
    database: Database, clinic: Clinic, session: str
) -> None:
    await evening.cancel(database, clinic, session, after(-120))
    stated = await settle(database, after(-120))
    assert {(event.status, event.outcome, event.incomplete, event.late_s) for event in stated} == {
        ("cancelled", "cancelled", False, None)
    }
    assert len(stated) == 2


async def test_a_reinstated_session_is_stated_again_when_it_is_over(
    database: Database, clinic: Clinic, session: str
) -> None:
    await evening.cancel(database, clinic, session, after(-120))
    await settle(database, after(-120))
    await evening.cancel(database, clinic, session, after(-90), back=True)
    assert len(await settle(database, after(60))) == 2
    room = Room(clinic.id, session)
    dana, pat = room.comes(clinic.dana, after(0), "facilitator"), room.comes(clinic.pat, after(0))
    await evening.ship(database, room.goes(pat, NINE, "ended").goes(dana, NINE, "ended").ends(NINE).rows)
    [pats, sams] = sorted((await settle(database))[2:], key=lambda event: event.client == clinic.sam)
    assert (pats.status, pats.version, pats.reinstated, pats.cause) == ("present", 2, False, None)
    assert (sams.status, sams.version, sams.reinstated) == ("no_show", 2, True)


async def test_an_excuse_is_stated_beside_the_status(database: Database, clinic: Clinic, session: str) -> None:
    room = Room(clinic.id, session)
    dana = room.comes(clinic.dana, after(0), "facilitator")
    await evening.ship(database, room.goes(dana, NINE, "ended").ends(NINE).rows)
    await settle(database)
    excuse = AbsenceExcused(
        id=new_id(), at=AFTERWARDS, session=session, person=clinic.pat, by=clinic.dana, reason="illness"
    )
    async with database.transaction() as tx:
        await streams.record(tx, clinic.id, f"absence:{session}", excuse, subject=clinic.pat)
    [*_, last] = await settle(database)
    assert (last.client, last.status, last.excused, last.version) == (clinic.pat, "no_show", True, 2)


async def test_a_visitor_is_not_stated_and_a_client_off_the_roster_is_withdrawn(
    database: Database, clinic: Clinic, session: str
) -> None:
    room = evening.whole_evening(clinic, session)
    await evening.ship(database, room.rows)
    await settle(database)
    await evening.replan(database, clinic, session, at=AFTERWARDS, roster=(RosterEntry(clinic.dana, "facilitator"),))
    assert len(await settle(database)) == 2  # both were admitted; the roster does not matter
    other = await evening.planned(database, clinic)
    assert len(await settle(database, NINE + TWO_HOURS)) == 4
    await evening.replan(database, clinic, other, at=AFTERWARDS, roster=(RosterEntry(clinic.dana, "facilitator"),))
    withdrawn = (await settle(database, NINE + TWO_HOURS))[4:]
    assert {(event.client, event.status, event.version) for event in withdrawn} == {
        (clinic.pat, "withdrawn", 2),
        (clinic.sam, "withdrawn", 2),
    }


async def test_another_session_can_restate_this_one(database: Database, clinic: Clinic, session: str) -> None:
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    await settle(database)
    pull_out = await evening.planned(database, clinic, pull_out=True)
    room = Room(clinic.id, pull_out, at=after(60))
    robin, pat = room.comes(clinic.robin, after(60), "facilitator"), room.comes(clinic.pat, after(60))
    room.goes(pat, after(80)).goes(robin, after(80)).ends(after(80))
    await evening.ship(database, room.rows)
    stated = [event for event in await settle(database) if event.session == session and event.version == 2]
    assert [(event.client, event.delta_credited_s) for event in stated] == [(clinic.pat, -1_200)]


async def test_a_rebuild_states_nothing_twice(database: Database, clinic: Clinic, session: str) -> None:
    await evening.ship(database, evening.whole_evening(clinic, session).rows)
    first = await settle(database)
    await rebuild(database, lambda done, total: None)
    assert await settle(database) == first


async def test_two_workers_state_each_session_once(database: Database, clinic: Clinic) -> None:
    for _ in range(4):
        session = await evening.planned(database, clinic)
        await evening.ship(database, Room(clinic.id, session).record(SessionEnded(at=NINE)).closes(NINE).rows)
    while await consume(database, CONSUMER):
        pass
    await asyncio.gather(*(state_next(database, AFTERWARDS) for _ in range(10)))
    stated = await settle(database)
    assert len(stated) == 8
    assert {event.version for event in stated} == {1}
