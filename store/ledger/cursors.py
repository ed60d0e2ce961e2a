"""How far each consumer has read each clinic's ledger. One transaction at a time holds a cursor; others skip it."""

from store.database import Transaction


async def behind(tx: Transaction, consumer: str, limit: int) -> list[str]:
    """Clinics with facts that the consumer has not read, at most `limit`, the longest waiting first."""
    await tx.execute(
        """
        INSERT INTO cursors (consumer, clinic_id, position)
        SELECT $1, clinic_id, 0 FROM ledger_heads
        WHERE NOT EXISTS (SELECT FROM cursors WHERE consumer = $1 AND cursors.clinic_id = ledger_heads.clinic_id)
        ON CONFLICT DO NOTHING
        """,
        consumer,
    )
    rows = await tx.fetch(
        """
        SELECT clinic_id AS clinic FROM cursors JOIN ledger_heads USING (clinic_id)
        WHERE consumer = $1 AND ledger_heads.position > cursors.position ORDER BY advanced_at, clinic_id LIMIT $2
        """,
        consumer,
        limit,
    )
    return [row["clinic"] for row in rows]


async def begin(tx: Transaction, consumer: str, clinic: str) -> None:
    """Create a cursor before the clinic's first fact, unless there is one. Commit before it is claimed.

    A clinic that does not exist gets none.
    """
    await tx.execute(
        """
        INSERT INTO cursors (consumer, clinic_id, position)
        SELECT $1, id, 0 FROM clinics WHERE id = $2 ON CONFLICT DO NOTHING
        """,
        consumer,
        clinic,
    )


async def claim(tx: Transaction, consumer: str, clinic: str) -> int | None:
    """The position up to which the consumer has read the clinic's ledger; holds the cursor until the transaction ends.

    None while another transaction holds the cursor, or when there is none.
    """
    position = await tx.fetchval(
        "SELECT position FROM cursors WHERE consumer = $1 AND clinic_id = $2 FOR UPDATE SKIP LOCKED", consumer, clinic
    )
    return None if position is None else int(position)


async def wait_for(tx: Transaction, consumer: str, clinic: str) -> int:
    """Like `claim`, but create the cursor if there is none, and wait while another transaction holds it."""
    await begin(tx, consumer, clinic)
    return int(
        await tx.fetchval(
            "SELECT position FROM cursors WHERE consumer = $1 AND clinic_id = $2 FOR UPDATE", consumer, clinic
        )
    )


async def advance(tx: Transaction, consumer: str, clinic: str, position: int) -> None:
    """Record that everything up to and including `position` is done."""
    await tx.execute(
        """
        UPDATE cursors SET position = $3, advanced_at = clock_timestamp() WHERE consumer = $1 AND clinic_id = $2
        """,
        consumer,
        clinic,
        position,
    )
