"""Hour totals, replaced week by week from the records that count in each."""

from collections.abc import Collection

from domain.hours import totals
from domain.weeks import weekday
from store import hour_totals, records
from store.database import Transaction
from store.records import ClientWeek


async def replace_totals(tx: Transaction, weeks: Collection[ClientWeek]) -> None:
    """Add each of these weeks up anew."""
    attended = await records.attended(tx, weeks)
    await hour_totals.replace(tx, {week: totals(each, weekday(week.week)) for week, each in attended.items()})
