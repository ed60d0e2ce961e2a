"""The ledger: appended in turns, read in order, never changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from domain.errors import StaleStream
from domain.events import AnyEvent, Event, decode, encode, try_decode
from store.database import Transaction, UniqueViolation

BESIDE_ITS_ROOMS = (
    "session.planned", "session.cancelled", "session.reinstated",
    "responsibility.taken", "person.removed", "person.readmitted",
)  # fmt: skip
"""What a live room must know of its session and does not record itself; migration 0012 announces these types."""


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact on its way into the ledger: what the index needs, and its exact bytes."""

    event_id: str
    clinic_id: str
    session_id: str
    stream: str
    seq: int
    type: str
    v: int
    subject_id: str | None
    at: datetime
    body: bytes
    hash: bytes


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact as it stands in the ledger. `body` is its exact text; `event` is what it says."""

    position: int
    event_id: str
    clinic_id: str
    session_id: str
    stream: str
    seq: int
    type: str
    subject_id: str | None
    at: datetime
    recorded_at: datetime
    body: str
    hash: bytes

    @property
    def event(self) -> AnyEvent:
        """The fact, decoded anew each time. Where one session's fact may fail all others, take `readable`."""
        return decode(self.body)

    @property
    def readable(self) -> AnyEvent | None:
        """The fact, or None when this release cannot read it."""
        return try_decode(self.body)


def row(event: Event, clinic: str, stream: str, digest: bytes, subject: str | None = None) -> LedgerRow:
    """The row of a fact that has its id, its seq and its link in the chain."""
    return LedgerRow(
        event_id=event.id,
        clinic_id=clinic,
        session_id=event.session,
        stream=stream,
        seq=event.seq,
        type=str(type(event).__struct_config__.tag),
        v=event.v,
        subject_id=subject,
        at=event.at,
        body=encode(event),
        hash=digest,
    )


async def take_turn(tx: Transaction) -> None:
    """Wait until every other append has committed; the turn lasts until this transaction ends.

    Without it, positions become visible out of order and a reader's cursor passes over facts for ever.
    """
    await tx.execute("SELECT pg_advisory_xact_lock(hashtext('ledger'))")


async def append(tx: Transaction, rows: Sequence[LedgerRow]) -> int:
    """Append the facts that are not there yet, in this order; returns how many were new.

    Make it the last act of a short transaction: everybody else's append waits for its commit.

    Raises:
        StaleStream: another fact already has this stream and seq: another writer took the stream over.
    """
    await take_turn(tx)
    fresh = list({row.event_id: row for row in rows}.values())
    # Ids travel as text and Postgres makes uuids of them: the driver would call Python for each.
    try:
        done = await tx.execute(
            """
            INSERT INTO ledger (event_id, clinic_id, session_id, stream, seq, type, v, subject_id, at, body, hash)
            SELECT event_id::uuid, clinic_id::uuid, session_id::uuid, stream, seq, type, v, subject_id::uuid, at,
                   body::json, hash
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::integer[],
                        $8::text[], $9::timestamptz[], $10::text[], $11::bytea[]) WITH ORDINALITY
                 AS new (event_id, clinic_id, session_id, stream, seq, type, v, subject_id, at, body, hash, turn)
            WHERE NOT EXISTS (SELECT FROM ledger WHERE ledger.event_id = new.event_id::uuid)
            ORDER BY turn
            """,
            [row.event_id for row in fresh],
            [row.clinic_id for row in fresh],
            [row.session_id for row in fresh],
            [row.stream for row in fresh],
            [row.seq for row in fresh],
            [row.type for row in fresh],
            [row.v for row in fresh],
            [row.subject_id for row in fresh],
            [row.at for row in fresh],
            [row.body.decode() for row in fresh],
            [row.hash for row in fresh],
        )
    except UniqueViolation as error:
        raise StaleStream from error
    return int(done.split()[-1])


_COLUMNS = """position, event_id, clinic_id, session_id, stream, seq, type, subject_id, at, recorded_at,
              body::text AS body, hash"""


async def read(tx: Transaction, after: int, limit: int) -> list[Recorded]:
    """The facts behind position `after`, in order, at most `limit`. Nothing appears later at a position passed."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ledger WHERE position > $1 ORDER BY position LIMIT $2",
        after,
        limit,
    )
    return [Recorded(**row) for row in rows]


async def of_session(tx: Transaction, session: str) -> list[Recorded]:
    """Every fact of a session, from all its streams, in order of position."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM ledger WHERE session_id = $1 ORDER BY position", session)
    return [Recorded(**row) for row in rows]


async def beside_its_rooms(tx: Transaction, session: str) -> list[Recorded]:
    """What others than its rooms recorded about the course of a session: plans, cancellations, who was sent out."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM ledger
        WHERE session_id = $1 AND stream NOT LIKE 'room:%' AND type = ANY($2::text[]) ORDER BY position
        """,
        session,
        list(BESIDE_ITS_ROOMS),
    )
    return [Recorded(**row) for row in rows]


class Said(msgspec.Struct, frozen=True):
    """What the arithmetic needs of a fact: its place among all, whose it is, and what it says.

    `event` is None for a fact that this release cannot read.
    """

    position: int
    clinic: str
    event: AnyEvent | None


async def said(tx: Transaction, sessions: Collection[str], without: Collection[str]) -> dict[str, list[Said]]:
    """By session, what its facts say, in order of position; facts of the types `without` are left out."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, position, clinic_id::text AS clinic, body::text AS body
        FROM ledger WHERE session_id = ANY($1::uuid[]) AND type <> ALL($2::text[]) ORDER BY position
        """,
        list(sessions),
        list(without),
    )
    found: dict[str, list[Said]] = {}
    for session, position, clinic, body in rows:
        found.setdefault(session, []).append(Said(position, clinic, try_decode(body)))
    return found


async def of_types(tx: Transaction, session: str, types: Collection[str]) -> list[Said]:
    """What a session's facts of these types say, in order of position."""
    rows = await tx.fetch(
        """
        SELECT position, clinic_id::text AS clinic, body::text AS body
        FROM ledger WHERE session_id = $1 AND type = ANY($2::text[]) ORDER BY position
        """,
        session,
        list(types),
    )
    return [Said(position, clinic, try_decode(body)) for position, clinic, body in rows]


async def end_of_stream(tx: Transaction, stream: str) -> tuple[int, bytes] | None:
    """The last seq of a stream and its link in the chain, or None for a stream that has not begun."""
    found = await tx.fetchrow("SELECT seq, hash FROM ledger WHERE stream = $1 ORDER BY seq DESC LIMIT 1", stream)
    return None if found is None else (found["seq"], found["hash"])


async def head(tx: Transaction) -> int:
    """The last position, 0 for an empty ledger."""
    return int(await tx.fetchval("SELECT coalesce(max(position), 0) FROM ledger"))
