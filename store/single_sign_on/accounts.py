"""Accounts at providers that are linked with staff, by issuer and subject; no e-mail address plays a part."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from domain.access.single_sign_on import Vouched
from domain.errors import Conflict
from store.database import Transaction, UniqueViolation


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account that is linked with a person."""

    person: str
    methods: Sequence[str]
    """How the person proved to be its owner, as the last token said."""
    linked_at: datetime
    last_used_at: datetime


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the clinic's staff depend on a provider, and what its tokens have said."""

    people: int
    without_password: int
    methods: Sequence[str]


async def link(tx: Transaction, clinic: str, person: str, vouched: Vouched, now: datetime) -> None:
    """Link an account with a person.

    Raises:
        Conflict: the account or the person is linked already.
    """
    try:
        await tx.execute(
            """
            INSERT INTO provider_accounts (clinic_id, issuer, subject, person_id, methods, linked_at, last_used_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6)
            """,
            clinic, vouched.issuer, vouched.subject, person, vouched.methods, now,
        )  # fmt: skip
    except UniqueViolation as error:
        raise Conflict(
            "That account is linked with somebody else of your clinic, or you have another one linked. "
            "An account belongs to one person, and a person has one: unlink the old one first."
        ) from error


async def use(tx: Transaction, clinic: str, vouched: Vouched, now: datetime) -> str | None:
    """The person of the clinic with that account, if they may sign in now; the use is recorded."""
    person: str | None = await tx.fetchval(
        """
        UPDATE provider_accounts SET last_used_at = $4, methods = $5
        FROM persons
        WHERE provider_accounts.clinic_id = $1 AND issuer = $2 AND subject = $3
          AND persons.clinic_id = provider_accounts.clinic_id AND persons.id = person_id AND deactivated_at IS NULL
          AND EXISTS (SELECT FROM staff_roles
                      WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id
                        AND (until IS NULL OR until > $4))
        RETURNING person_id
        """,
        clinic, vouched.issuer, vouched.subject, now, vouched.methods,
    )  # fmt: skip
    return person


async def of_person(tx: Transaction, clinic: str, person: str, issuer: str) -> Account | None:
    """The person's account at that issuer."""
    row = await tx.fetchrow(
        """
        SELECT person_id AS person, methods, linked_at, last_used_at FROM provider_accounts
        WHERE clinic_id = $1 AND person_id = $2 AND issuer = $3
        """,
        clinic, person, issuer,
    )  # fmt: skip
    return Account(**row) if row else None


async def unlink(tx: Transaction, clinic: str, person: str, issuer: str) -> bool:
    """Unlink the person's account at that issuer; False when there is none."""
    found = await tx.fetchval(
        "DELETE FROM provider_accounts WHERE clinic_id = $1 AND person_id = $2 AND issuer = $3 RETURNING true",
        clinic, person, issuer,
    )  # fmt: skip
    return bool(found)


async def linked(tx: Transaction, clinic: str, issuer: str) -> Linked:
    """Who of the clinic depends on that issuer, counted."""
    [row] = await tx.fetch(
        """
        SELECT count(*) AS people, count(*) FILTER (WHERE passwords.person_id IS NULL) AS without_password,
               ARRAY(SELECT DISTINCT unnest(methods) AS method FROM provider_accounts
                     WHERE clinic_id = $1 AND issuer = $2 ORDER BY method LIMIT 50) AS methods
        FROM provider_accounts AS account
        JOIN persons ON persons.clinic_id = account.clinic_id AND persons.id = account.person_id
        LEFT JOIN passwords ON passwords.clinic_id = account.clinic_id AND passwords.person_id = account.person_id
        WHERE account.clinic_id = $1 AND issuer = $2 AND deactivated_at IS NULL
        """,
        clinic, issuer,
    )  # fmt: skip
    return Linked(**row)
