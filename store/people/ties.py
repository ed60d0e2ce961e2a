"""Ties: the guests of clients."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from domain.people.ties import Guardian, Tie
from store.database import Transaction

_COLUMNS = """guest_id AS guest, client_id AS client, relation, email, phone, language, guardian_name,
              guardian_signed_on, made_at, made_by"""


async def create(tx: Transaction, clinic: str, tie: Tie) -> None:
    """Tie a guest to their client."""
    guardian = tie.guardian
    await tx.execute(
        """
        INSERT INTO ties (clinic_id, guest_id, client_id, relation, email, phone, language, guardian_name,
                          guardian_signed_on, made_at, made_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        clinic, tie.guest, tie.client, tie.relation, tie.email, tie.phone, tie.language,
        guardian.name if guardian else None, guardian.signed_on if guardian else None, tie.made_at, tie.made_by,
    )  # fmt: skip


async def of_guest(tx: Transaction, clinic: str, guest: str) -> Tie | None:
    """The guest's tie, or None if the clinic has no such guest."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM ties WHERE clinic_id = $1 AND guest_id = $2", clinic, guest)
    return _tie(row.items()) if row else None


async def hosts(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, str]:
    """By guest among these people, the client whose guest they are."""
    rows = await tx.fetch(
        "SELECT guest_id, client_id FROM ties WHERE clinic_id = $1 AND guest_id = ANY($2::uuid[])", clinic, people
    )
    return {row["guest_id"]: row["client_id"] for row in rows}


async def of_client(tx: Transaction, clinic: str, client: str) -> list[Tie]:
    """The client's guests, the latest first."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ties WHERE clinic_id = $1 AND client_id = $2 ORDER BY made_at DESC, guest_id",
        clinic,
        client,
    )
    return [_tie(row.items()) for row in rows]


async def among(tx: Transaction, clinic: str, persons: Collection[str]) -> dict[str, Tie]:
    """The ties of those among these persons who are guests, by guest."""
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM ties WHERE clinic_id = $1 AND guest_id = ANY($2::uuid[])", clinic, list(persons)
    )
    return {row["guest"]: _tie(row.items()) for row in rows}


def _tie(row: Iterable[tuple[str, Any]]) -> Tie:
    values = dict(row)
    name, signed_on = values.pop("guardian_name"), values.pop("guardian_signed_on")
    return Tie(guardian=None if name is None else Guardian(name=name, signed_on=signed_on), **values)
