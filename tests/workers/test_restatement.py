"""A release with new rules restates what differs, once, with the cause; all other statements stay."""

from datetime import timedelta

import msgspec
import pytest

from domain.attendance.records import ClientRecord
from domain.billing.statements import Stated, first
from domain.events.billing import AttendanceStated
from runtime.clock import new_id
from store.attendance import records
from store.database import Database
from store.ledger import streams
from tests import ledgers
from tests.ledgers import consume, records_of
from tests.workers import evening
from tests.workers.evening import NINE, Clinic, Room, after
from workers.attendance import CONSUMER
from workers.rebuild import rebuild
from workers.restatement import Restatement
from workers.statements import state_next

LATER = NINE + timedelta(days=30)


@pytest.fixture
async def never_held(database: Database, clinic: Clinic) -> str:
    """A session that nobody opened, as the first release stated it: all absent, and incomplete."""
    session = await evening.planned(database, clinic)
    while await consume(database, CONSUMER):
        pass
    nobody = ClientRecord(
        connected_s=0, credited_s=0, billable_s=0, status="no_show", holds=(), late_s=None, units={"PD180": 0}
    )
    await stated_before(database, clinic, session, {clinic.pat: nobody, clinic.sam: nobody}, incomplete=True)
    return session


@pytest.fixture
async def held(database: Database, clinic: Clinic) -> str:
    """An ordinary session, which the first release stated as every release would."""
    session = await evening.planned(database, clinic, evening.SIX - timedelta(days=7))
    room = Room(clinic.id, session, at=after(-7 * 24 * 60))
    start, end = after(-7 * 24 * 60), NINE - timedelta(days=7)
    dana, pat = room.comes(clinic.dana, start, "facilitator"), room.comes(clinic.pat, start)
    await evening.ship(database, room.goes(pat, end, "ended").goes(dana, end, "ended").ends(end).rows)
    while await consume(database, CONSUMER):
        pass
    async with database.transaction() as tx:
        projection = await records_of(tx, session)
    assert projection is not None
    await stated_before(database, clinic, session, projection.record.clients, incomplete=False)
    return session


async def stated_before(
    database: Database, clinic: Clinic, session: str, clients: dict[str, ClientRecord], incomplete: bool
) -> None:
    """Record statements of version 1, and mark the session's records with the first version of the rules."""
    async with database.transaction() as tx:
        projection = await records_of(tx, session)
        assert projection is not None
        stated = Stated(
            session=session, service_date=projection.record.service_date,
            participant_count=projection.record.participant_count, policy=clinic.policy, incomplete=incomplete,
        )  # fmt: skip
        for client, record in clients.items():
            event = msgspec.structs.replace(first(stated, client, record, NINE), id=new_id(), v=1, outcome=None)
            await streams.record(tx, clinic.id, f"statement:{session}", event, subject=client)
        await tx.execute("UPDATE session_records SET rules = 1")
        await tx.execute("DELETE FROM statements_due")


async def stated(database: Database) -> list[AttendanceStated]:
    """Let the workers finish; returns all statements in order."""
    while await consume(database, CONSUMER) or await state_next(database, LATER):
        pass
    async with database.transaction() as tx:
        return [e.event for e in await ledgers.everything(tx) if isinstance(e.event, AttendanceStated)]


async def restate(database: Database) -> None:
    restatement = Restatement(database)
    while await restatement.go_on():
        pass


async def test_a_difference_by_the_rules_is_stated_once_with_that_cause(
    database: Database, clinic: Clinic, never_held: str, held: str
) -> None:
    before = await stated(database)
    await restate(database)
    after_all = await stated(database)
    assert after_all[: len(before)] == before
    assert {(e.session, e.client, e.status, e.version, e.cause) for e in after_all[len(before) :]} == {
        (never_held, clinic.pat, "not_held", 2, "rule_changed"),
        (never_held, clinic.sam, "not_held", 2, "rule_changed"),
    }
    await restate(database)
    await rebuild(database, lambda done, total: None)
    assert await stated(database) == after_all


async def test_a_rebuild_after_the_upgrade_restates_too(
    database: Database, clinic: Clinic, never_held: str, held: str
) -> None:
    await stated(database)
    await rebuild(database, lambda done, total: None)
    again = [event for event in await stated(database) if event.version == 2]
    assert {(event.session, event.cause) for event in again} == {(never_held, "rule_changed")}
    await restate(database)
    assert [event for event in await stated(database) if event.version == 2] == again


async def test_a_difference_made_by_a_fact_does_not_name_the_rules(
    database: Database, clinic: Clinic, never_held: str
) -> None:
    await stated(database)
    await evening.cancel(database, clinic, never_held, NINE)
    again = [event for event in await stated(database) if event.version == 2]
    assert {(event.status, event.cause) for event in again} == {("cancelled", None)}


async def test_a_session_that_cannot_be_worked_out_is_skipped_until_the_next_start(
    database: Database, clinic: Clinic, never_held: str
) -> None:
    """This release does not know its policy, so the session keeps its records."""
    unknown = msgspec.structs.replace(clinic.policy, digest="0" * 64)
    await evening.replan(database, clinic, never_held, at=NINE, policy=unknown)
    await stated(database)
    restatement = Restatement(database)
    assert (await restatement.go_on(), await restatement.go_on()) == (True, False)
    async with database.transaction() as tx:
        assert list(await records.of_older_rules(tx, clinic.id)) == [never_held]
