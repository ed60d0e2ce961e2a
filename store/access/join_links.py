"""Personal join links: one person, expiring, revocable; the secret stored as its SHA-256."""

from datetime import datetime

import msgspec

from domain.access.links import JoinLink, LinkHolder
from store.database import Transaction


async def create(tx: Transaction, link: JoinLink, secret_hash: bytes) -> None:
    """Add a link."""
    await tx.execute(
        """
        INSERT INTO join_links (id, clinic_id, person_id, enrolment_id, secret_hash, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        link.id, link.clinic, link.person, link.enrolment, secret_hash, link.created_at, link.expires_at,
    )  # fmt: skip


async def holder(tx: Transaction, secret_hash: bytes) -> LinkHolder | None:
    """The holder of the link with that secret, even if the link has expired or was revoked; without their days."""
    row = await tx.fetchrow(
        """
        SELECT join_links.id AS link, join_links.clinic_id AS clinic, clinics.name AS clinic_name,
               join_links.person_id AS person, persons.display_name AS name, enrolment_id AS enrolment,
               enrolments.program_id AS program, coalesce(programs.name, clinics.name) AS program_name,
               programs.timezone, expires_at, coalesce(revoked_at, deactivated_at) AS revoked_at
        FROM join_links
        JOIN clinics ON clinics.id = join_links.clinic_id
        JOIN persons ON persons.clinic_id = join_links.clinic_id AND persons.id = join_links.person_id
        LEFT JOIN enrolments ON enrolments.clinic_id = join_links.clinic_id AND enrolments.id = enrolment_id
        LEFT JOIN programs ON programs.clinic_id = join_links.clinic_id AND programs.id = enrolments.program_id
        WHERE secret_hash = $1
        """,
        secret_hash,
    )
    return LinkHolder(**row) if row else None


class Owner(msgspec.Struct, frozen=True):
    """The person to whom a link belongs, and the enrolment that it rests on, if any."""

    person: str
    enrolment: str | None


async def owner_of(tx: Transaction, clinic: str, id: str) -> Owner | None:
    """The owner of the clinic's link with that id, or None."""
    row = await tx.fetchrow(
        "SELECT person_id AS person, enrolment_id AS enrolment FROM join_links WHERE clinic_id = $1 AND id = $2",
        clinic, id,
    )  # fmt: skip
    return Owner(**row) if row else None


async def of_client(tx: Transaction, clinic: str, client: str) -> list[JoinLink]:
    """Every link of the client, the newest first, also those that open nothing any more."""
    rows = await tx.fetch(
        """
        SELECT id, clinic_id AS clinic, person_id AS person, enrolment_id AS enrolment, created_at, expires_at,
               revoked_at
        FROM join_links WHERE clinic_id = $1 AND person_id = $2 ORDER BY created_at DESC, id
        """,
        clinic, client,
    )  # fmt: skip
    return [JoinLink(**row) for row in rows]


async def revoke(tx: Transaction, clinic: str, id: str, now: datetime) -> str | None:
    """Revoke the link; returns its person's id, or None when the clinic has no such link."""
    revoked: str | None = await tx.fetchval(
        """
        UPDATE join_links SET revoked_at = coalesce(revoked_at, $3) WHERE clinic_id = $1 AND id = $2
        RETURNING person_id
        """,
        clinic, id, now,
    )  # fmt: skip
    return revoked


async def revoke_all(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """Revoke every link of a person that is not revoked yet."""
    await tx.execute(
        "UPDATE join_links SET revoked_at = $3 WHERE clinic_id = $1 AND person_id = $2 AND revoked_at IS NULL",
        clinic, person, now,
    )  # fmt: skip
