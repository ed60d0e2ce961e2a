"""A day's root: over the ends of that day's streams, kept once, and never changed by the application."""

import asyncpg
import pytest

from domain import chain
from domain.events import NoteSigned
from runtime.clock import new_id, now
from store import ledger, roots, streams
from store.database import Database
from store.roots import DAY, Root


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
        today = (await roots.database_time(tx)).date()
        assert await roots.work_out(tx, today) == Root(today, chain.day_root(ends), 2)
        assert await roots.work_out(tx, today - DAY) == Root(today - DAY, chain.day_root({}), 0)


async def test_what_was_recorded_since_leaves_the_day_before_alone(
    database: Database, clinic: str, owner_url: str
) -> None:
    await recorded(database, clinic, "note:a")
    owner = await asyncpg.connect(owner_url)
    await owner.execute("UPDATE ledger SET recorded_at = recorded_at - interval '1 day'")
    await owner.close()
    async with database.transaction() as tx:
        yesterday = (await roots.database_time(tx)).date() - DAY
        before = await roots.work_out(tx, yesterday)
    await recorded(database, clinic, "note:a")
    async with database.transaction() as tx:
        assert await roots.work_out(tx, yesterday) == before
        assert (await roots.work_out(tx, yesterday + DAY)).root != before.root


async def test_the_first_root_kept_for_a_day_stays(database: Database, clinic: str) -> None:
    await recorded(database, clinic, "note:a")
    async with database.transaction() as tx:
        today = await roots.next_day(tx)
        assert today is not None
        kept = Root(today, b"r" * 32, 1)
        assert await roots.keep(tx, kept)
        assert not await roots.keep(tx, Root(today, b"x" * 32, 1))
        assert await roots.every(tx) == await roots.of_days(tx, [today, today - DAY]) == [kept]
        assert await roots.next_day(tx) == today + DAY


async def test_an_empty_ledger_has_no_day(database: Database) -> None:
    async with database.transaction() as tx:
        assert await roots.next_day(tx) is None


@pytest.mark.parametrize("statement", ["UPDATE ledger_roots SET root = ''", "DELETE FROM ledger_roots"])
async def test_what_is_kept_cannot_be_changed(database: Database, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)
