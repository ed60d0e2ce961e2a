"""First runs of clinics, and the digests of their links."""

from datetime import datetime

import msgspec

from domain.access.first_runs import FirstRun, Left
from domain.people.roles import MAY, may
from store.database import Transaction

_LEADERS = [role for role in MAY if may([role], "rooms.lead")]


async def put(tx: Transaction, clinic: str, digest: bytes, expires_at: datetime) -> bool:
    """Give the clinic's first run a link; the one before stops working. False if an administrator is there already."""
    found = await tx.fetchval(
        """
        INSERT INTO first_runs (clinic_id, secret_hash, expires_at) SELECT $1, $2, $3
        WHERE NOT EXISTS (SELECT FROM staff_roles WHERE clinic_id = $1 AND role = 'administrator')
        ON CONFLICT (clinic_id) DO UPDATE SET secret_hash = excluded.secret_hash, expires_at = excluded.expires_at
        WHERE first_runs.used_at IS NULL RETURNING true
        """,
        clinic, digest, expires_at,
    )  # fmt: skip
    return bool(found)


async def with_secret(tx: Transaction, digest: bytes) -> FirstRun | None:
    """What the link with that secret proves, even if it is over."""
    row = await tx.fetchrow(
        """
        SELECT clinic_id AS clinic, clinics.name AS clinic_name, expires_at, used_at
        FROM first_runs JOIN clinics ON clinics.id = clinic_id WHERE secret_hash = $1
        """,
        digest,
    )
    return FirstRun(**row) if row else None


async def use(tx: Transaction, clinic: str, now: datetime) -> bool:
    """Spend the link; False if another request did."""
    found = await tx.fetchval(
        "UPDATE first_runs SET used_at = $2 WHERE clinic_id = $1 AND used_at IS NULL RETURNING true", clinic, now
    )
    return bool(found)


async def left(tx: Transaction, clinic: str, administrator: str) -> Left:
    """What the clinic has already, as that administrator goes on with it."""
    row = await tx.fetchrow(
        """
        SELECT EXISTS (SELECT FROM second_factors WHERE clinic_id = $1 AND person_id = $2) AS second_factor,
               (SELECT id FROM programs WHERE clinic_id = $1 ORDER BY id LIMIT 1) AS program,
               (SELECT count(*) FROM clinic_kinds WHERE clinic_id = $1) AS kinds,
               (SELECT count(DISTINCT person_id) FROM staff_roles
                WHERE clinic_id = $1 AND role = ANY($3)) AS leaders,
               (SELECT count(*) FROM client_records WHERE clinic_id = $1) AS clients,
               (SELECT id FROM sessions WHERE clinic_id = $1 ORDER BY id LIMIT 1) AS "group"
        """,
        clinic, administrator, _LEADERS,
    )  # fmt: skip
    return msgspec.convert(dict(row or {}), Left)
