"""Sign-ins of staff: a random secret in the browser's cookie, its SHA-256 here."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.access.standing import Required
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
    confirmed: datetime | None = None
    """When the person proved who they are, if not now."""
    factor_at: datetime | None = None
    """When a second factor was given, if one was."""
    factor_by_provider: bool = False
    browser: str = ""


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in that has not ended, with its person and clinic. Whether it has lapsed or is locked, its times say."""

    id: str
    person: str
    clinic: str
    clinic_name: str
    clinic_timezone: str
    name: str
    roles: Sequence[StaffRole]
    created_at: datetime
    last_used_at: datetime
    active_at: datetime
    locked_at: datetime | None
    confirmed_at: datetime
    factor_at: datetime | None
    session: str | None
    """The session that it entered last."""
    has_factor: bool
    factor_by_provider: bool
    """Whether the clinic's provider vouched for a second factor."""
    recovery_codes: int
    """How many are left."""
    required: Required
    """Whom the clinic asks for a second factor, and those whose roles it asks."""
    required_roles: Sequence[StaffRole]
    required_since: datetime | None


_COLUMNS = """sign_ins.id, sign_ins.person_id AS person, sign_ins.clinic_id AS clinic, sign_ins.created_at,
              last_used_at, active_at, locked_at, factor_at, factor_by_provider,
              CASE WHEN confirmed_at = '-infinity' THEN sign_ins.created_at ELSE confirmed_at END AS confirmed_at,
              session_id AS session,
              EXISTS (SELECT FROM second_factors WHERE second_factors.clinic_id = sign_ins.clinic_id
                                                   AND second_factors.person_id = sign_ins.person_id) AS has_factor,
              (SELECT count(*) FROM recovery_codes
               WHERE recovery_codes.clinic_id = sign_ins.clinic_id
                 AND recovery_codes.person_id = sign_ins.person_id) AS recovery_codes,
              coalesce(required, 'never') AS required, coalesce(policies.roles, '{}') AS required_roles,
              policies.changed_at AS required_since,
              clinics.name AS clinic_name, clinics.timezone AS clinic_timezone, persons.display_name AS name,
              ARRAY(SELECT role FROM staff_roles
                    WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id
                      AND (until IS NULL OR until > $2)) AS roles"""
"""Of a query whose second argument is the time: a role that is over is none."""
_WHOSE = """JOIN persons ON persons.clinic_id = sign_ins.clinic_id AND persons.id = sign_ins.person_id
            JOIN clinics ON clinics.id = sign_ins.clinic_id
            LEFT JOIN second_factor_policies AS policies ON policies.clinic_id = sign_ins.clinic_id"""


async def begin(tx: Transaction, sign_in: NewSignIn) -> Current:
    """Add a sign-in."""
    (row,) = await tx.fetch(
        f"""
        WITH sign_ins AS (
            INSERT INTO sign_ins (id, clinic_id, person_id, secret_hash, created_at, last_used_at, expires_at,
                                  active_at, confirmed_at, factor_at, browser, factor_by_provider)
            VALUES ($1, $3, $4, $5, $2, $2, $6, $2, $9, $7, $8, $10) RETURNING *
        )
        SELECT {_COLUMNS} FROM sign_ins {_WHOSE}
        """,
        sign_in.id, sign_in.at, sign_in.clinic, sign_in.person, sign_in.secret_hash, sign_in.expires,
        sign_in.factor_at, sign_in.browser, sign_in.confirmed or sign_in.at, sign_in.factor_by_provider,
    )  # fmt: skip
    return Current(**row)


async def current(tx: Transaction, secret_hash: bytes, now: datetime) -> Current | None:
    """The sign-in with that secret, if it has not ended; it may have lapsed."""
    row = await tx.fetchrow(
        f"""
        SELECT {_COLUMNS} FROM sign_ins {_WHOSE}
        WHERE secret_hash = $1 AND ended_at IS NULL AND deactivated_at IS NULL
        """,
        secret_hash, now,
    )  # fmt: skip
    return Current(**row) if row else None


