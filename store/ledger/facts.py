"""The ledger: each clinic's facts in the clinic's own order. Appended in turns, read in order, never changed."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from domain.errors import DatabaseAway, StaleStream
from domain.events.catalogue import AnyEvent, decode, encode, try_decode
from domain.events.fact import Event
from domain.ledger import chain
from domain.ledger.streams import ROOMS
from domain.projection.gathering import LedgerFact
from store.database import Transaction, UniqueViolation, announce

BESIDE_ITS_ROOMS = (
    "session.planned", "session.cancelled", "session.reinstated",
    "responsibility.taken", "person.removed", "person.readmitted",
)  # fmt: skip
"""Facts that a live room must know and does not record itself; migration 0012 announces these types."""


class LedgerRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact on its way into the ledger: the indexed values, and its exact bytes."""

    event_id: str
    clinic_id: str
    session_id: str
    """"" for a fact that belongs to no session."""
    stream: str
    seq: int
    type: str
    v: int
    subject_id: str | None
    at: datetime
    body: bytes
    hash: bytes


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact of the ledger. `body` is its exact text; `event` is the decoded text."""

    position: int
    event_id: str
    clinic_id: str
    session_id: str
    """"" for a fact that belongs to no session."""
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
        """The fact, decoded at each access. Use `readable` where one unreadable fact would make all others fail."""
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


CHANNEL = "ledger"
"""The channel that announces the id of each clinic with new facts."""
_PLACE_TAKEN = "stream_seq"
"""Part of the name of the constraint that gives each place in a stream to one fact; partitions' names hold it too."""


async def take_turns(tx: Transaction, clinics: Collection[str]) -> None:
    """Wait until every other append for these clinics has committed; the turns last until this transaction ends.

    Without turns, positions become visible out of order, and a reader's cursor skips facts for ever. All writers take
    the locks in the order of their keys, so that no deadlock arises; two clinics may share a key.
    """
    await tx.execute(
        """
        SELECT pg_advisory_xact_lock(key) FROM (
            SELECT DISTINCT hashtextextended('ledger:' || clinic, 0) AS key FROM unnest($1::text[]) AS clinic
            ORDER BY key
        ) AS keys
        """,
        list(clinics),
    )


_APPEND = """
    WITH new AS MATERIALIZED (
        SELECT event_id, clinic_id, nullif(session_id, '')::uuid AS session_id, stream, seq, type, v, subject_id, at,
               convert_from(decode(body, 'base64'), 'UTF8')::json AS body, decode(hash, 'base64') AS hash, turn
        FROM ROWS FROM (json_to_recordset($1) AS (event_id uuid, clinic_id uuid, session_id text, stream text,
                        seq bigint, type text, v integer, subject_id uuid, at timestamptz, body text, hash text))
             WITH ORDINALITY
             AS row (event_id, clinic_id, session_id, stream, seq, type, v, subject_id, at, body, hash, turn)
        WHERE NOT EXISTS (SELECT FROM ledger WHERE ledger.clinic_id = row.clinic_id
                                               AND ledger.event_id = row.event_id OFFSET 0)
    ), last AS MATERIALIZED (
        SELECT clinic_id, coalesce(greatest(
            (SELECT max(position) FROM ledger WHERE ledger.clinic_id = clinics.clinic_id),
            (SELECT position FROM ledger_heads WHERE ledger_heads.clinic_id = clinics.clinic_id)), 0) AS position
        FROM (SELECT DISTINCT clinic_id FROM new) AS clinics
    ), numbered AS MATERIALIZED (
        SELECT new.*, last.position + row_number() OVER (PARTITION BY clinic_id ORDER BY turn) AS position
        FROM new JOIN last USING (clinic_id)
    ), heads AS (
        INSERT INTO ledger_heads (clinic_id, position)
        SELECT clinic_id, max(position) FROM numbered GROUP BY clinic_id ORDER BY clinic_id
        ON CONFLICT (clinic_id) DO UPDATE SET position = excluded.position
    )
    INSERT INTO ledger (clinic_id, position, event_id, session_id, stream, seq, type, v, subject_id, at, body, hash)
    SELECT clinic_id, position, event_id, session_id, stream, seq, type, v, subject_id, at, body, hash
    FROM numbered ORDER BY turn
"""
"""`OFFSET 0` makes Postgres look up each fact by itself: a query plan made while the ledger is short would scan all of
it. `last` is materialised: otherwise it would be looked up for each fact too."""


async def append(tx: Transaction, rows: Sequence[LedgerRow]) -> int:
    """Append the facts that are not there yet, in this order; returns how many were new.

    A clinic's new facts are numbered from its last position, even if the fact there is gone: no position is given
    twice, and `vesper verify` finds the hole. Call this last in a short transaction: other appends for the same
    clinics wait for its commit.

    Raises:
        StaleStream: another fact already has this stream and seq: another writer took the stream over.
        DatabaseAway: a writer appended without taking a turn; nothing was appended, and the caller may retry.
    """
    clinics = {row.clinic_id for row in rows}
    await take_turns(tx, clinics)
    fresh = list({(row.clinic_id, row.event_id): row for row in rows}.values())
    try:
        # As one JSON text: the driver takes more than twice as long over columns, and nothing else runs meanwhile.
        done = await tx.execute(_APPEND, msgspec.json.encode(fresh).decode())
    except UniqueViolation as error:
        if _PLACE_TAKEN in str(error.constraint_name):
            raise StaleStream from error
        raise DatabaseAway("A writer took no turn at the ledger.") from error
    if appended := int(done.split()[-1]):
        announce(tx, CHANNEL, clinics)
    return appended


