"""Streams that servers and workers write: plans, corrections, notes, statements. The journal ships rooms' streams."""

import msgspec

from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.ledger import chain
from store.database import Transaction
from store.ledger import facts as ledger


async def record(tx: Transaction, clinic: str, stream: str, event: Event, subject: str | None = None) -> Event:
    """Append one fact to a stream, with the next seq and link of its chain; returns it as recorded.

    The event must have its id, instant and session. The clinic's turn at the ledger also locks the stream, so call
    this last in the transaction.
    """
    await ledger.take_turns(tx, [clinic])
    last_seq, end = await ledger.end_of_stream(tx, clinic, stream) or (0, chain.End())
    numbered = msgspec.structs.replace(event, seq=last_seq + 1)
    await ledger.append(tx, [ledger.row(numbered, clinic, stream, end.then(encode(numbered)).link, subject)])
    return numbered
