"""Sessions as staff see them: the schedule, and the state of each. The arithmetic does not read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.events.fact import Span
from domain.events.schedule import Block, PolicyReference, SessionKind
from domain.projection.neighbours import LONGEST_WINDOW
from domain.schedule.sessions import Session
from store.database import Transaction
from store.schedule.rosters import Enrolled

_SELECT = """
    SELECT sessions.id, sessions.clinic_id AS clinic, program_id AS program, programs.name AS program_name,
           kind, own_kind,
           (SELECT clinic_kinds.name FROM clinic_kinds
            WHERE clinic_kinds.clinic_id = sessions.clinic_id AND clinic_kinds.id = own_kind) AS own_kind_name, title,
           sessions.timezone, starts_at AS starts, ends_at AS ends, blocks, breaks, parent_session AS parent, pull_out,
           sessions.policy_id, sessions.policy_version, policy_digest, revision, started, ended, room_open,
           extended_to, cancelled OR called_off_at IS NOT NULL AS cancelled
    FROM sessions JOIN programs ON programs.clinic_id = sessions.clinic_id AND programs.id = program_id
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(type = 'session.started'), false) AS started,
               coalesce(bool_or(type = 'session.ended'), false) AS ended,
               min(at) FILTER (WHERE type = 'session.started') AS started_at,
               (array_agg(at ORDER BY seq DESC) FILTER (WHERE type = 'session.cancelled'))[1] AS cancelled_at,
               max(position) FILTER (WHERE type = 'session.cancelled') AS cancelled_by,
               max(position) FILTER (WHERE type = 'session.reinstated') AS reinstated_by
        FROM ledger
        WHERE ledger.clinic_id = sessions.clinic_id AND ledger.session_id = sessions.id
          AND type IN ('session.started', 'session.ended', 'session.cancelled', 'session.reinstated')
    ) AS facts
    LEFT JOIN LATERAL (
        SELECT (body ->> 'until')::timestamptz AS extended_to
        FROM ledger AS extended
        WHERE extended.clinic_id = sessions.clinic_id AND extended.session_id = sessions.id
          AND type = 'session.extended' AND NOT EXISTS (
            SELECT FROM ledger AS ended
            WHERE ended.clinic_id = sessions.clinic_id AND ended.session_id = sessions.id
              AND ended.type = 'session.ended' AND ended.at < extended.at)
        ORDER BY at DESC, seq DESC LIMIT 1
    ) AS extension ON true
    CROSS JOIN LATERAL (
        SELECT cancelled_by IS NOT NULL AND cancelled_by > coalesce(reinstated_by, 0)
               AND (cancelled_at < starts_at OR started_at IS NULL OR started_at >= cancelled_at)
               AND NOT EXISTS (
                   SELECT FROM session_records AS kept
                   WHERE kept.clinic_id = sessions.clinic_id AND kept.session_id = sessions.id
                     AND kept.through_position >= cancelled_by AND kept.record ->> 'outcome' <> 'cancelled'
               ) AS cancelled
    ) AS called_off
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM rooms
            WHERE rooms.clinic_id = sessions.clinic_id AND rooms.session_id = sessions.id AND closed_at IS NULL
        ) AS room_open
    ) AS live
"""

_BLOCKS = msgspec.json.Decoder(tuple[Block, ...])
_BREAKS = msgspec.json.Decoder(tuple[Span, ...])


async def create(tx: Transaction, session: Session) -> None:
    """Add a session to the schedule."""
    await tx.execute(
        """
        INSERT INTO sessions (id, clinic_id, program_id, parent_session, pull_out, kind, title, timezone, starts_at,
                              ends_at, blocks, breaks, policy_id, policy_version, policy_digest, own_kind)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """,
        session.id, session.clinic, session.program, session.parent, session.pull_out, session.kind, session.title,
        session.timezone, session.starts, session.ends, msgspec.json.encode(session.blocks).decode(),
        msgspec.json.encode(session.breaks).decode(), session.policy.id, session.policy.version, session.policy.digest,
        session.own_kind,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Session | None:
    """The clinic's session with that id."""
    row = await tx.fetchrow(f"{_SELECT} WHERE sessions.clinic_id = $1 AND sessions.id = $2", clinic, id)
    return _session(row.items()) if row else None


async def kind_of(tx: Transaction, clinic: str, id: str) -> SessionKind | None:
    """The kind of the clinic's session with that id."""
    kind: SessionKind | None = await tx.fetchval(
        "SELECT kind FROM sessions WHERE clinic_id = $1 AND id = $2", clinic, id
    )
    return kind


