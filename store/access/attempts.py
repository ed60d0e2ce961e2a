"""Failed attempts to sign in, by the hash of what was typed or of where it came from."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from store.database import Transaction


class Failures(msgspec.Struct, frozen=True):
    """The number of failures, and the instant of the last."""

    count: int
    last: datetime | None


async def take_turns(tx: Transaction, subjects: Sequence[bytes]) -> None:
    """Lock these subjects until this transaction ends, so that concurrent attempts count one after the other."""
    for subject in sorted(subjects):  # in one order, so that two transactions never wait for each other
        await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))", subject)


async def since(tx: Transaction, subject: bytes, then: datetime) -> Failures:
    """The subject's failures after `then`."""
    row = await tx.fetchrow(
        "SELECT count(*) AS count, max(at) AS last FROM sign_in_failures WHERE subject_hash = $1 AND at > $2",
        subject, then,
    )  # fmt: skip
    assert row is not None  # an aggregate has a row  # noqa: S101
    return Failures(**row)


async def add(tx: Transaction, subjects: Sequence[bytes], at: datetime) -> None:
    """Count a failure of each subject at `at`."""
    insert = "INSERT INTO sign_in_failures (subject_hash, at) VALUES ($1, $2)"
    await tx.executemany(insert, [(subject, at) for subject in subjects])


async def forget(tx: Transaction, subject: bytes, at: datetime | None = None) -> None:
    """Delete the subject's failure at `at`, or all its failures when `at` is None."""
    await tx.execute(
        "DELETE FROM sign_in_failures WHERE subject_hash = $1 AND ($2::timestamptz IS NULL OR at = $2)", subject, at
    )


async def forget_before(tx: Transaction, then: datetime) -> None:
    """Delete every failure up to and including `then`."""
    await tx.execute("DELETE FROM sign_in_failures WHERE at <= $1", then)
