"""Persons: staff and clients, in one table; a row in `staff_roles` makes a person staff."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.errors import Conflict
from domain.people.persons import Person
from store.database import Transaction, UniqueViolation

TAKEN = "Somebody signs in with this address already, so it was not changed. Ask for a link to a different one."


class SignsIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person who signs in with an address, and their clinic."""

    person: str
    clinic: str


_COLUMNS = """id, display_name, email, external_id, deactivated_at,
              ARRAY(SELECT role FROM staff_roles
                    WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id
                    ORDER BY role) AS staff_roles,
              (SELECT until FROM staff_roles
               WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id AND role = 'auditor')
              AS auditor_until"""


async def create(tx: Transaction, clinic: str, person: Person, *, elsewhere: bool = False) -> bool:
    """Add a person with their staff roles. Staff sign in with their address, unless a person elsewhere does already:
    then the person is added without sign-in, and the answer is False.

    Raises:
        Conflict: another person of the clinic has the e-mail address.
    """
    wanted = person.email if person.staff_roles else None
    signs_in = wanted is not None and not elsewhere and not await _in_use(tx, wanted)
    try:
        await tx.execute(
            """
            INSERT INTO persons (id, clinic_id, display_name, email, external_id, signs_in)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            person.id, clinic, person.display_name, person.email, person.external_id, signs_in,
        )  # fmt: skip
    except UniqueViolation as error:
        raise Conflict("Another person in this clinic has that e-mail address. Give a different one.") from error
    await tx.executemany(
        "INSERT INTO staff_roles (clinic_id, person_id, role, until) VALUES ($1, $2, $3, $4)",
        [
            (clinic, person.id, role, person.auditor_until if role == "auditor" else None)
            for role in set(person.staff_roles)
        ],
    )
    return signs_in or wanted is None


async def _in_use(tx: Transaction, email: str) -> bool:
    """Whether a person signs in with the address; other transactions that ask wait until this one ends."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || lower($1), 0))", email)
    return await with_email(tx, email) is not None


async def find(tx: Transaction, clinic: str, id: str) -> Person | None:
    """The clinic's person with that id."""
    row = await tx.fetchrow(f"SELECT {_COLUMNS} FROM persons WHERE clinic_id = $1 AND id = $2", clinic, id)
    return Person(**row) if row else None


async def after(tx: Transaction, clinic: str, id: str | None, limit: int) -> list[Person]:
    """Persons of the clinic with ids after `id`, in the order of their ids, at most `limit`. Guests stand with their
    clients."""
    rows = await tx.fetch(
        f"""
        SELECT {_COLUMNS} FROM persons
        WHERE clinic_id = $1 AND ($2::uuid IS NULL OR id > $2) AND erased_at IS NULL
          AND NOT EXISTS (SELECT FROM ties WHERE ties.clinic_id = persons.clinic_id AND guest_id = persons.id)
        ORDER BY id LIMIT $3
        """,
        clinic, id, limit,
    )  # fmt: skip
    return [Person(**row) for row in rows]


async def of_ids(tx: Transaction, clinic: str, ids: Sequence[str]) -> dict[str, Person]:
    """The clinic's persons among these ids, by id."""
    rows = await tx.fetch(f"SELECT {_COLUMNS} FROM persons WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, ids)
    return {row["id"]: Person(**row) for row in rows}


async def signs_in(tx: Transaction, clinic: str, id: str) -> bool:
    """Whether the person's address is their own for signing in, and nobody's elsewhere."""
    found: bool | None = await tx.fetchval("SELECT signs_in FROM persons WHERE clinic_id = $1 AND id = $2", clinic, id)
    return bool(found)


async def deactivate(tx: Transaction, clinic: str, id: str, now: datetime) -> bool:
    """Stop a person from signing in and from joining by a link. False when the clinic has no such person."""
    found = await tx.fetchval(
        """
        UPDATE persons SET deactivated_at = coalesce(deactivated_at, $3) WHERE clinic_id = $1 AND id = $2
        RETURNING true
        """,
        clinic, id, now,
    )  # fmt: skip
    return bool(found)


async def reactivate(tx: Transaction, clinic: str, id: str) -> bool:
    """Let a person sign in and join by a link again. False when the clinic has no such person."""
    found = await tx.fetchval(
        "UPDATE persons SET deactivated_at = NULL WHERE clinic_id = $1 AND id = $2 RETURNING true", clinic, id
    )
    return bool(found)


async def as_compared(tx: Transaction, email: str) -> str:
    """The address in lower case, as the database compares addresses: its rules for letters differ from Python's."""
    compared: str = await tx.fetchval("SELECT lower($1)", email)
    return compared


async def with_email(tx: Transaction, email: str) -> SignsIn | None:
    """The person of any clinic who signs in with that address."""
    row = await tx.fetchrow(
        "SELECT id AS person, clinic_id AS clinic FROM persons WHERE lower(email) = lower($1) AND signs_in", email
    )
    return SignsIn(**row) if row else None


async def rename(tx: Transaction, clinic: str, id: str, name: str) -> None:
    """Make this the name that staff and the person themselves see."""
    await tx.execute("UPDATE persons SET display_name = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, name)


async def sign_in_with(tx: Transaction, clinic: str, id: str, email: str) -> None:
    """Make this the address that a member of staff signs in with.

    Raises:
        Conflict: somebody signs in with it, or another person of the clinic has it.
    """
    try:
        await tx.execute("UPDATE persons SET email = $3 WHERE clinic_id = $1 AND id = $2", clinic, id, email)
    except UniqueViolation as error:
        raise Conflict(TAKEN) from error
