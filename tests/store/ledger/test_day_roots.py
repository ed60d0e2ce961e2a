"""The root of a day of an older release: over the ends of that day's streams; the application can never change it."""

from datetime import date

import asyncpg
import pytest

from domain.events.chart import NoteSigned
from domain.ledger import chain
from runtime.clock import new_id, now
from store.database import Database, database_time
from store.ledger import day_roots, streams
from store.ledger import facts as ledger
from store.ledger.day_roots import DAY, Root


async def recorded(database: Database, clinic: str, stream: str) -> None:
    signed = NoteSigned(id=new_id(), at=now(), session=new_id(), note=new_id(), version=1, digest="", by=new_id())
    async with database.transaction() as tx:
        await streams.record(tx, clinic, stream, signed)


async def test_it_is_over_the_last_link_of_each_stream(database: Database, clinic: str) -> None:
    for stream in ("note:b", "note:a", "note:b"):
        await recorded(database, clinic, stream)
    async with database.transaction() as tx:
        ends = {
            name: (await ledger.end_of_stream(tx, clinic, name) or (0, chain.End()))[1].link
            for name in ("note:a", "note:b")
        }
        today = (await database_time(tx)).date()
        assert await day_roots.work_out(tx, today) == Root(today, chain.day_root(ends), 2)
        assert await day_roots.work_out(tx, today - DAY) == Root(today - DAY, chain.day_root({}), 0)


async def test_later_facts_do_not_change_the_root_of_the_day_before(
    database: Database, clinic: str, owner_url: str
) -> None:
    await recorded(database, clinic, "note:a")
    owner = await asyncpg.connect(owner_url)
    await owner.execute("UPDATE ledger SET recorded_at = recorded_at - interval '1 day'")
    await owner.close()
    async with database.transaction() as tx:
        yesterday = (await database_time(tx)).date() - DAY
        before = await day_roots.work_out(tx, yesterday)
    await recorded(database, clinic, "note:a")
    async with database.transaction() as tx:
        assert await day_roots.work_out(tx, yesterday) == before
        assert (await day_roots.work_out(tx, yesterday + DAY)).root != before.root


async def test_stored_roots_are_found_by_their_day(database: Database, owner_url: str) -> None:
    day = date(2026, 9, 15)
    for later in (1, 0):
        await keep(owner_url, Root(day + later * DAY, bytes([later]) * 32, 1))
    async with database.transaction() as tx:
        assert [root.day for root in await day_roots.every(tx)] == [day, day + DAY]
        assert await day_roots.of_days(tx, [day + DAY, day + 2 * DAY]) == [Root(day + DAY, b"\1" * 32, 1)]


async def keep(owner_url: str, root: Root) -> None:
    """Store the root like a worker of an older release."""
    owner = await asyncpg.connect(owner_url)
    statement = "INSERT INTO ledger_roots (day, root, streams) VALUES ($1, $2, $3)"
    await owner.execute(statement, root.day, root.root, root.streams)
    await owner.close()


@pytest.mark.parametrize("statement", ["UPDATE ledger_roots SET root = ''", "DELETE FROM ledger_roots"])
async def test_stored_roots_cannot_be_changed(database: Database, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)
