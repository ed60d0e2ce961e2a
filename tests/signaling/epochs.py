"""Streams of one epoch: the remains that a dead node leaves, and checks of a whole one."""

from datetime import timedelta
from typing import Any

from domain.events.catalogue import encode
from domain.events.room import ConnectionOpened, RoomClosed, RoomOpened
from domain.ledger import chain
from runtime.clock import new_id, now
from store.database import Database
from store.ledger import facts as ledger
from store.ledger.facts import Recorded
from store.room import leases, liveness
from tests import ledgers


async def epoch_of(database: Database, session: str, epoch: int) -> list[Recorded]:
    """The stream of one epoch, as the ledger has it."""
    async with database.transaction() as tx:
        return [fact for fact in await ledgers.of_session(tx, session) if fact.stream == f"room:{session}:{epoch}"]


def is_whole(stream: list[Recorded]) -> bool:
    """Check that the stream is chained without a break, and closed with the right count."""
    last = stream[-1].event
    unbroken = chain.first_broken([(fact.body.encode(), fact.hash) for fact in stream]) is None
    return unbroken and isinstance(last, RoomClosed) and last.count == len(stream)


async def left_open(database: Database, evening: Any, node: str) -> str:
    """Leave the remains of a node that dies with Pat in its room; returns Pat's connection."""
    connection, pat = new_id(), evening.people["pat"]
    opening = SEEN - timedelta(seconds=13)
    facts = [
        RoomOpened(id=new_id(), seq=(1 << 32) + 1, at=opening, session=evening.session, node=node, epoch=1),
        ConnectionOpened(
            id=new_id(), seq=(1 << 32) + 2, at=opening, session=evening.session,
            connection=connection, person=pat, role="client",
        ),
    ]  # fmt: skip
    link, rows = chain.START, []
    for fact in facts:
        link = chain.link(link, encode(fact))
        rows.append(ledger.row(fact, evening.clinic, f"room:{evening.session}:1", link))
    async with database.transaction() as tx:
        await leases.take(tx, evening.clinic, evening.session, node, opening)
        evidence = liveness.Liveness(evening.clinic, evening.session, 1, connection, SEEN, "media")
        await liveness.save(tx, evidence)
        await ledger.append(tx, rows)
    return connection


SEEN = now().replace(microsecond=0) - timedelta(seconds=7)
