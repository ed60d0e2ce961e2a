"""Hour totals, replaced week by week from the records that count in each week."""

from collections.abc import Collection, Sequence

from domain.hours.totals import totals
from domain.projection.gathering import Projection
from domain.weeks import weekday
from store.attendance import hour_totals, records
from store.attendance.records import ClientWeek
from store.database import Transaction


async def replace_totals(tx: Transaction, weeks: Collection[ClientWeek], kept: Sequence[Projection] = ()) -> None:
    """Add up each of these weeks again; `kept` holds projections just written, which need not be read."""
    attended = await records.attended(tx, weeks, kept)
    await hour_totals.replace(tx, {week: totals(each, weekday(week.week)) for week, each in attended.items()})
