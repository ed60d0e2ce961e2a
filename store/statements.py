"""Which sessions' statements are to be compared with their records, and from when on."""

from datetime import datetime

import msgspec

from store.database import Transaction


class Due(msgspec.Struct, frozen=True):
    """A session to be looked at."""

    session: str
    clinic: str


async def expect(tx: Transaction, due: Due, at: datetime) -> None:
    """Have the session looked at, from `at` on."""
    await tx.execute(
        """
        INSERT INTO statements_due (session_id, clinic_id, due_at) VALUES ($1, $2, $3)
        ON CONFLICT (session_id) DO UPDATE SET due_at = excluded.due_at
        """,
        due.session,
        due.clinic,
        at,
    )


async def take(tx: Transaction, now: datetime) -> Due | None:
    """The session that waits longest, off the list when this transaction commits; other workers pass it by."""
    row = await tx.fetchrow(
        """
        DELETE FROM statements_due WHERE session_id = (
            SELECT session_id FROM statements_due WHERE due_at <= $1
            ORDER BY due_at, session_id LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING session_id AS session, clinic_id AS clinic
        """,
        now,
    )
    return None if row is None else Due(**row)
