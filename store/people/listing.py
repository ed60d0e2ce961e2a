"""What the list of clients says beside their names."""

from collections.abc import Sequence
from datetime import date

import msgspec

from store.database import Transaction


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment, with its program's name."""

    program: str
    starts_on: date
    ends_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


async def enrolments_of(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, list[Enrolled]]:
    """The enrolments of these people, by person, the earliest first."""
    rows = await tx.fetch(
        """
        SELECT client_id, programs.name AS program, starts_on, ends_on
        FROM enrolments
        JOIN programs ON programs.clinic_id = enrolments.clinic_id AND programs.id = enrolments.program_id
        WHERE enrolments.clinic_id = $1 AND client_id = ANY($2::uuid[]) ORDER BY starts_on, enrolments.id
        """,
        clinic, people,
    )  # fmt: skip
    found: dict[str, list[Enrolled]] = {}
    for row in rows:
        enrolled = Enrolled(program=row["program"], starts_on=row["starts_on"], ends_on=row["ends_on"])
        found.setdefault(row["client_id"], []).append(enrolled)
    return found
