"""One client's records over many sessions, as far as a change of their days needs them."""

from datetime import date

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
