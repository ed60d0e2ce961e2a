"""Clinics, which own all other rows."""

import msgspec

from domain.mail.mails import Language
from store.database import Transaction


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """One clinic; `timezone` is an IANA name."""

    id: str
    name: str
    timezone: str
    language: Language = "en"
    """The language of whoever has not said another."""


async def create(tx: Transaction, clinic: Clinic) -> None:
    """Add a clinic."""
    insert = "INSERT INTO clinics (id, name, timezone, language) VALUES ($1, $2, $3, $4)"
    await tx.execute(insert, clinic.id, clinic.name, clinic.timezone, clinic.language)


async def named(tx: Transaction, name: str) -> Clinic | None:
    """The clinic with that name."""
    row = await tx.fetchrow("SELECT id, name, timezone, language FROM clinics WHERE name = $1", name)
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


async def get(tx: Transaction, id: str) -> Clinic:
    """The clinic with that id, which exists."""
    row = await tx.fetchrow("SELECT id, name, timezone, language FROM clinics WHERE id = $1", id)
    return msgspec.convert(dict(row or {}), Clinic)


async def describe(tx: Transaction, clinic: Clinic) -> None:
    """Change the clinic's name, zone and language."""
    update = "UPDATE clinics SET name = $2, timezone = $3, language = $4 WHERE id = $1"
    await tx.execute(update, clinic.id, clinic.name, clinic.timezone, clinic.language)
