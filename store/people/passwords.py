"""Passwords of staff, as hashes."""

from datetime import datetime

import msgspec

from store.database import Transaction


class Password(msgspec.Struct, frozen=True, kw_only=True):
    """A person's password hash, which a sign-in must match."""

    person: str
    clinic: str
    hash: str


async def replace(tx: Transaction, clinic: str, person: str, hash: str, now: datetime) -> None:
    """Make `hash` the person's password from now on."""
    await tx.execute(
        """
        INSERT INTO passwords (clinic_id, person_id, hash, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (clinic_id, person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
        """,
        clinic, person, hash, now,
    )  # fmt: skip


async def of_address(tx: Transaction, email: str, now: datetime) -> Password | None:
    """The password of the staff member of any clinic who signs in with that address and has a role now."""
    row = await tx.fetchrow(
        """
        SELECT persons.id AS person, persons.clinic_id AS clinic, passwords.hash
        FROM persons JOIN passwords ON passwords.clinic_id = persons.clinic_id AND passwords.person_id = persons.id
        WHERE lower(persons.email) = lower($1) AND persons.signs_in AND persons.deactivated_at IS NULL
          AND EXISTS (SELECT FROM staff_roles
                      WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id
                        AND (until IS NULL OR until > $2))
        """,
        email, now,
    )  # fmt: skip
    return Password(**row) if row else None


async def known_words(tx: Transaction, clinic: str, person: str) -> list[str]:
    """What others know of a person, so that no password should be made of it: their name, address and clinic."""
    row = await tx.fetchrow(
        """
        SELECT display_name, email, clinics.name FROM persons JOIN clinics ON clinics.id = clinic_id
        WHERE clinic_id = $1 AND persons.id = $2
        """,
        clinic, person,
    )  # fmt: skip
    return [word for word in row or () if word]


async def of_person(tx: Transaction, clinic: str, person: str) -> str | None:
    """The hash of a person's password."""
    hash: str | None = await tx.fetchval(
        "SELECT hash FROM passwords WHERE clinic_id = $1 AND person_id = $2", clinic, person
    )
    return hash
