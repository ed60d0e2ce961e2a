"""Erasing: who is listed, what is due, and the functions of the database that erase (migration 0042).

The application's role may not delete what they delete. They check holds and shortest times for themselves.
"""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from domain.privacy.retention import Listed, RecordType, Served
from store.database import Transaction


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a kind of record were erased on a day."""

    day: date
    record: RecordType
    erased: int


async def take_turns(tx: Transaction, clinic: str) -> bool:
    """Whether this transaction alone erases for the clinic until it ends."""
    mine: bool = await tx.fetchval("SELECT pg_try_advisory_xact_lock(hashtextextended('retention ' || $1, 0))", clinic)
    return mine


async def served(tx: Transaction, clinic: str, after: str | None, limit: int, only: str | None = None) -> list[Served]:
    """Clients and people of an intake whom no program has any more and no inquiry is open about, by id; or one of them.

    Staff are not among them, and guests go with their clients.
    """
    rows = await tx.fetch(
        """
        SELECT who.id AS person, date_of_birth AS born, home_state AS state, coalesce(greatest(
            (SELECT max(ends_on) FROM enrolments
             WHERE enrolments.clinic_id = $1 AND enrolments.client_id = who.id),
            (SELECT max(day) FROM client_days
             WHERE client_days.clinic_id = $1 AND client_days.client_id = who.id),
            (SELECT max(ends_at)::date FROM rosters
             JOIN sessions ON sessions.clinic_id = $1 AND sessions.id = rosters.session_id
             WHERE rosters.clinic_id = $1 AND rosters.person_id = who.id),
            (SELECT max(on_day) FROM inquiry_steps
             JOIN inquiries ON inquiries.clinic_id = $1 AND inquiries.id = inquiry_id
             WHERE inquiry_steps.clinic_id = $1 AND inquiries.person_id = who.id)
            ), who.created_at::date) AS last_service
        FROM (
            SELECT id, created_at FROM persons
            WHERE persons.clinic_id = $1 AND erased_at IS NULL
              AND ($2::uuid IS NULL OR id > $2) AND ($4::uuid IS NULL OR id = $4)
              AND (EXISTS (SELECT FROM client_records
                           WHERE client_records.clinic_id = $1 AND client_records.person_id = persons.id)
                   OR EXISTS (SELECT FROM inquiries
                              WHERE inquiries.clinic_id = $1 AND inquiries.person_id = persons.id))
              AND NOT EXISTS (SELECT FROM staff_roles
                              WHERE staff_roles.clinic_id = $1 AND staff_roles.person_id = persons.id)
              AND NOT EXISTS (SELECT FROM enrolments
                              WHERE enrolments.clinic_id = $1 AND enrolments.client_id = persons.id
                                AND ends_on IS NULL)
              AND NOT EXISTS (SELECT FROM inquiries
                              WHERE inquiries.clinic_id = $1 AND inquiries.person_id = persons.id
                                AND inquiries.state NOT IN ('admitted', 'referred', 'declined'))
              AND NOT EXISTS (SELECT FROM ties WHERE ties.clinic_id = $1 AND guest_id = persons.id)
            ORDER BY id LIMIT $3
        ) AS who
        LEFT JOIN client_records ON client_records.clinic_id = $1 AND client_records.person_id = who.id
        ORDER BY who.id
        """,
        clinic, after, limit, only,
    )  # fmt: skip
    return [Served(**row) for row in rows]


async def list_for_erasing(tx: Transaction, clinic: str, due: dict[str, date]) -> None:
    """List these people, each with the day on which they are due. Who is listed already keeps the day of listing."""
    await tx.executemany(
        """
        INSERT INTO erasures (clinic_id, person_id, due_on) VALUES ($1, $2, $3)
        ON CONFLICT (clinic_id, person_id) DO UPDATE SET due_on = excluded.due_on
        WHERE erasures.due_on <> excluded.due_on
        """,
        [(clinic, person, day) for person, day in due.items()],
    )


async def unlist(tx: Transaction, clinic: str, people: Sequence[str]) -> None:
    """Take people off the list: they came back, or are kept longer."""
    await tx.execute("DELETE FROM erasures WHERE clinic_id = $1 AND person_id = ANY($2::uuid[])", clinic, people)


async def listed(tx: Transaction, clinic: str, limit: int, only: str | None = None) -> list[Listed]:
    """Who is listed, by the day on which they are due, at most `limit`; or one person."""
    rows = await tx.fetch(
        """
        SELECT person_id AS person, due_on, (listed_at AT TIME ZONE 'UTC')::date AS listed_on, postponed_until,
               is_held(erasures.clinic_id, ARRAY(SELECT guest_id FROM ties
                                                 WHERE ties.clinic_id = $1 AND ties.client_id = person_id) || person_id)
               AS held
        FROM erasures WHERE erasures.clinic_id = $1 AND ($3::uuid IS NULL OR person_id = $3)
        ORDER BY greatest(due_on, postponed_until), person_id LIMIT $2
        """,
        clinic, limit, only,
    )  # fmt: skip
    return [Listed(**row) for row in rows]


async def everybody_listed(tx: Transaction, clinic: str) -> list[str]:
    """The ids of all who are listed."""
    rows = await tx.fetch("SELECT person_id FROM erasures WHERE clinic_id = $1", clinic)
    return [row["person_id"] for row in rows]


async def ready(tx: Transaction, clinic: str, today: date) -> list[str]:
    """The ids of those whose day has come and whom nothing holds, the longest due first."""
    found = await listed(tx, clinic, 1000)
    return [one.person for one in found if one.erased_on <= today and not one.held]


async def postpone(tx: Transaction, clinic: str, person: str, until: date, by: str) -> bool:
    """Erase a listed person on that day at the earliest. False when they are not listed."""
    found: str | None = await tx.fetchval(
        """
        UPDATE erasures SET postponed_until = $3, postponed_by = $4 WHERE clinic_id = $1 AND person_id = $2
        RETURNING person_id
        """,
        clinic, person, until, by,
    )  # fmt: skip
    return found is not None


async def erase_client(tx: Transaction, clinic: str, person: str) -> bool:
    """Erase a listed client and their guests, for ever. False when something stands against it."""
    erased: bool = await tx.fetchval("SELECT erase_client($1, $2)", clinic, person)
    return erased


async def erase_aged(tx: Transaction, clinic: str, record: RecordType, before: datetime, most: int) -> int:
    """Erase rows of a kind of record that are older, at most `most` of each table. Returns how many."""
    function = "erase_group_notes($1, $2, $3)" if record == "group_note" else "erase_aged($1, $4, $2, $3)"
    given = (clinic, before, most) if record == "group_note" else (clinic, before, most, record)
    erased: int = await tx.fetchval(f"SELECT {function}", *given)
    return erased


async def count_aged(tx: Transaction, clinic: str, record: RecordType, before: Sequence[datetime]) -> list[int]:
    """How many rows of a kind of record are older than each of these moments, of which the last is the latest."""
    if record == "group_note":
        return await count_group_notes(tx, clinic, before)
    counts = ", ".join(f"count(*) FILTER (WHERE since < ${number})" for number in range(3, 3 + len(before)))
    row = await tx.fetchrow(
        f"""
        SELECT {counts} FROM ageing($1)
        WHERE record = $2 AND since < ${2 + len(before)} AND NOT is_held($1, persons)
        """,
        clinic, record, *before,
    )  # fmt: skip
    return list(row or ())


async def count_group_notes(tx: Transaction, clinic: str, before: Sequence[datetime]) -> list[int]:
    """How many groups with notes ended before each of these moments, of which the last is the latest."""
    counts = ", ".join(f"count(*) FILTER (WHERE ends_at < ${number})" for number in range(2, 2 + len(before)))
    row = await tx.fetchrow(
        f"""
        SELECT {counts} FROM data_keys
        JOIN sessions ON sessions.clinic_id = data_keys.clinic_id AND sessions.id = owner_id
        WHERE data_keys.clinic_id = $1 AND destroyed_at IS NULL
        """,
        clinic, *before,
    )  # fmt: skip
    return list(row or ())


async def done(tx: Transaction, clinic: str, limit: int) -> list[Done]:
    """What was erased, the latest day first."""
    rows = await tx.fetch(
        "SELECT day, record, erased FROM erased_counts WHERE clinic_id = $1 ORDER BY day DESC, record LIMIT $2",
        clinic, limit,
    )  # fmt: skip
    return [Done(**row) for row in rows]


async def is_erased(tx: Transaction, clinic: str, person: str) -> bool:
    """Whether the person was erased."""
    found: bool | None = await tx.fetchval(
        "SELECT erased_at IS NOT NULL FROM persons WHERE clinic_id = $1 AND id = $2", clinic, person
    )
    return bool(found)
