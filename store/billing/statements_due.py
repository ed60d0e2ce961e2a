"""Sessions whose statements are to be compared with their records, each with the instant from which on."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from store.database import Transaction
from store.insertion import Insertion


class Due(msgspec.Struct, frozen=True):
    """A session whose statements are to be compared."""

    session: str
    clinic: str
    cause: str | None = None
    """The only possible cause of a difference in its records, when that is not a fact."""


_DUE = Insertion(
    "statements_due",
    {"session_id": "uuid", "clinic_id": "uuid", "due_at": "timestamptz", "cause": "text"},
    "ON CONFLICT (clinic_id, session_id) DO UPDATE SET due_at = excluded.due_at, cause = excluded.cause",
)


async def expect(tx: Transaction, due: Mapping[Due, datetime]) -> None:
    """Queue each of these sessions, to be taken from its instant on."""
    await _DUE.of(tx, [(each.session, each.clinic, at, each.cause) for each, at in due.items()])


async def take(tx: Transaction, now: datetime) -> Due | None:
    """The session that has waited longest. It leaves the list when this transaction commits; other workers skip it."""
    row = await tx.fetchrow(
        """
        DELETE FROM statements_due WHERE (clinic_id, session_id) = (
            SELECT clinic_id, session_id FROM statements_due WHERE due_at <= $1
            ORDER BY due_at, clinic_id, session_id LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING session_id AS session, clinic_id AS clinic, cause
        """,
        now,
    )
    return None if row is None else Due(**row)
