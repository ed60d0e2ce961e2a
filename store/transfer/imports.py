"""Files of clients between their upload and their end, half an hour later."""

from datetime import datetime, timedelta

import msgspec

from domain.transfer.plans import Plan
from domain.transfer.previews import ImportState, Preview
from store.database import Transaction

LASTS = timedelta(minutes=30)
LEASE = timedelta(minutes=2)
"""How long a worker may be silent before another takes the file over."""


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the person who brought it sees it."""

    id: str
    state: ImportState
    expires_at: datetime
    total: int
    done: int
    preview: Preview | None


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """A file that somebody brings, with `total` lines."""

    clinic: str
    person: str
    id: str
    content: bytes
    total: int
    at: datetime


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A file that a worker has claimed."""

    clinic: str
    id: str
    person: str
    state: ImportState
    content: bytes | None
    timezone: str
    plan: bytes | None


async def put(tx: Transaction, brought: Brought) -> None:
    """Keep a file for its person, instead of those that they brought before."""
    await tx.execute(
        "DELETE FROM client_imports WHERE clinic_id = $1 AND person_id = $2", brought.clinic, brought.person
    )
    await tx.execute(
        """
        INSERT INTO client_imports (clinic_id, id, person_id, state, created_at, expires_at, content, total)
        VALUES ($1, $2, $3, 'checking', $4, $5, $6, $7)
        """,
        brought.clinic, brought.id, brought.person, brought.at, brought.at + LASTS, brought.content, brought.total,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, person: str, id: str, now: datetime) -> Import | None:
    """The person's file with that id, unless its time is over."""
    row = await tx.fetchrow(
        """
        SELECT id, state, expires_at, total, done, preview FROM client_imports
        WHERE clinic_id = $1 AND person_id = $2 AND id = $3 AND expires_at > $4
        """,
        clinic, person, id, now,
    )  # fmt: skip
    if row is None:
        return None
    values = dict(row)
    text = values.pop("preview")
    return Import(**values, preview=msgspec.json.decode(text, type=Preview) if text else None)


async def approve(tx: Transaction, clinic: str, person: str, id: str, now: datetime) -> bool:
    """Have the file applied; False if it has been before, or is not checked yet."""
    approved = await tx.fetchval(
        """
        UPDATE client_imports SET state = 'applying', done = 0, claimed_until = NULL
        WHERE clinic_id = $1 AND person_id = $2 AND id = $3 AND state = 'checked' AND expires_at > $4 RETURNING true
        """,
        clinic, person, id, now,
    )  # fmt: skip
    return bool(approved)


async def discard(tx: Transaction, clinic: str, person: str, id: str) -> bool:
    """Give up a file that is not being applied."""
    given_up = await tx.fetchval(
        """
        DELETE FROM client_imports
        WHERE clinic_id = $1 AND person_id = $2 AND id = $3 AND state <> 'applying' RETURNING true
        """,
        clinic, person, id,
    )  # fmt: skip
    return bool(given_up)


async def claim_due(tx: Transaction, now: datetime) -> Due | None:
    """The file that waits for longest to be checked or applied, which no other worker has then."""
    row = await tx.fetchrow(
        """
        UPDATE client_imports SET claimed_until = $2 FROM clinics
        WHERE clinics.id = client_imports.clinic_id AND (client_imports.clinic_id, client_imports.id) = (
            SELECT clinic_id, id FROM client_imports
            WHERE state IN ('checking', 'applying') AND expires_at > $1
              AND (claimed_until IS NULL OR claimed_until < $1)
            ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING client_imports.clinic_id AS clinic, client_imports.id, person_id AS person, state, content,
                  timezone, plan
        """,
        now, now + LEASE,
    )  # fmt: skip
    return Due(**row) if row else None


async def report(tx: Transaction, clinic: str, id: str, done: int, now: datetime) -> None:
    """Say how many lines are done, and keep the claim."""
    await tx.execute(
        "UPDATE client_imports SET done = $3, claimed_until = $4 WHERE clinic_id = $1 AND id = $2",
        clinic, id, done, now + LEASE,
    )  # fmt: skip


async def show(tx: Transaction, due: Due, preview: Preview, plan: Plan) -> None:
    """Keep what was found in the file, and forget the file."""
    await tx.execute(
        """
        UPDATE client_imports
        SET state = 'checked', content = NULL, preview = $3, plan = $4, done = total, claimed_until = NULL
        WHERE clinic_id = $1 AND id = $2 AND state = 'checking'
        """,
        due.clinic, due.id, msgspec.json.encode(preview), msgspec.json.encode(plan),
    )  # fmt: skip


def plan_of(due: Due) -> Plan:
    """What was shown, and is to be applied."""
    return msgspec.json.decode(due.plan or b"", type=Plan)


async def refuse(tx: Transaction, due: Due) -> None:
    """Note that records have changed since the preview, so that nothing was applied."""
    await tx.execute(
        """
        UPDATE client_imports SET state = 'outdated', plan = NULL
        WHERE clinic_id = $1 AND id = $2 AND state = 'applying'
        """,
        due.clinic, due.id,
    )  # fmt: skip


async def finish(tx: Transaction, due: Due) -> bool:
    """Note that the file is applied, and forget it; False if another worker did. The row is locked until the
    transaction ends."""
    finished = await tx.fetchval(
        """
        UPDATE client_imports SET state = 'applied', plan = NULL, done = total
        WHERE clinic_id = $1 AND id = $2 AND state = 'applying' RETURNING true
        """,
        due.clinic, due.id,
    )  # fmt: skip
    return bool(finished)


async def forget_old(tx: Transaction, now: datetime) -> None:
    """Delete the files whose time is over."""
    await tx.execute("DELETE FROM client_imports WHERE expires_at <= $1", now)