_COLUMNS = """position, event_id, clinic_id, coalesce(session_id::text, '') AS session_id, stream, seq, type,
              subject_id, at, recorded_at, body::text AS body, hash"""


async def read(tx: Transaction, clinic: str, after: int, limit: int) -> list[Recorded]:
    """The clinic's facts after a position, in order, at most `limit`. None appears later before one that was read."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ledger WHERE clinic_id = $1 AND position > $2 ORDER BY position LIMIT $3",
        clinic,
        after,
        limit,
    )
    return [Recorded(**row) for row in rows]


async def of_session(tx: Transaction, clinic: str, session: str) -> list[Recorded]:
    """Every fact of a session, from all its streams, in order of position."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ledger WHERE clinic_id = $1 AND session_id = $2 ORDER BY position", clinic, session
    )
    return [Recorded(**row) for row in rows]


async def of_stream(tx: Transaction, clinic: str, stream: str) -> list[Recorded]:
    """Every fact of a stream, by seq."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ledger WHERE clinic_id = $1 AND stream = $2 ORDER BY seq", clinic, stream
    )
    return [Recorded(**row) for row in rows]


async def beside_its_rooms(tx: Transaction, clinic: str, session: str) -> list[Recorded]:
    """A session's plans, cancellations and removals, recorded by others than its rooms."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM ledger
        WHERE clinic_id = $1 AND session_id = $2 AND type = ANY($3::text[]) AND stream NOT LIKE $4
        ORDER BY position
        """,
        clinic,
        session,
        list(BESIDE_ITS_ROOMS),
        ROOMS,
    )
    return [Recorded(**row) for row in rows]


async def said(
    tx: Transaction, clinic: str, sessions: Collection[str], without: Collection[str]
) -> dict[str, list[LedgerFact]]:
    """By session, its decoded facts, in order of position; facts of the types `without` are left out."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, position, body::text AS body FROM ledger
        WHERE clinic_id = $1 AND session_id = ANY($2::uuid[]) AND type <> ALL($3::text[]) ORDER BY position
        """,
        clinic,
        list(sessions),
        list(without),
    )
    found: dict[str, list[LedgerFact]] = {}
    for session, position, body in rows:
        found.setdefault(session, []).append(LedgerFact(position, try_decode(body)))
    return found


async def of_types(tx: Transaction, clinic: str, session: str, types: Collection[str]) -> list[LedgerFact]:
    """A session's facts of these types, decoded, in order of position."""
    rows = await tx.fetch(
        """
        SELECT position, body::text AS body FROM ledger
        WHERE clinic_id = $1 AND session_id = $2 AND type = ANY($3::text[]) ORDER BY position
        """,
        clinic,
        session,
        list(types),
    )
    return [LedgerFact(position, try_decode(body)) for position, body in rows]


async def end_of_stream(tx: Transaction, clinic: str, stream: str) -> tuple[int, chain.End] | None:
    """The last seq of a stream and the end of its chain, or None for an empty stream."""
    rows = await tx.fetch(
        """
        (SELECT seq, hash, NULL AS body FROM ledger WHERE clinic_id = $1 AND stream = $2 ORDER BY seq DESC LIMIT 1)
        UNION ALL
        (SELECT seq, hash, body::text FROM ledger WHERE clinic_id = $1 AND stream = $2 ORDER BY seq LIMIT 1)
        """,
        clinic,
        stream,
    )
    if not rows:
        return None
    last, first = sorted(rows, key=lambda row: row["body"] is not None)
    rule = chain.End.of({first["seq"]: (first["body"].encode(), first["hash"])}).rule
    return last["seq"], chain.End(last["hash"], rule)


async def head(tx: Transaction, clinic: str) -> int:
    """The clinic's last position, 0 before its first fact."""
    return int(await tx.fetchval("SELECT coalesce(max(position), 0) FROM ledger WHERE clinic_id = $1", clinic))


async def total(tx: Transaction) -> int:
    """The number of facts of all clinics."""
    return int(await tx.fetchval("SELECT coalesce(sum(position), 0) FROM ledger_heads"))


async def clinics(tx: Transaction) -> list[str]:
    """The clinics that have facts, in the order of their ids."""
    return [row["id"] for row in await tx.fetch("SELECT clinic_id AS id FROM ledger_heads ORDER BY clinic_id")]


async def clinic_of(tx: Transaction, session: str) -> str | None:
    """The clinic whose ledger has the session's facts; None when it has no fact. For operators."""
    for clinic in await clinics(tx):
        if await tx.fetchval(
            "SELECT true FROM ledger WHERE clinic_id = $1 AND session_id = $2 LIMIT 1", clinic, session
        ):
            return clinic
    return None
