"""Attendance records: what the workers make of the ledger, replaced as facts arrive."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from domain.events import PolicyReference
from domain.records import ClientRecord, SessionRecord
from store.database import Transaction


class Projection(msgspec.Struct, frozen=True, kw_only=True):
    """One session as worked out from the ledger up to `through_position`."""

    session: str
    clinic: str
    program: str | None
    policy: PolicyReference
    week: date
    """The first day of the week it counts in, by its policy."""
    record: SessionRecord
    final: bool
    reach: tuple[datetime, datetime]
    through_position: int


async def replace(tx: Transaction, projection: Projection) -> None:
    """Put these records in the place of the session's last ones."""
    await tx.execute("DELETE FROM attendance_records WHERE session_id = $1", projection.session)
    await tx.execute("DELETE FROM session_records WHERE session_id = $1", projection.session)
    await _insert_session(tx, projection)
    for client, record in projection.record.clients.items():
        await _insert_client(tx, projection, client, record)


async def find(tx: Transaction, session: str) -> Projection | None:
    """The records of a session, or None where nothing was worked out yet."""
    row = await tx.fetchrow(
        """
        SELECT clinic_id, program_id, policy_id, policy_version, policy_digest, week, record, final,
               earliest_start, latest_end, through_position
        FROM session_records WHERE session_id = $1
        """,
        session,
    )
    if row is None:
        return None
    clients = await _clients(tx, session)
    return Projection(
        session=session,
        clinic=row["clinic_id"],
        program=row["program_id"],
        policy=PolicyReference(row["policy_id"], row["policy_version"], row["policy_digest"]),
        week=row["week"],
        record=msgspec.structs.replace(_SESSION.decode(row["record"]), clients=clients),
        final=row["final"],
        reach=(row["earliest_start"], row["latest_end"]),
        through_position=row["through_position"],
    )


async def clear(tx: Transaction) -> None:
    """Throw all records away."""
    await tx.execute("DELETE FROM attendance_records")
    await tx.execute("DELETE FROM session_records")


class ClientWeek(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A client's week in a program; `week` is its first day."""

    clinic: str
    program: str
    client: str
    week: date


class WeekRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One session of a client's week."""

    session: str
    service_date: date
    record: ClientRecord


async def weeks(tx: Transaction, sessions: Iterable[str]) -> set[ClientWeek]:
    """The weeks that these sessions' records count in."""
    rows = await tx.fetch(
        """
        SELECT clinic_id AS clinic, program_id AS program, client_id AS client, week
        FROM attendance_records WHERE session_id = ANY($1::uuid[]) AND program_id IS NOT NULL
        """,
        list(sessions),
    )
    return {ClientWeek(**row) for row in rows}


async def of_week(tx: Transaction, week: ClientWeek) -> list[WeekRecord]:
    """The records that count in that week, by service date."""
    rows = await tx.fetch(
        """
        SELECT service_date, session_id, record FROM attendance_records
        WHERE program_id = $1 AND client_id = $2 AND week = $3 ORDER BY service_date, session_id
        """,
        week.program,
        week.client,
        week.week,
    )
    return [
        WeekRecord(session=row["session_id"], service_date=row["service_date"], record=_CLIENT.decode(row["record"]))
        for row in rows
    ]


_SESSION = msgspec.json.Decoder(SessionRecord)
_CLIENT = msgspec.json.Decoder(ClientRecord)


async def _clients(tx: Transaction, session: str) -> dict[str, ClientRecord]:
    rows = await tx.fetch(
        "SELECT client_id, record FROM attendance_records WHERE session_id = $1 ORDER BY client_id", session
    )
    return {row["client_id"]: _CLIENT.decode(row["record"]) for row in rows}


async def _insert_session(tx: Transaction, projection: Projection) -> None:
    record, policy = projection.record, projection.policy
    await tx.execute(
        """
        INSERT INTO session_records
            (session_id, clinic_id, program_id, service_date, week, net_s, facilitator_gap_s, participant_count, final,
             earliest_start, latest_end, policy_id, policy_version, policy_digest, record, through_position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """,
        projection.session, projection.clinic, projection.program,
        record.service_date, projection.week, record.net_s, record.facilitator_gap_s, record.participant_count,
        projection.final, *projection.reach, policy.id, policy.version, policy.digest,
        _text(msgspec.structs.replace(record, clients={})), projection.through_position,
    )  # fmt: skip


async def _insert_client(tx: Transaction, projection: Projection, client: str, record: ClientRecord) -> None:
    await tx.execute(
        """
        INSERT INTO attendance_records
            (session_id, client_id, clinic_id, program_id, service_date, week, status, connected_s, credited_s,
             billable_s, late_s, record, through_position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        projection.session, client, projection.clinic, projection.program, projection.record.service_date,
        projection.week, record.status, record.connected_s, record.credited_s, record.billable_s, record.late_s,
        _text(record), projection.through_position,
    )  # fmt: skip


def _text(record: SessionRecord | ClientRecord) -> str:
    return msgspec.json.encode(record).decode()
