"""Guest links, the secret stored as its SHA-256. A link that rests on a release ends with it (migration 0032)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import msgspec

from domain.access.guest_links import GuestHolder, GuestLink, OfKind
from store.database import Transaction


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A link as staff see it."""

    id: str
    guest: str
    opens: str | OfKind
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    agreed_at: datetime | None


async def create(tx: Transaction, link: GuestLink, secret_hash: bytes | None) -> None:
    """Add a link. Without a secret it opens nothing until `put_digest` gives it one."""
    session = link.opens if isinstance(link.opens, str) else None
    row = link.opens if isinstance(link.opens, OfKind) else None
    await tx.execute(
        """
        INSERT INTO guest_links (clinic_id, id, guest_id, consent_id, role, session_id, program_id, kind, until,
                                 secret_hash, created_at, created_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """,
        link.clinic, link.id, link.guest, link.consent, link.role, session, row and row.program, row and row.kind,
        row and row.until, secret_hash, link.created_at, link.created_by, link.expires_at,
    )  # fmt: skip


async def put_digest(tx: Transaction, clinic: str, id: str, secret_hash: bytes, now: datetime) -> bool:
    """Give the link a new secret; the one before stops working. False when it has ended or does not exist."""
    changed: str | None = await tx.fetchval(
        """
        UPDATE guest_links SET secret_hash = $3
        WHERE clinic_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $4 RETURNING id
        """,
        clinic, id, secret_hash, now,
    )  # fmt: skip
    return changed is not None


async def holder(tx: Transaction, secret_hash: bytes) -> GuestHolder | None:
    """The holder of the link with that secret, even if the link has expired or was revoked."""
    row = await tx.fetchrow(
        """
        SELECT guest_links.id AS link, guest_links.clinic_id AS clinic, clinics.name AS clinic_name,
               guest_links.guest_id AS person, guest.display_name AS name, ties.client_id AS client,
               client.display_name AS client_name, relation, guest_links.role, session_id, guest_links.program_id,
               guest_links.kind, until, agreed_version,
               least(guest_links.expires_at, consents.expires_at) AS expires_at,
               least(guest_links.revoked_at, consents.revoked_at, guest.deactivated_at,
                     client.deactivated_at) AS revoked_at
        FROM guest_links
        JOIN clinics ON clinics.id = guest_links.clinic_id
        JOIN ties ON ties.clinic_id = guest_links.clinic_id AND ties.guest_id = guest_links.guest_id
        JOIN consents ON consents.clinic_id = guest_links.clinic_id AND consents.id = consent_id
        JOIN persons AS guest ON guest.clinic_id = guest_links.clinic_id AND guest.id = guest_links.guest_id
        JOIN persons AS client ON client.clinic_id = guest_links.clinic_id AND client.id = ties.client_id
        WHERE secret_hash = $1
        """,
        secret_hash,
    )
    return GuestHolder(**_with_opens(row.items())) if row else None


async def of_guests(tx: Transaction, clinic: str, guests: Collection[str]) -> list[Kept]:
    """Every link of these guests, the latest first."""
    rows = await tx.fetch(
        """
        SELECT id, guest_id AS guest, session_id, program_id, kind, until, created_at, expires_at, revoked_at, agreed_at
        FROM guest_links WHERE clinic_id = $1 AND guest_id = ANY($2::uuid[]) ORDER BY created_at DESC, id
        """,
        clinic, list(guests),
    )  # fmt: skip
    return [Kept(**_with_opens(row.items())) for row in rows]


async def revoke_of_client(tx: Transaction, clinic: str, client: str, now: datetime) -> None:
    """Withdraw every link of the client's guests."""
    await tx.execute(
        """
        UPDATE guest_links SET revoked_at = $3
        WHERE clinic_id = $1 AND revoked_at IS NULL
          AND guest_id IN (SELECT guest_id FROM ties WHERE clinic_id = $1 AND client_id = $2)
        """,
        clinic, client, now,
    )  # fmt: skip


async def guest_of(tx: Transaction, clinic: str, id: str) -> str | None:
    """The guest of the clinic's link with that id, or None."""
    found: str | None = await tx.fetchval(
        "SELECT guest_id FROM guest_links WHERE clinic_id = $1 AND id = $2", clinic, id
    )
    return found


async def revoke(tx: Transaction, clinic: str, id: str, now: datetime) -> None:
    """Withdraw one link; the guest's others stay."""
    await tx.execute(
        "UPDATE guest_links SET revoked_at = coalesce(revoked_at, $3) WHERE clinic_id = $1 AND id = $2",
        clinic, id, now,
    )  # fmt: skip


async def agree(tx: Transaction, clinic: str, id: str, version: str, now: datetime) -> None:
    """Keep that the guest agreed to this version of the confidentiality rule."""
    await tx.execute(
        "UPDATE guest_links SET agreed_at = $4, agreed_version = $3 WHERE clinic_id = $1 AND id = $2",
        clinic, id, version, now,
    )  # fmt: skip


def _with_opens(row: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(row)
    session, program, kind, until = (values.pop(name) for name in ("session_id", "program_id", "kind", "until"))
    return {**values, "opens": session or OfKind(program=program, kind=kind, until=until)}
