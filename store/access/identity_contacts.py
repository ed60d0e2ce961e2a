"""The contact to which a client's identity codes go."""

from datetime import datetime

import msgspec

from domain.access.identity import Contact
from store.database import Transaction


class NewContact(msgspec.Struct, frozen=True, kw_only=True):
    """A contact about to be set."""

    clinic: str
    person: str
    address: str
    at: datetime
    by: str


_SHARED = """EXISTS (SELECT FROM identity_contacts AS other
                     WHERE other.clinic_id = own.clinic_id AND other.person_id <> own.person_id
                       AND lower(other.address) = lower(own.address))"""


async def put(tx: Transaction, contact: NewContact) -> None:
    """Set the person's contact; earlier wrong codes count no more."""
    await tx.execute(
        """
        INSERT INTO identity_contacts (clinic_id, person_id, address, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (clinic_id, person_id) DO UPDATE SET address = $3, set_at = $4, set_by = $5, wrong_tries = 0
        """,
        contact.clinic, contact.person, contact.address, contact.at, contact.by,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, person: str) -> Contact | None:
    """The person's contact. Until this transaction ends, nobody else changes it or gives a code for it."""
    row = await tx.fetchrow(
        f"""
        SELECT address, set_at, set_by, wrong_tries, {_SHARED} AS shared FROM identity_contacts AS own
        WHERE own.clinic_id = $1 AND own.person_id = $2 FOR UPDATE
        """,
        clinic, person,
    )  # fmt: skip
    return Contact(**row) if row else None


async def count_tries(tx: Transaction, clinic: str, person: str, tries: int) -> None:
    """Set how many wrong codes were given in a row."""
    await tx.execute(
        "UPDATE identity_contacts SET wrong_tries = $3 WHERE clinic_id = $1 AND person_id = $2", clinic, person, tries
    )


async def remove(tx: Transaction, clinic: str, person: str) -> None:
    """Remove the person's contact: no codes are sent."""
    await tx.execute("DELETE FROM identity_contacts WHERE clinic_id = $1 AND person_id = $2", clinic, person)
