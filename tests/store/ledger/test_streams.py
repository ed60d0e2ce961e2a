"""Plans and notes are numbered and chained after the last fact of their stream."""

import asyncio
from datetime import UTC, datetime

import pytest

from domain.events.catalogue import encode
from domain.events.chart import NoteSigned
from domain.events.fact import Event
from domain.ledger import chain
from domain.ledger.chain import Rule
from runtime.clock import new_id
from store.database import Database
from store.ledger import facts as ledger
from store.ledger import streams
from tests import ledgers

NINE = datetime(2026, 9, 16, 1, 0, tzinfo=UTC)
SESSION = new_id()


async def test_many_servers_writing_one_stream_make_one_chain(database: Database, clinic: str) -> None:
    session = new_id()

    async def sign() -> Event:
        event = NoteSigned(id=new_id(), at=NINE, session=session, note=new_id(), version=1, digest="d", by=new_id())
        async with database.transaction() as tx:
            return await streams.record(tx, clinic, f"note:{session}", event)

    signed = await asyncio.gather(*(sign() for _ in range(12)))
    async with database.transaction() as tx:
        facts = await ledgers.of_session(tx, session)
    assert [fact.seq for fact in facts] == list(range(1, 13))
    assert sorted(event.seq for event in signed) == list(range(1, 13))
    assert chain.first_broken([(fact.body.encode(), fact.hash) for fact in facts]) is None


@pytest.mark.parametrize("rule", chain.RULES)
async def test_a_stream_keeps_the_chain_rule_that_it_began_with(database: Database, clinic: str, rule: Rule) -> None:
    first, second, third = (
        NoteSigned(id=new_id(), seq=1, at=NINE, session=SESSION, note=new_id(), version=1, digest="d", by=new_id())
        for _ in range(3)
    )
    async with database.transaction() as tx:
        link = chain.link(chain.START, encode(first), rule)
        await ledger.append(tx, [ledger.row(first, clinic, "note:x", link)])
    for event in (second, third):
        async with database.transaction() as tx:
            await streams.record(tx, clinic, "note:x", event)
    async with database.transaction() as tx:
        facts = await ledgers.of_session(tx, SESSION)
    previous = chain.START
    for fact in facts:
        previous = chain.link(previous, fact.body.encode(), rule)
        assert fact.hash == previous
    assert len(facts) == 3
