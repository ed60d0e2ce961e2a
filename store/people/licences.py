"""Licences of staff, and what a clinic's sessions ask for."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from domain.errors import Conflict, NotFound
from domain.people.licences import Licence, LicencePolicy, LicenceRule
from store.database import Transaction

_SELECT = """
    SELECT licences.id, person_id AS person, kind, state, number, npi, from_on, to_on FROM licences
    WHERE licences.clinic_id = $1 AND withdrawn_at IS NULL
"""


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes, and when."""

    by: str
    at: datetime


async def of_persons(tx: Transaction, clinic: str, persons: Sequence[str]) -> list[Licence]:
    """The licences of these members of staff, the last to begin first."""
    rows = await tx.fetch(f"{_SELECT} AND person_id = ANY($2::uuid[]) ORDER BY from_on DESC, id", clinic, persons)
    return [Licence(**row) for row in rows]


async def get(tx: Transaction, clinic: str, id: str) -> Licence:
    """The clinic's licence with that id.

    Raises:
        NotFound
        Conflict: it was withdrawn or corrected meanwhile.
    """
    if row := await tx.fetchrow(f"{_SELECT} AND id = $2", clinic, id):
        return Licence(**row)
    if await tx.fetchval("SELECT true FROM licences WHERE clinic_id = $1 AND id = $2", clinic, id):
        raise Conflict
    raise NotFound


async def with_an_end(tx: Transaction, clinic: str, since: date) -> list[tuple[str, Licence]]:
    """All licences of people who work here that may have been in force since that day, with their holders' names."""
    rows = await tx.fetch(
        """
        SELECT display_name, licences.id, person_id AS person, kind, state, number, npi, from_on, to_on
        FROM licences JOIN persons ON persons.clinic_id = licences.clinic_id AND persons.id = person_id
        WHERE licences.clinic_id = $1 AND withdrawn_at IS NULL AND deactivated_at IS NULL
          AND (to_on IS NULL OR to_on >= $2)
          AND EXISTS (SELECT FROM staff_roles
                      WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id)
        ORDER BY to_on, licences.id
        """,
        clinic, since,
    )  # fmt: skip
    return [(row.pop("display_name"), Licence(**row)) for row in map(dict, rows)]


async def add(tx: Transaction, clinic: str, licence: Licence, writer: Writer) -> None:
    """Add a licence."""
    await tx.execute(
        """
        INSERT INTO licences (clinic_id, id, person_id, kind, state, number, npi, from_on, to_on, recorded_at,
                              recorded_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        clinic, licence.id, licence.person, licence.kind, licence.state, licence.number, licence.npi, licence.from_on,
        licence.to_on, writer.at, writer.by,
    )  # fmt: skip


async def withdraw(tx: Transaction, clinic: str, id: str, writer: Writer) -> None:
    """Withdraw a licence: what was written stays, and counts nowhere.

    Raises:
        Conflict: it was withdrawn before.
    """
    found = await tx.fetchval(
        """
        UPDATE licences SET withdrawn_at = $3, withdrawn_by = $4
        WHERE clinic_id = $1 AND id = $2 AND withdrawn_at IS NULL RETURNING true
        """,
        clinic, id, writer.at, writer.by,
    )  # fmt: skip
    if not found:
        raise Conflict


async def rules_of(tx: Transaction, clinic: str) -> list[LicenceRule]:
    """What the clinic's sessions ask for beside the defaults, by kind and day."""
    rows = await tx.fetch(
        "SELECT kind, asked, from_on FROM licence_rules WHERE clinic_id = $1 ORDER BY kind, from_on", clinic
    )
    return [LicenceRule(**row) for row in rows]


async def set_rule(tx: Transaction, clinic: str, rule: LicenceRule, writer: Writer) -> None:
    """Have sessions of that kind ask for that from its day on."""
    await tx.execute(
        """
        INSERT INTO licence_rules (clinic_id, kind, from_on, asked, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (clinic_id, kind, from_on)
        DO UPDATE SET asked = excluded.asked, set_at = excluded.set_at, set_by = excluded.set_by
        """,
        clinic, rule.kind, rule.from_on, rule.asked, writer.at, writer.by,
    )  # fmt: skip


async def policy_of(tx: Transaction, clinic: str) -> LicencePolicy:
    """What the clinic does where a licence is missing; one that has said nothing warns."""
    policy: LicencePolicy | None = await tx.fetchval("SELECT policy FROM licence_policies WHERE clinic_id = $1", clinic)
    return policy or "warn"


async def set_policy(tx: Transaction, clinic: str, policy: LicencePolicy, writer: Writer) -> None:
    """Have the clinic do this from now on."""
    await tx.execute(
        """
        INSERT INTO licence_policies (clinic_id, policy, changed_at, changed_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (clinic_id) DO UPDATE SET policy = excluded.policy, changed_at = excluded.changed_at,
                                              changed_by = excluded.changed_by
        """,
        clinic, policy, writer.at, writer.by,
    )  # fmt: skip
