"""Files of clients: checked line by line, and applied whole or not at all.

What a file would do is worked out once, for the preview, and kept; that alone is applied. If one of the records, ids or
aliases has changed meanwhile, nothing is. The records, the end of the file and the audit row are one transaction.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from domain.errors import Conflict
from domain.transfer import columns, lines, sheets
from domain.transfer.lines import Columns, Day, Line, Wrong
from domain.transfer.plans import Key, Known, Plan, Planner, Step, writes
from domain.transfer.previews import preview
from runtime.clock import new_id
from store.database import Database, Transaction
from store.people import many
from store.people.clients import Author
from store.privacy import access_audit
from store.transfer import imports
from store.transfer.imports import Due

AT_A_TIME = 250
"""Lines between two reports of how far it is."""
ROUTE = "/api/imports/{import}/application"


async def next_import(database: Database, now: datetime) -> bool:
    """Check or apply the file that waits for longest; False if none does."""
    async with database.transaction() as tx:
        due = await imports.claim_due(tx, now)
    if due is None:
        return False
    if due.state == "checking":
        await _check(database, due, due.content or b"", now)
        return True
    try:
        await _apply(database, due, imports.plan_of(due), now)
    except Conflict:
        async with database.transaction() as tx:
            await imports.refuse(tx, due)
    return True


async def _check(database: Database, due: Due, content: bytes, now: datetime) -> None:
    sheet = sheets.read(content)
    found = Columns(sheet.header, columns.recognised(sheet.header))
    day = Day(now.astimezone(ZoneInfo(due.timezone)).date(), frozenset(available_timezones()))
    read: list[Line | list[Wrong]] = []
    async for batch in _batches(database, due, sheet.rows, now):
        read += [lines.read(row, found, day) for row in batch]
    known = await _known(database, due, [(one.id.system, one.id.value) for one in read if isinstance(one, Line)], now)
    planner = Planner(known, new_id, {field: found.named(field) for field in columns.FIELDS})
    for line in read:
        planner.take(line)
    plan = planner.plan()
    async with database.transaction() as tx:
        had = await many.same_names(tx, due.clinic, [step.after.name for step in writes(plan, "new")])
        await imports.show(tx, due, preview(sheet, found, plan, had), plan)


async def _known(database: Database, due: Due, keys: Sequence[Key], now: datetime) -> Known:
    async with database.transaction() as tx:
        return Known(
            clients=await many.with_ids(tx, due.clinic, keys),
            held=await many.held_aliases(tx, due.clinic, now),
            staff=await many.names_of_staff(tx, due.clinic),
        )


async def _batches(
    database: Database, due: Due, rows: Sequence[sheets.Row], now: datetime
) -> AsyncIterator[Sequence[sheets.Row]]:
    """The rows in parts; between two parts the person hears how far it is, and other tasks have their turn."""
    for start in range(0, len(rows), AT_A_TIME):
        yield rows[start : start + AT_A_TIME]
        async with database.transaction() as tx:
            await imports.report(tx, due.clinic, due.id, min(start + AT_A_TIME, len(rows)), now)


async def _apply(database: Database, due: Due, plan: Plan, now: datetime) -> None:
    author = Author(by=due.person, at=now)
    new, changed = list(writes(plan, "new")), list(writes(plan, "changed"))
    async with database.transaction() as tx:
        for start in range(0, len(new), AT_A_TIME):
            await many.create(tx, due.clinic, [step.after for step in new[start : start + AT_A_TIME]], author)
            await _report(database, due, start + AT_A_TIME, now)
        for start in range(0, len(changed), AT_A_TIME):
            await _change(tx, due.clinic, changed[start : start + AT_A_TIME], author)
            await _report(database, due, len(new) + start + AT_A_TIME, now)
        if not await imports.finish(tx, due):
            raise Conflict
        await access_audit.append(tx, _access(due, [*new, *changed], now))


async def _report(database: Database, due: Due, done: int, now: datetime) -> None:
    async with database.transaction() as tx:
        await imports.report(tx, due.clinic, due.id, done, now)


async def _change(tx: Transaction, clinic: str, steps: Sequence[Step], author: Author) -> None:
    renamed = [step.after.id for step in steps if "alias" in step.fields]
    await many.change(tx, clinic, [step.after for step in steps], renamed, author)


def _access(due: Due, steps: Sequence[Step], now: datetime) -> access_audit.Access:
    return access_audit.Access(
        clinic=due.clinic,
        at=now,
        actor_kind="person",
        actor=due.person,
        method="POST",
        route=ROUTE,
        subjects=sorted(step.after.id for step in steps),
        status=200,
    )