async def change_policy(tx: Transaction, clinic: str, id: str, policy: PolicyReference) -> None:
    """Store another policy for the session's plan, and count the change."""
    await tx.execute(
        """
        UPDATE sessions SET policy_id = $3, policy_version = $4, policy_digest = $5, revision = revision + 1
        WHERE clinic_id = $1 AND id = $2
        """,
        clinic, id, policy.id, policy.version, policy.digest,
    )  # fmt: skip


async def call_off(tx: Transaction, clinic: str, id: str, at: datetime | None) -> None:
    """Cancel a mutual-help meeting, or let it take place after all: the ledger knows nothing of either."""
    await tx.execute("UPDATE sessions SET called_off_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, at)


async def lock(tx: Transaction, clinic: str, id: str) -> None:
    """Lock the session's plan until this transaction ends."""
    await tx.execute("SELECT FROM sessions WHERE clinic_id = $1 AND id = $2 FOR UPDATE", clinic, id)


async def raise_revision(tx: Transaction, clinic: str, id: str) -> None:
    """Count a change of the plan."""
    await tx.execute("UPDATE sessions SET revision = revision + 1 WHERE clinic_id = $1 AND id = $2", clinic, id)


async def last_planned(tx: Transaction, clinic: str, id: str) -> datetime | None:
    """When the session was last planned, cancelled or reinstated, by the ledger."""
    at: datetime | None = await tx.fetchval(
        """
        SELECT max(at) FROM ledger
        WHERE clinic_id = $1 AND session_id = $2
          AND type IN ('session.planned', 'session.cancelled', 'session.reinstated')
        """,
        clinic,
        id,
    )
    return at


async def between(
    tx: Transaction, clinic: str, start: datetime, end: datetime, person: str | None = None
) -> list[Session]:
    """The clinic's sessions that touch `[start, end)`, in order of start; with a `person`, only those on whose roster
    the person is, other than as a client, and mutual-help meetings, which have none. No session is longer than
    `LONGEST_WINDOW`, so older ones are not scanned."""
    rows = await tx.fetch(
        f"""
        {_SELECT}
        WHERE sessions.clinic_id = $1 AND starts_at < $3 AND ends_at > $2 AND starts_at > $2::timestamptz - $5::interval
          AND ($4::uuid IS NULL OR kind = 'mutual_help' OR EXISTS (
              SELECT FROM rosters WHERE rosters.clinic_id = $1 AND session_id = sessions.id AND person_id = $4
                                    AND role <> 'client'))
        ORDER BY starts_at, sessions.id
        """,
        clinic, start, end, person, LONGEST_WINDOW,
    )  # fmt: skip
    return [_session(row.items()) for row in rows]


async def ahead(tx: Transaction, clinic: str, program: str, after: datetime) -> list[Session]:
    """The program's sessions that begin after that, in order of start, locked until the transaction ends."""
    await tx.execute(
        "SELECT FROM sessions WHERE clinic_id = $1 AND program_id = $2 AND starts_at > $3 ORDER BY id FOR UPDATE",
        clinic, program, after,
    )  # fmt: skip
    rows = await tx.fetch(
        f"""
        {_SELECT}
        WHERE sessions.clinic_id = $1 AND program_id = $2 AND starts_at > $3 ORDER BY starts_at, sessions.id
        """,
        clinic, program, after,
    )  # fmt: skip
    return [_session(row.items()) for row in rows]


async def open_to(tx: Transaction, client: Enrolled, kinds: Sequence[str], span: Span) -> list[Session]:
    """The sessions within `span` that a client may join, in order of start: those with the client on the
    roster, and those of the program whose kind is among `kinds`."""
    rows = await tx.fetch(
        f"""
        {_SELECT}
        WHERE sessions.clinic_id = $1 AND coalesce(extended_to, ends_at) > $5 AND starts_at < $6
          AND starts_at > $5::timestamptz - $7::interval
          AND (EXISTS (SELECT FROM rosters
                       WHERE rosters.clinic_id = $1 AND session_id = sessions.id AND person_id = $2)
               OR (program_id = $3 AND kind = ANY($4::text[])))
        ORDER BY starts_at, sessions.id
        """,
        client.clinic, client.person, client.program, kinds, *span, LONGEST_WINDOW,
    )  # fmt: skip
    return [_session(row.items()) for row in rows]


def _session(row: Iterable[tuple[str, Any]]) -> Session:
    values = dict(row)
    values["policy"] = PolicyReference(
        values.pop("policy_id"), values.pop("policy_version"), values.pop("policy_digest")
    )
    values["blocks"] = _BLOCKS.decode(values["blocks"])
    values["breaks"] = _BREAKS.decode(values["breaks"])
    return Session(**values)
