"""One client's records over many sessions, as far as a change of their days needs them."""

from datetime import date
from typing import Any

import msgspec

from store.database import Transaction


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """A client's record in one session; `week` is the first day of the week in which it counts."""

    session: str
    week: date
    connected_s: int


async def since(tx: Transaction, clinic: str, program: str, client: str, day: date) -> list[Attended]:
    """The client's records in the program, from the week that holds the day on."""
    rows = await tx.fetch(
        """
        SELECT session_id AS session, week, connected_s FROM attendance_records
        WHERE clinic_id = $1 AND program_id = $2 AND client_id = $3 AND week > $4::date - 7 ORDER BY week, session_id
        """,
        clinic, program, client, day,
    )  # fmt: skip
    return [Attended(**row) for row in rows]


async def last_seen(tx: Transaction, clinic: str, program: str, client: str) -> date | None:
    """The last service date on which the client was credited a second in the program."""
    day: date | None = await tx.fetchval(
        """
        SELECT max(service_date) FROM attendance_records
        WHERE clinic_id = $1 AND program_id = $2 AND client_id = $3 AND credited_s > 0
        """,
        clinic, program, client,
    )  # fmt: skip
    return day


async def latest(tx: Transaction, clinic: str, client: str, seen_by: str | None, limit: int) -> list[dict[str, Any]]:
    """The client's records with their sessions, the latest first; with `seen_by`, of those on whose roster that member
    of staff is."""
    rows = await tx.fetch(
        """
        SELECT sessions.id AS session, title, kind, programs.name AS program_name, starts_at AS starts,
               sessions.timezone, status, connected_s, credited_s
        FROM attendance_records AS record
        JOIN sessions ON sessions.clinic_id = record.clinic_id AND sessions.id = record.session_id
        LEFT JOIN programs ON programs.clinic_id = sessions.clinic_id AND programs.id = sessions.program_id
        WHERE record.clinic_id = $1 AND record.client_id = $2
          AND ($3::uuid IS NULL OR EXISTS (
              SELECT FROM rosters WHERE rosters.clinic_id = record.clinic_id AND rosters.session_id = record.session_id
                                    AND rosters.person_id = $3))
        ORDER BY starts_at DESC, sessions.id LIMIT $4
        """,
        clinic, client, seen_by, limit,
    )  # fmt: skip
    return [dict(row) for row in rows]
