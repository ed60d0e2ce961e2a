"""Sessions that a consumer of the ledger could not handle, and set aside so that it can go on with the others."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec

from domain.projection.gathering import Aside
from domain.projection.neighbours import Extent, days_between
from store.database import Transaction, announce
from store.ledger.facts import CHANNEL

ATTENDANCE = "attendance"
STATEMENTS = "statements"
"""The consumers that set sessions aside, as named in their rows."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A session that was set aside, as operators see it."""

    consumer: str
    clinic: str
    session: str
    position: int
    reason: str
    since: datetime
    tried_by: str | None
    """The release that tried last; None when the session is about to be tried again."""


async def keep(tx: Transaction, consumer: str, aside: Aside, release: str) -> bool:
    """Put it on the list, as tried by `release`; False when it is there already for the same reason."""
    extent = aside.extent
    row = await tx.fetchrow(
        """
        WITH before AS (
            SELECT position, reason FROM set_aside_sessions
            WHERE clinic_id = $3 AND consumer = $1 AND session_id = $2
        )
        INSERT INTO set_aside_sessions
            (consumer, session_id, clinic_id, position, reason, tried_by, earliest_start, latest_end, client_ids)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (clinic_id, consumer, session_id) DO UPDATE
        SET position = excluded.position, reason = excluded.reason, tried_by = excluded.tried_by,
            earliest_start = excluded.earliest_start, latest_end = excluded.latest_end,
            client_ids = excluded.client_ids
        RETURNING NOT EXISTS (SELECT FROM before WHERE (position, reason) = ($4, $5)) AS news
        """,
        consumer, aside.session, aside.clinic, aside.position, aside.reason, release,
        extent and extent.start, extent and extent.end, sorted(extent.clients) if extent else [],
    )  # fmt: skip
    return bool(row and row["news"])


_ASIDE = "session_id, clinic_id, position, reason, earliest_start, latest_end, client_ids"


async def release(tx: Transaction, consumer: str, clinic: str, sessions: Collection[str]) -> list[str]:
    """Take these sessions of a clinic off the list; returns those that were on it."""
    rows = await tx.fetch(
        """
        DELETE FROM set_aside_sessions WHERE clinic_id = $1 AND consumer = $2 AND session_id = ANY($3::uuid[])
        RETURNING session_id AS session
        """,
        clinic,
        consumer,
        list(sessions),
    )
    return [row["session"] for row in rows]


async def among(tx: Transaction, consumer: str, clinic: str, sessions: Iterable[str]) -> dict[str, Aside]:
    """Those of a clinic's sessions that are on the consumer's list, by session."""
    rows = await tx.fetch(
        f"""
        SELECT {_ASIDE} FROM set_aside_sessions
        WHERE clinic_id = $1 AND consumer = $2 AND session_id = ANY($3::uuid[])
        """,
        clinic,
        consumer,
        list(sessions),
    )
    return {row["session_id"]: _aside(row) for row in rows}


async def ask_again(tx: Transaction, clinic: str, sessions: Iterable[str]) -> None:
    """Have the workers try these sessions of a clinic again."""
    await tx.execute(
        "UPDATE set_aside_sessions SET tried_by = NULL WHERE clinic_id = $1 AND session_id = ANY($2::uuid[])",
        clinic,
        list(sessions),
    )
    announce(tx, CHANNEL, [""])


async def ask_all_again(tx: Transaction) -> int:
    """Have the workers try again every session on any list; returns how many there are."""
    done = await tx.execute("UPDATE set_aside_sessions SET tried_by = NULL")
    announce(tx, CHANNEL, [""])
    return int(done.split()[-1])


async def ask_again_unless_tried_by(tx: Transaction, release: str) -> None:
    """Have the workers try again the sessions that a release other than this one has set aside."""
    await tx.execute("UPDATE set_aside_sessions SET tried_by = NULL WHERE tried_by <> $1", release)


async def next_to_try(tx: Transaction, consumer: str) -> Aside | None:
    """The session on the consumer's list that is to be tried again and has waited longest."""
    row = await tx.fetchrow(
        f"SELECT {_ASIDE} FROM set_aside_sessions WHERE consumer = $1 AND tried_by IS NULL "
        "ORDER BY since, session_id LIMIT 1",
        consumer,
    )
    return None if row is None else _aside(row)


async def count(tx: Transaction) -> int:
    """The number of sessions on any list, each counted once."""
    return int(await tx.fetchval("SELECT count(DISTINCT session_id) FROM set_aside_sessions"))


async def listed(tx: Transaction) -> list[Listed]:
    """Every session on any list, the longest waiting first."""
    rows = await tx.fetch(
        """
        SELECT consumer, clinic_id AS clinic, session_id AS session, position, reason, since, tried_by
        FROM set_aside_sessions ORDER BY since, consumer, session_id
        """
    )
    return [Listed(**row) for row in rows]


def _aside(row: Any) -> Aside:
    return Aside(
        session=row["session_id"],
        clinic=row["clinic_id"],
        position=row["position"],
        reason=row["reason"],
        extent=_extent(row),
    )


def _extent(row: Any) -> Extent | None:
    """The extent as stored; its days are all days from its earliest start to its latest end."""
    start, end = row["earliest_start"], row["latest_end"]
    if start is None or end is None:
        return None
    days = frozenset(days_between(start, end))
    return Extent(row["session_id"], row["clinic_id"], start, end, days, frozenset(row["client_ids"]))
