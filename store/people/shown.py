"""People as lists show them to staff, with what tells those of one name apart."""

from collections.abc import Sequence

from domain.people.telling_apart import Shown, beside, distinctions
from store.database import Transaction


async def names(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, str]:
    """The names of these people as staff read them together: where two are alike, `Pat Morrow (Cedar)`."""
    apart = await told_apart(tx, clinic, people)
    rows = await tx.fetch(
        "SELECT id, display_name FROM persons WHERE clinic_id = $1 AND id = ANY($2::uuid[])", clinic, people
    )
    return {row["id"]: beside(row["display_name"], apart.get(row["id"])) for row in rows}


async def told_apart(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, str]:
    """By person, what stands beside the name of each of these people who could be taken for another of them."""
    rows = await tx.fetch(
        """
        SELECT persons.id AS person, display_name AS name, alias, extract(year FROM date_of_birth)::integer AS born
        FROM persons
        LEFT JOIN client_records ON client_records.clinic_id = persons.clinic_id
                                AND client_records.person_id = persons.id
        LEFT JOIN aliases ON aliases.clinic_id = persons.clinic_id AND aliases.person_id = persons.id
                         AND released_at IS NULL
        WHERE persons.clinic_id = $1 AND persons.id = ANY($2::uuid[])
        """,
        clinic, people,
    )  # fmt: skip
    return distinctions(Shown(**row) for row in rows)
