"""Hour totals: a client's credited seconds by week and kind of service, as the workers keep them."""

from collections.abc import Mapping

from domain.hours import HourTotal, TotalKey
from store.database import Transaction
from store.records import ClientWeek


async def replace(tx: Transaction, week: ClientWeek, totals: Mapping[TotalKey, HourTotal]) -> None:
    """Put these totals in the place of the week's last ones."""
    await tx.execute(
        "DELETE FROM hour_totals WHERE program_id = $1 AND client_id = $2 AND week = $3",
        week.program,
        week.client,
        week.week,
    )
    await tx.executemany(
        """
        INSERT INTO hour_totals (clinic_id, program_id, client_id, week, kind, credited_s, billable_s, sessions)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
            (
                week.clinic, week.program, week.client, week.week, key.kind,
                total.credited_s, total.billable_s, total.sessions,
            )
            for key, total in totals.items()
        ],
    )  # fmt: skip


async def clear(tx: Transaction) -> None:
    """Throw all totals away."""
    await tx.execute("DELETE FROM hour_totals")
