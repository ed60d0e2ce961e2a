"""Records are replaced whole, and read as they were computed."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from domain.attendance.records import BlockCredit, ClientRecord, DerivedSpan, Edge, SessionRecord
from domain.events.schedule import PolicyReference
from domain.hours.totals import AttendedSession
from domain.projection.gathering import Projection
from runtime.clock import new_id
from store.attendance import records
from store.attendance.records import ClientWeek
from store.database import Database

pytestmark = pytest.mark.also_partitioned

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
PAT, SAM = sorted((new_id(), new_id()))


def attended(credited_s: int) -> ClientRecord:
    span = DerivedSpan(Edge(0, "admitted"), Edge(credited_s, "lost", 15), "present", ("fact-1",))
    return ClientRecord(
        connected_s=credited_s, credited_s=credited_s, billable_s=0, status="partial", holds=("late_cutoff",),
        late_s=901, units={"Q15F": 0}, flags=("late",), blocks=(BlockCredit("group", 0, 10_800, credited_s, 0),),
        credited=((0, credited_s),), derivation=(span,), outside=(),
    )  # fmt: skip


@pytest.fixture
def projection(clinic: str) -> Projection:
    record = SessionRecord(
        service_date=date(2026, 9, 15), start=0, end=10_800, net_s=10_800, facilitator_gap_s=0, participant_count=2,
        clients={PAT: attended(600), SAM: attended(700)}, flags=("never_closed",),
    )  # fmt: skip
    return Projection(
        session=new_id(), clinic=clinic, program=new_id(), policy=PolicyReference("p", 1, "d"),
        week=date(2026, 9, 13), record=record, final=True, reach=(SIX, SIX + timedelta(hours=3)), through_position=7,
    )  # fmt: skip


def week(projection: Projection, client: str) -> ClientWeek:
    return ClientWeek(clinic=projection.clinic, program=projection.program or "", client=client, week=projection.week)


async def test_records_are_read_as_they_were_computed(database: Database, projection: Projection) -> None:
    async with database.transaction() as tx:
        assert await records.find(tx, projection.clinic, projection.session) is None
        await records.replace(tx, [projection])
        assert await records.find(tx, projection.clinic, projection.session) == projection


async def test_new_records_replace_the_old_ones(database: Database, projection: Projection) -> None:
    fewer = msgspec.structs.replace(projection.record, clients={PAT: attended(60)}, participant_count=1)
    newer = msgspec.structs.replace(projection, record=fewer, through_position=9)
    async with database.transaction() as tx:
        await records.replace(tx, [projection])
        await records.replace(tx, [newer])
        assert await records.find(tx, projection.clinic, projection.session) == newer


async def test_a_record_counts_in_its_clients_week(database: Database, projection: Projection) -> None:
    next_week = msgspec.structs.replace(projection, session=new_id(), week=date(2026, 9, 20))
    of_no_program = msgspec.structs.replace(projection, session=new_id(), program=None)
    async with database.transaction() as tx:
        await records.replace(tx, [next_week])
        assert await records.replace(tx, [projection, of_no_program]) == {
            week(projection, PAT),
            week(projection, SAM),
        }
        [found] = await records.of_week(tx, week(projection, PAT))
    assert (found.session, found.record) == (projection.session, attended(600))


async def test_replacing_records_returns_the_weeks_of_old_and_new_ones(
    database: Database, projection: Projection
) -> None:
    moved = msgspec.structs.replace(projection, week=date(2026, 9, 20))
    async with database.transaction() as tx:
        await records.replace(tx, [projection])
        assert await records.replace(tx, [moved]) == {
            week(one, client) for one in (projection, moved) for client in (PAT, SAM)
        }
        assert await records.replace(tx, []) == set()


async def test_a_weeks_attendance_is_by_service_date_and_without_reasons(
    database: Database, projection: Projection
) -> None:
    day_before = msgspec.structs.replace(
        projection,
        session=new_id(),
        record=msgspec.structs.replace(projection.record, service_date=date(2026, 9, 14), clients={PAT: attended(60)}),
    )
    empty = week(msgspec.structs.replace(projection, week=date(2026, 9, 20)), PAT)
    async with database.transaction() as tx:
        await records.replace(tx, [projection, day_before])
        found = await records.attended(tx, [week(projection, PAT), empty])
        assert await records.attended(tx, [week(projection, PAT), empty], [projection]) == found
        assert await records.attended(tx, [empty, week(projection, PAT)], [day_before, projection]) == found
    assert found == {
        week(projection, PAT): [
            AttendedSession(client=PAT, service_date=date(2026, 9, 14), blocks=attended(60).blocks),
            AttendedSession(client=PAT, service_date=date(2026, 9, 15), blocks=attended(600).blocks),
        ],
        empty: [],
    }


async def test_all_records_can_be_deleted(database: Database, projection: Projection) -> None:
    async with database.transaction() as tx:
        await records.replace(tx, [projection])
        await records.clear(tx, projection.clinic)
        assert await records.find(tx, projection.clinic, projection.session) is None
        assert await records.of_week(tx, week(projection, PAT)) == []