async def touch(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Record that the sign-in was used."""
    await tx.execute("UPDATE sign_ins SET last_used_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, now)


async def act(tx: Transaction, clinic: str, id: str, at: datetime) -> None:
    """Record the person's own input."""
    await tx.execute(
        "UPDATE sign_ins SET active_at = greatest(active_at, $3) WHERE clinic_id = $1 AND id = $2", clinic, id, at
    )


async def enter(tx: Transaction, clinic: str, id: str, session: str) -> None:
    """Record the session that the sign-in entered last."""
    await tx.execute("UPDATE sign_ins SET session_id = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, session)


async def lock(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Lock the sign-in by hand."""
    await tx.execute(
        "UPDATE sign_ins SET locked_at = $3 WHERE clinic_id = $1 AND id = $2 AND locked_at IS NULL", clinic, id, now
    )
    await tx.execute("SELECT pg_notify('access_changes', 'locked')")


async def confirm(tx: Transaction, clinic: str, id: str, now: datetime, *, factor: bool) -> None:
    """Unlock the sign-in: the person has proved again who they are, `factor` with a second factor."""
    await tx.execute(
        """
        UPDATE sign_ins SET confirmed_at = $3, active_at = $3, locked_at = NULL,
                            factor_at = CASE WHEN $4 THEN $3 ELSE factor_at END
        WHERE clinic_id = $1 AND id = $2
        """,
        clinic, id, now, factor,
    )  # fmt: skip
    await tx.execute("SELECT pg_notify('access_changes', 'unlocked')")


async def give_factor(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Record that the person gave a second factor; this unlocks nothing."""
    await tx.execute("UPDATE sign_ins SET factor_at = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, now)


async def take_factor_of_provider(tx: Transaction, clinic: str, id: str) -> None:
    """Record that the clinic's provider vouched for a second factor."""
    await tx.execute("UPDATE sign_ins SET factor_by_provider = true WHERE clinic_id = $1 AND id = $2", clinic, id)


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


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in, for the person whose it is."""

    id: str
    begun: datetime
    used: datetime
    browser: str


async def of_person(tx: Transaction, clinic: str, person: str, begun_since: datetime) -> list[Listed]:
    """The person's sign-ins that have not ended and began after `begun_since`, the last used first."""
    rows = await tx.fetch(
        """
        SELECT id, created_at AS begun, last_used_at AS used, browser FROM sign_ins
        WHERE clinic_id = $1 AND person_id = $2 AND ended_at IS NULL AND created_at > $3
        ORDER BY last_used_at DESC, id
        """,
        clinic, person, begun_since,
    )  # fmt: skip
    return [Listed(**row) for row in rows]


async def end_one(tx: Transaction, clinic: str, person: str, id: str, now: datetime) -> bool:
    """End one sign-in of a person; False when they have no such sign-in."""
    found = await tx.fetchval(
        """
        UPDATE sign_ins SET ended_at = coalesce(ended_at, $4) WHERE clinic_id = $1 AND person_id = $2 AND id = $3
        RETURNING true
        """,
        clinic, person, id, now,
    )  # fmt: skip
    return bool(found)


async def end_others(tx: Transaction, clinic: str, person: str, kept: str, now: datetime) -> None:
    """End every sign-in of a person but one."""
    await tx.execute(
        "UPDATE sign_ins SET ended_at = $4 WHERE clinic_id = $1 AND person_id = $2 AND id <> $3 AND ended_at IS NULL",
        clinic, person, kept, now,
    )  # fmt: skip


class Idle(msgspec.Struct, frozen=True, kw_only=True):
    """What the lock of a sign-in follows from."""

    id: str
    active_at: datetime
    locked_at: datetime | None


async def idle_among(tx: Transaction, ids: Sequence[str]) -> list[Idle]:
    """When the persons of these sign-ins last used their pages."""
    rows = await tx.fetch("SELECT id, active_at, locked_at FROM sign_ins WHERE id = ANY($1::uuid[])", ids)
    return [Idle(**row) for row in rows]
