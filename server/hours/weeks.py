"""A client's week in a program: what counts, and what their phase requires."""

from collections.abc import Sequence

import msgspec

from domain.events.schedule import SessionKind
from domain.hours.totals import AttendedSession, totals
from domain.programs.phases import Requirement, Stay, requirement_of
from domain.programs.programs import Program
from domain.weeks import Week
from store.attendance import records
from store.attendance.records import ClientWeek, WeekRecord
from store.database import Transaction


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The client's program and their time in its phases."""

    program: Program
    stays: Sequence[Stay]


class CountedWeek(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds and days with credit in kinds that count, what is required, and the records behind it."""

    credited_s: int
    days: int
    required: Requirement | None
    kept: Sequence[WeekRecord]


async def counted(tx: Transaction, week: ClientWeek, standing: Standing) -> CountedWeek:
    """The client's week, from the records of attendance."""
    kept = await records.of_week(tx, week)
    required = requirement_of(standing.stays, Week(week.week, standing.program.timezone))
    attended = [
        AttendedSession(client=week.client, service_date=one.service_date, blocks=one.record.blocks) for one in kept
    ]
    by_kind = totals(attended, standing.program.week_start)
    return CountedWeek(
        credited_s=sum(total.credited_s for key, total in by_kind.items() if _counts(required, key.kind)),
        days=len({one.service_date for one in attended if _has_credit(one, required)}),
        required=required,
        kept=kept,
    )


def _counts(required: Requirement | None, kind: SessionKind) -> bool:
    return required is None or required.counts(kind)


def _has_credit(one: AttendedSession, required: Requirement | None) -> bool:
    return any(block.credited_s and _counts(required, block.kind) for block in one.blocks)
