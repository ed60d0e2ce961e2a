"""Staff of a clinic: the persons who have a role, or had one."""

from collections.abc import Sequence

import msgspec

from domain.people.persons import StaffState
from domain.people.roles import StaffRole
from store.database import Transaction


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff."""

    id: str
    name: str
    email: str | None
    roles: Sequence[StaffRole]
    state: StaffState


_MEMBERS = """
    SELECT persons.id, display_name AS name, email,
           ARRAY(SELECT role FROM staff_roles
                 WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id ORDER BY role) AS roles,
           CASE WHEN deactivated_at IS NOT NULL THEN 'off'
                WHEN EXISTS (SELECT FROM passwords
                             WHERE passwords.clinic_id = persons.clinic_id AND person_id = persons.id) THEN 'active'
                ELSE 'invited' END AS state
    FROM persons WHERE persons.clinic_id = $1
      AND EXISTS (SELECT FROM staff_roles
                  WHERE staff_roles.clinic_id = persons.clinic_id AND person_id = persons.id)
"""


async def all_of(tx: Transaction, clinic: str) -> list[Member]:
    """Everybody who works in the clinic, or did, by name."""
    rows = await tx.fetch(f"{_MEMBERS} ORDER BY lower(display_name), id", clinic)
    return [Member(**row) for row in rows]
