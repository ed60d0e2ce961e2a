"""A client's totals of a week are replaced together, and no other totals."""

from datetime import date

import pytest

from domain.hours.totals import HourTotal, TotalKey
from runtime.clock import new_id
from store.attendance import hour_totals
from store.attendance.records import ClientWeek
from store.database import Database, Transaction

pytestmark = pytest.mark.also_partitioned

WEEK = date(2026, 9, 13)


async def kept(tx: Transaction) -> dict[tuple[str, str], int]:
    rows = await tx.fetch("SELECT client_id, kind, credited_s FROM hour_totals")
    return {(row["client_id"], row["kind"]): row["credited_s"] for row in rows}


async def test_a_weeks_totals_are_replaced_together(database: Database, clinic: str) -> None:
    pat, sam, program = new_id(), new_id(), new_id()
    of_pat = ClientWeek(clinic=clinic, program=program, client=pat, week=WEEK)
    of_sam = ClientWeek(clinic=clinic, program=program, client=sam, week=WEEK)
    group, education = TotalKey(pat, WEEK, "group"), TotalKey(pat, WEEK, "education")
    async with database.transaction() as tx:
        pats = {group: HourTotal(3_600, 3_600, 1), education: HourTotal(60, 0, 1)}
        sams = {TotalKey(sam, WEEK, "group"): HourTotal(7_200, 7_200, 2)}
        await hour_totals.replace(tx, {of_pat: pats, of_sam: sams})
        await hour_totals.replace(tx, {of_pat: {group: HourTotal(3_660, 3_600, 1)}})
        assert await kept(tx) == {(pat, "group"): 3_660, (sam, "group"): 7_200}
        await hour_totals.replace(tx, {of_pat: {}})
        assert await kept(tx) == {(sam, "group"): 7_200}
        await hour_totals.replace(tx, {})
        assert await kept(tx) == {(sam, "group"): 7_200}
        await hour_totals.clear(tx, clinic)
        assert await kept(tx) == {}
