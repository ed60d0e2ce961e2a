"""Hour totals, replaced week by week from the records that count in each."""

from collections.abc import Iterable

from domain.hours import Attended, totals
from domain.weeks import weekday
from store import hour_totals, records
from store.database import Transaction
from store.records import ClientWeek


async def replace_totals(tx: Transaction, weeks: Iterable[ClientWeek]) -> None:
    """Add each of these weeks up anew."""
    for week in sorted(weeks):
        attended = [
            Attended(client=week.client, service_date=one.service_date, blocks=one.record.blocks)
            for one in await records.of_week(tx, week)
        ]
        await hour_totals.replace(tx, week, totals(attended, weekday(week.week)))
