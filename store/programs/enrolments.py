"""Enrolments: a client in a phase of a program. Their days are derived from their acts, and written here alone."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.programs.acts import Act, Stretch, last_day, phase_on
from domain.programs.enrolments import Enrolment
from store.database import Transaction
from store.programs import acts

_COLUMNS = """id, program_id AS program, client_id AS client, starts_on, ends_on, phase_id AS phase"""


async def create(
    tx: Transaction, clinic: str, enrolment: Enrolment, by: str | None = None, at: datetime | None = None
) -> list[Act]:
    """Add an enrolment, with the act that it begins with and, if its last day is known, the one that it ends with."""
    await tx.execute(
        """
        INSERT INTO enrolments (id, clinic_id, program_id, client_id, starts_on, ends_on, phase_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        enrolment.id, clinic, enrolment.program, enrolment.client, enrolment.starts_on, enrolment.ends_on,
        enrolment.phase,
    )  # fmt: skip
    await tx.execute(
        """
        INSERT INTO acts (clinic_id, id, enrolment_id, kind, from_on, phase_id, reason, by_id, recorded_at)
        SELECT $1, gen_random_uuid(), $2, kind, from_on, phase, reason, $6, coalesce($7, clock_timestamp())
        FROM (VALUES ('admitted', $3::date, $5::uuid, ''), ('discharged', $4::date + 1, NULL, 'other'))
             AS act (kind, from_on, phase, reason)
        WHERE from_on IS NOT NULL ORDER BY from_on
        """,
        clinic, enrolment.id, enrolment.starts_on, enrolment.ends_on, enrolment.phase, by, at,
    )  # fmt: skip
    return await acts.of_enrolment(tx, clinic, enrolment.id)


async def follow(tx: Transaction, clinic: str, id: str, stretches: Sequence[Stretch], today: date) -> None:
    """Give the enrolment the days that its acts make: the first, the last, and today's phase."""
    await tx.execute(
        """
        UPDATE enrolments SET starts_on = coalesce($3, starts_on), phase_id = coalesce($5, phase_id),
                              ends_on = CASE WHEN $3::date IS NULL THEN starts_on - 1 ELSE $4::date END
        WHERE clinic_id = $1 AND id = $2
        """,
        clinic, id, stretches[0].starts_on if stretches else None, last_day(stretches), phase_on(stretches, today),
    )  # fmt: skip


async def announce(tx: Transaction, clinic: str, id: str, at: datetime) -> None:
    """Have the rooms look again whether the client may be in them now."""
    await tx.execute("UPDATE enrolments SET place_changed_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, at)


async def lock(tx: Transaction, clinic: str, id: str) -> None:
    """Let nobody else change the enrolment until the transaction ends."""
    await tx.execute("SELECT FROM enrolments WHERE clinic_id = $1 AND id = $2 FOR NO KEY UPDATE", clinic, id)


async def find(tx: Transaction, clinic: str, id: str) -> Enrolment | None:
    """The clinic's enrolment with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM enrolments WHERE clinic_id = $1 AND id = $2", clinic, id)
    return Enrolment(**row) if row else None


async def after(
    tx: Transaction, clinic: str, id: str | None, limit: int, program: str | None = None
) -> list[Enrolment]:
    """Enrolments of the clinic (in that program) with ids after `id`, in the order of their ids, at most `limit`."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM enrolments
        WHERE clinic_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($4::uuid IS NULL OR program_id = $4)
        ORDER BY id LIMIT $3
        """,
        clinic, id, limit, program,
    )  # fmt: skip
    return [Enrolment(**row) for row in rows]


async def of_ids(tx: Transaction, clinic: str, ids: Sequence[str]) -> dict[str, Enrolment]:
    """The clinic's enrolments among these ids, by id."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM enrolments WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, ids
    )
    return {row["id"]: Enrolment(**row) for row in rows}


async def of_client(tx: Transaction, clinic: str, client: str) -> list[Enrolment]:
    """The client's enrolments in all programs, by first day."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM enrolments WHERE clinic_id = $1 AND client_id = $2 ORDER BY starts_on, id",
        clinic, client,
    )  # fmt: skip
    return [Enrolment(**row) for row in rows]


async def of_clients(tx: Transaction, clinic: str, program: str, clients: Sequence[str]) -> list[Enrolment]:
    """All enrolments of these clients in the program, by first day."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM enrolments
        WHERE clinic_id = $1 AND program_id = $2 AND client_id = ANY($3::uuid[]) ORDER BY starts_on, id
        """,
        clinic, program, clients,
    )  # fmt: skip
    return [Enrolment(**row) for row in rows]
