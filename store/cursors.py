"""How far each consumer of the ledger has read. One transaction at a time holds a cursor; the others pass it by."""

from store.database import Transaction


async def claim(tx: Transaction, consumer: str) -> int | None:
    """The position this consumer has read to, held until the transaction ends; None while another holds it."""
    free = await tx.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended('cursor:' || $1, 0))", consumer)
    return await _position(tx, consumer) if free else None


async def wait_for(tx: Transaction, consumer: str) -> int:
    """Like `claim`, waiting until whoever holds it is done."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('cursor:' || $1, 0))", consumer)
    return await _position(tx, consumer)


async def advance(tx: Transaction, consumer: str, position: int) -> None:
    """Everything up to and including `position` is done."""
    await tx.execute(
        """
        INSERT INTO cursors (consumer, position) VALUES ($1, $2)
        ON CONFLICT (consumer) DO UPDATE SET position = excluded.position, advanced_at = clock_timestamp()
        """,
        consumer,
        position,
    )


async def _position(tx: Transaction, consumer: str) -> int:
    return int(await tx.fetchval("SELECT coalesce(max(position), 0) FROM cursors WHERE consumer = $1", consumer))
