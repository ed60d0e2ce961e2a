"""Sign-ins of staff: a random secret in the browser's cookie, its SHA-256 here."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.people.roles import StaffRole
from store.database import Transaction


class NewSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in about to begin."""

    id: str
    clinic: str
    person: str
    secret_hash: bytes
    at: datetime
    expires: datetime


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that has neither ended nor expired, with its person and clinic."""

    id: str
    person: str
    clinic: str
    clinic_name: str
    clinic_timezone: str
    name: str
    roles: Sequence[StaffRole]
    last_used_at: datetime


_COLUMNS = """sign_ins.id, person_id AS person, sign_ins.clinic_id AS clinic, last_used_at,
              clinics.name AS clinic_name, clinics.timezone AS clinic_timezone, persons.display_name AS name,
              ARRAY(SELECT role FROM staff_roles
                    WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id
                      AND (until IS NULL OR until > $2)) AS roles"""
"""Of a query whose second argument is the time: a role that is over is none."""
_WHOSE = """JOIN persons ON persons.clinic_id = sign_ins.clinic_id AND persons.id = person_id
            JOIN clinics ON clinics.id = sign_ins.clinic_id"""


async def begin(tx: Transaction, sign_in: NewSignIn) -> Current:
    """Add a sign-in."""
    (row,) = await tx.fetch(
        f"""
        WITH sign_ins AS (
            INSERT INTO sign_ins (id, clinic_id, person_id, secret_hash, created_at, last_used_at, expires_at)
            VALUES ($1, $3, $4, $5, $2, $2, $6) RETURNING *
        )
        SELECT {_COLUMNS} FROM sign_ins {_WHOSE}
        """,
        sign_in.id, sign_in.at, sign_in.clinic, sign_in.person, sign_in.secret_hash, sign_in.expires,
    )  # fmt: skip
    return Current(**row)


async def current(tx: Transaction, secret_hash: bytes, now: datetime, used_since: datetime) -> Current | None:
    """The sign-in with that secret, if it has not ended or expired and was used after `used_since`."""
    row = await tx.fetchrow(
        f"""
        SELECT {_COLUMNS} FROM sign_ins {_WHOSE}
        WHERE secret_hash = $1 AND ended_at IS NULL AND expires_at > $2 AND last_used_at > $3
          AND deactivated_at IS NULL
        """,
        secret_hash, now, used_since,
    )  # fmt: skip
    return Current(**row) if row else None


async def touch(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Record that the sign-in was used."""
    await tx.execute("UPDATE sign_ins SET last_used_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, now)


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """The person and clinic of a sign-in that is over."""

    person: str
    clinic: str


async def end(tx: Transaction, secret_hash: bytes, now: datetime) -> Ended | None:
    """End the sign-in with that secret, even if it has lapsed: rooms that it opened do not check how long it was idle.

    A sign-in that has ended keeps its first end. None when there is no such sign-in.
    """
    row = await tx.fetchrow(
        """
        UPDATE sign_ins SET ended_at = coalesce(ended_at, $2) WHERE secret_hash = $1
        RETURNING person_id AS person, clinic_id AS clinic
        """,
        secret_hash, now,
    )  # fmt: skip
    return Ended(**row) if row else None


async def end_all(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """End every sign-in of a person that has not ended."""
    await tx.execute(
        "UPDATE sign_ins SET ended_at = $3 WHERE clinic_id = $1 AND person_id = $2 AND ended_at IS NULL",
        clinic, person, now,
    )  # fmt: skip
