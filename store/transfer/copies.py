"""What a copy for one person holds of their sessions."""

from datetime import date, datetime

import msgspec

from domain.attendance.records import ClientRecord
from store.database import Transaction


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """A session of the client, with their record in it and the digest of the policy that it rests on."""

    session: str
    title: str
    kind: str
    starts: datetime
    timezone: str
    service_date: date
    record: ClientRecord
    policy: str


async def attended(tx: Transaction, clinic: str, client: str) -> list[Attended]:
    """The client's sessions of which attendance was worked out, oldest first."""
    rows = await tx.fetch(
        """
        SELECT sessions.id AS session, title, kind, starts_at AS starts, timezone, attendance_records.service_date,
               attendance_records.record, session_records.policy_digest AS policy
        FROM attendance_records
        JOIN session_records ON session_records.clinic_id = attendance_records.clinic_id
                            AND session_records.session_id = attendance_records.session_id
        JOIN sessions ON sessions.clinic_id = attendance_records.clinic_id
                     AND sessions.id = attendance_records.session_id
        WHERE attendance_records.clinic_id = $1 AND client_id = $2
        ORDER BY attendance_records.service_date, starts_at, sessions.id
        """,
        clinic, client,
    )  # fmt: skip
    return [
        Attended(**{**row, "record": msgspec.json.decode(row["record"], type=ClientRecord)}) for row in map(dict, rows)
    ]
