"""Staff of a clinic: the persons who have a role, or had one."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from domain.errors import NotFound
from domain.people.persons import StaffState
from domain.people.roles import StaffRole
from store.database import Transaction


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff."""

    id: str
    name: str
    email: str | None
    roles: Sequence[StaffRole]
    auditor_until: datetime | None
    state: StaffState
    invited_until: datetime | None
    """Until when the open invitation may be accepted, or might have been."""


_MEMBERS = """
    SELECT persons.id, display_name AS name, email,
           ARRAY(SELECT role FROM staff_roles
                 WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id ORDER BY role) AS roles,
           (SELECT until FROM staff_roles
            WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id AND role = 'auditor')
               AS auditor_until,
           CASE WHEN deactivated_at IS NOT NULL THEN 'off'
                WHEN EXISTS (SELECT FROM passwords
                             WHERE passwords.clinic_id = persons.clinic_id AND person_id = persons.id)
                  OR EXISTS (SELECT FROM staff_invitations AS taken
                             WHERE taken.clinic_id = persons.clinic_id AND taken.person_id = persons.id
                               AND accepted_at IS NOT NULL)
                  OR EXISTS (SELECT FROM provider_accounts
                             WHERE provider_accounts.clinic_id = persons.clinic_id
                               AND provider_accounts.person_id = persons.id) THEN 'active'
                ELSE 'invited' END AS state,
           (SELECT expires_at FROM staff_invitations AS open
            WHERE open.clinic_id = persons.clinic_id AND open.person_id = persons.id
              AND accepted_at IS NULL AND withdrawn_at IS NULL) AS invited_until
    FROM persons WHERE persons.clinic_id = $1
      AND EXISTS (SELECT FROM staff_roles
                  WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id)
"""


async def all_of(tx: Transaction, clinic: str) -> list[Member]:
    """Everybody who works in the clinic, or did, by name."""
    rows = await tx.fetch(f"{_MEMBERS} ORDER BY lower(display_name), id", clinic)
    return [Member(**row) for row in rows]


async def get(tx: Transaction, clinic: str, person: str) -> Member:
    """The clinic's member of staff with that id.

    Raises:
        NotFound
    """
    row = await tx.fetchrow(f"{_MEMBERS} AND persons.id = $2", clinic, person)
    if row is None:
        raise NotFound
    return Member(**row)


async def replace_roles(
    tx: Transaction, clinic: str, person: str, roles: Collection[StaffRole], auditor_until: datetime | None
) -> None:
    """Make these the person's roles. Rooms hear of a role that is lost (migration 0012)."""
    await tx.execute(
        "DELETE FROM staff_roles WHERE clinic_id = $1 AND person_id = $2 AND (role = 'auditor' OR role <> ALL($3))",
        clinic, person, sorted(roles),
    )  # fmt: skip
    await tx.executemany(
        """
        INSERT INTO staff_roles (clinic_id, person_id, role, until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        """,
        [(clinic, person, role, auditor_until if role == "auditor" else None) for role in sorted(roles)],
    )


async def take_turns(tx: Transaction, clinic: str) -> None:
    """Wait for others who change who administers the clinic, and keep them waiting until this transaction ends."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('administrators ' || $1, 0))", clinic)


async def is_administered(tx: Transaction, clinic: str) -> bool:
    """Whether an administrator is left who can sign in."""
    members = await all_of(tx, clinic)
    return any(member.state == "active" and "administrator" in member.roles for member in members)
