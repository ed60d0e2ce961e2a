"""What an export of a clinic opens before it goes: words beside acts, and what was said at steps of inquiries."""

from collections.abc import AsyncIterator, Sequence
from typing import Literal

import msgspec

from store.database import Transaction
from store.transfer.tables import AT_A_TIME

What = Literal["acts", "inquiries"]
HEADER = ("id", "name", "legal_name", "alias", "date_of_birth", "language", "timezone", "home_state", "external_ids")

_ACTS = """
    SELECT act_id AS id, words AS sealed, owner_id AS owner, wrapping_key_id AS wrapping_key, wrapped FROM act_words
    JOIN data_keys ON data_keys.clinic_id = act_words.clinic_id AND data_keys.id = data_key_id
    WHERE act_words.clinic_id = $1
"""
_STEPS = """
    SELECT inquiry_steps.id, said AS sealed, owner_id AS owner, wrapping_key_id AS wrapping_key, wrapped
    FROM inquiry_steps
    JOIN data_keys ON data_keys.clinic_id = inquiry_steps.clinic_id AND data_keys.id = data_key_id
    WHERE inquiry_steps.clinic_id = $1
"""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """An encrypted text, bound to its id, with its wrapped key."""

    id: str
    sealed: bytes
    owner: str
    wrapping_key: str
    wrapped: bytes


class ListedClient(msgspec.Struct, frozen=True, kw_only=True):
    """A client as a line of a list."""

    id: str
    cells: Sequence[object]


async def sealed(tx: Transaction, clinic: str, what: What) -> AsyncIterator[Sequence[Sealed]]:
    """The clinic's encrypted texts of one kind, in batches."""
    query = _ACTS if what == "acts" else _STEPS
    batch: list[Sealed] = []
    async for row in tx.cursor(query, clinic, prefetch=AT_A_TIME):
        batch.append(Sealed(**row))
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


async def clients(tx: Transaction, clinic: str) -> list[ListedClient]:
    """All clients of the clinic, by name."""
    rows = await tx.fetch(
        """
        SELECT persons.id, display_name, legal_name, alias, date_of_birth, language, timezone, home_state,
               (SELECT string_agg(system || ': ' || value, '; ' ORDER BY system, value) FROM external_ids
                WHERE external_ids.clinic_id = persons.clinic_id AND external_ids.person_id = persons.id) AS ids
        FROM client_records
        JOIN persons ON persons.clinic_id = client_records.clinic_id AND persons.id = client_records.person_id
        LEFT JOIN aliases ON aliases.clinic_id = client_records.clinic_id
                         AND aliases.person_id = client_records.person_id AND released_at IS NULL
        WHERE client_records.clinic_id = $1 ORDER BY display_name, persons.id
        """,
        clinic,
    )
    return [ListedClient(id=row["id"], cells=tuple(row)) for row in rows]
