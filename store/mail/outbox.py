"""The outbox: mails are queued in the transaction that makes them due, and sent by the worker.

A mail is claimed by moving its next try into the future, so that no two senders have it. Nobody waits on a lock while
a mail server answers.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.mail.mails import SECRET, Mail, MailState
from store.database import Transaction

_COLUMNS = """mails.id, mails.clinic_id AS clinic, kind, reference_id AS reference, person_id AS person,
              coalesce(mails.address, persons.email) AS address, language, queued_at, state, tries, sent_at, error"""
_WHOSE = "LEFT JOIN persons ON persons.clinic_id = mails.clinic_id AND persons.id = person_id"


async def queue(tx: Transaction, mail: Mail) -> None:
    """Queue a mail: it is sent once this transaction has committed, and never if it has not."""
    await tx.execute(
        """
        INSERT INTO mails (clinic_id, id, kind, reference_id, person_id, address, language, queued_at, next_try_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
        """,
        mail.clinic, mail.id, mail.kind, mail.reference, mail.person, mail.address, mail.language, mail.queued_at,
    )  # fmt: skip


async def claim_due(tx: Transaction, now: datetime, lease: datetime) -> Mail | None:
    """The mail that is due for longest, with this try counted; nobody else gets it before `lease`."""
    row = await tx.fetchrow(
        f"""
        WITH due AS (
            SELECT clinic_id, id FROM mails WHERE state = 'waiting' AND next_try_at <= $1
            ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
        ), mails AS (
            UPDATE mails SET tries = tries + 1, next_try_at = $2 FROM due
            WHERE mails.clinic_id = due.clinic_id AND mails.id = due.id RETURNING mails.*
        )
        SELECT {_COLUMNS} FROM mails {_WHOSE}
        """,
        now, lease,
    )  # fmt: skip
    return Mail(**row) if row else None


async def claim(tx: Transaction, clinic: str, id: str, lease: datetime) -> Mail | None:
    """The clinic's waiting mail with that id, with a try counted, even if a sender has it."""
    row = await tx.fetchrow(
        f"""
        WITH mails AS (
            UPDATE mails SET tries = tries + 1, next_try_at = $3
            WHERE clinic_id = $1 AND id = $2 AND state = 'waiting' RETURNING *
        )
        SELECT {_COLUMNS} FROM mails {_WHOSE} WHERE mails.clinic_id = $1
        """,
        clinic, id, lease,
    )  # fmt: skip
    return Mail(**row) if row else None


async def settle(tx: Transaction, mail: Mail, state: MailState, at: datetime, error: str | None = None) -> None:
    """Record how the claimed mail ended, unless another has claimed it since."""
    await tx.execute(
        """
        UPDATE mails
        SET state = $4, error = $6, sent_at = CASE WHEN $4 IN ('sent', 'handed_over') THEN $5::timestamptz END
        WHERE clinic_id = $1 AND id = $2 AND tries = $3 AND state = 'waiting'
        """,
        mail.clinic, mail.id, mail.tries, state, at, error,
    )  # fmt: skip


async def try_later(tx: Transaction, mail: Mail, at: datetime, error: str) -> None:
    """Have the claimed mail tried again at `at`, unless another has claimed it since."""
    await tx.execute(
        """
        UPDATE mails SET next_try_at = $4, error = $5
        WHERE clinic_id = $1 AND id = $2 AND tries = $3 AND state = 'waiting'
        """,
        mail.clinic, mail.id, mail.tries, at, error,
    )  # fmt: skip


async def newest(tx: Transaction, clinic: str, before: str | None, limit: int) -> list[Mail]:
    """The clinic's mails with ids before `before`, newest first."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM mails {_WHOSE}
        WHERE mails.clinic_id = $1 AND ($2::uuid IS NULL OR mails.id < $2) ORDER BY mails.id DESC LIMIT $3
        """,
        clinic, before, limit,
    )  # fmt: skip
    return [Mail(**row) for row in rows]


async def secrets_waiting(tx: Transaction) -> Sequence[Mail]:
    """The mails of all clinics that wait and carry a secret, oldest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM mails {_WHOSE} WHERE state = 'waiting' AND kind = ANY($1) ORDER BY queued_at",
        sorted(SECRET),
    )
    return [Mail(**row) for row in rows]
