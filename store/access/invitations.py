"""Invitations of staff, and the digests of their links."""

from datetime import datetime

from domain.access.invitations import Invitation, Invited
from store.database import Transaction

_OPEN = "accepted_at IS NULL AND withdrawn_at IS NULL"


async def create(tx: Transaction, invitation: Invitation) -> None:
    """Add an invitation; the person's earlier one is withdrawn. Its link works once a secret is put."""
    await withdraw(tx, invitation.clinic, invitation.person, invitation.created_at)
    await tx.execute(
        """
        INSERT INTO staff_invitations (clinic_id, id, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
        """,
        invitation.clinic, invitation.id, invitation.person, invitation.created_at, invitation.expires_at,
    )  # fmt: skip


async def put_digest(tx: Transaction, clinic: str, id: str, digest: bytes, now: datetime) -> bool:
    """Give the invitation's link a new secret; the one before stops working. False if the invitation is over."""
    found = await tx.fetchval(
        f"""
        UPDATE staff_invitations SET secret_hash = $3
        WHERE clinic_id = $1 AND id = $2 AND {_OPEN} AND expires_at > $4 RETURNING true
        """,
        clinic, id, digest, now,
    )  # fmt: skip
    return bool(found)


async def with_secret(tx: Transaction, digest: bytes) -> Invited | None:
    """What the link with that secret proves, even if it is over."""
    row = await tx.fetchrow(
        """
        SELECT staff_invitations.id AS invitation, staff_invitations.clinic_id AS clinic, clinics.name AS clinic_name,
               person_id AS person, display_name AS name, email, expires_at, accepted_at,
               coalesce(withdrawn_at, deactivated_at) AS withdrawn_at,
               ARRAY(SELECT role FROM staff_roles
                     WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id
                     ORDER BY role) AS roles
        FROM staff_invitations
        JOIN clinics ON clinics.id = staff_invitations.clinic_id
        JOIN persons ON persons.clinic_id = staff_invitations.clinic_id AND persons.id = person_id
        WHERE secret_hash = $1
        """,
        digest,
    )
    return Invited(**row) if row else None


async def accept(tx: Transaction, clinic: str, id: str, now: datetime) -> bool:
    """Use the invitation up; False if another request did, or it was withdrawn."""
    found = await tx.fetchval(
        f"UPDATE staff_invitations SET accepted_at = $3 WHERE clinic_id = $1 AND id = $2 AND {_OPEN} RETURNING true",
        clinic, id, now,
    )  # fmt: skip
    return bool(found)


async def withdraw(tx: Transaction, clinic: str, person: str, now: datetime) -> bool:
    """Withdraw the person's open invitation; False if there is none."""
    found = await tx.fetchval(
        f"""
        UPDATE staff_invitations SET withdrawn_at = $3
        WHERE clinic_id = $1 AND person_id = $2 AND {_OPEN} RETURNING true
        """,
        clinic, person, now,
    )  # fmt: skip
    return bool(found)
