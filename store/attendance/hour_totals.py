"""Hour totals: a client's credited seconds by week and kind of service, as the workers keep them."""

from collections.abc import Mapping

from domain.hours.totals import HourTotal, TotalKey
from store.attendance.records import ClientWeek
from store.database import Transaction, columns
from store.insertion import Insertion

_TOTALS = Insertion(
    "hour_totals",
    {
        "clinic_id": "uuid", "program_id": "uuid", "client_id": "uuid", "week": "date", "kind": "text",
        "credited_s": "integer", "billable_s": "integer", "sessions": "integer",
    },
)  # fmt: skip


async def replace(tx: Transaction, weeks: Mapping[ClientWeek, Mapping[TotalKey, HourTotal]]) -> None:
    """Replace each week's totals with these."""
    await tx.execute(
        """
        DELETE FROM hour_totals
        USING unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[]) AS old (clinic_id, program_id, client_id, week)
        WHERE hour_totals.clinic_id = old.clinic_id AND hour_totals.program_id = old.program_id
          AND hour_totals.client_id = old.client_id AND hour_totals.week = old.week
        """,
        *columns([(week.clinic, week.program, week.client, week.week) for week in weeks], 4),
    )
    await _TOTALS.of(tx, [_row(week, key, total) for week, totals in weeks.items() for key, total in totals.items()])


async def clear(tx: Transaction, clinic: str) -> None:
    """Delete a clinic's totals."""
    await tx.execute("DELETE FROM hour_totals WHERE clinic_id = $1", clinic)


def _row(week: ClientWeek, key: TotalKey, total: HourTotal) -> tuple[object, ...]:
    identity = (week.clinic, week.program, week.client, week.week, key.kind)
    return (*identity, total.credited_s, total.billable_s, total.sessions)
