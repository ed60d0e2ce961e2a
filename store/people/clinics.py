"""Clinics, which own all other rows."""

import msgspec

from store.database import Transaction


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """One clinic; `timezone` is an IANA name."""

    id: str
    name: str
    timezone: str


async def create(tx: Transaction, clinic: Clinic) -> None:
    """Add a clinic."""
    insert = "INSERT INTO clinics (id, name, timezone) VALUES ($1, $2, $3)"
    await tx.execute(insert, clinic.id, clinic.name, clinic.timezone)


async def named(tx: Transaction, name: str) -> Clinic | None:
    """The clinic with that name."""
    row = await tx.fetchrow("SELECT id, name, timezone FROM clinics WHERE name = $1", name)
    return Clinic(**row) if row else None


async def timezone_of(tx: Transaction, id: str) -> str:
    """The time zone of the clinic with that id, which exists."""
    zone: str = await tx.fetchval("SELECT timezone FROM clinics WHERE id = $1", id)
    return zone


async def name_of(tx: Transaction, id: str) -> str:
    """The name of the clinic with that id, which exists."""
    name: str = await tx.fetchval("SELECT name FROM clinics WHERE id = $1", id)
    return name


async def every(tx: Transaction) -> list[str]:
    """The ids of all clinics."""
    return [row["id"] for row in await tx.fetch("SELECT id FROM clinics ORDER BY id")]
