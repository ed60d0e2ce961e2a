"""People as staff search for them: any part of any name, alias or id elsewhere, without case and accents.

Each person's words are kept folded, with the pieces of one to three letters in them as numbers, which an index finds.
No statement and no log holds the typed text: it is folded here and sent as an argument.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from domain.people.folding import folded, grams, pieces
from store.database import Transaction


async def renew(tx: Transaction, clinic: str, people: Sequence[str]) -> None:
    """Bring up to date what is searched of these people, after one of their names, aliases or ids has changed."""
    rows = await tx.fetch(
        """
        SELECT persons.id, display_name, legal_name, alias,
               ARRAY(SELECT value FROM external_ids
                     WHERE external_ids.clinic_id = persons.clinic_id AND external_ids.person_id = persons.id) AS ids,
               ARRAY(SELECT DISTINCT program_id FROM enrolments
                     WHERE enrolments.clinic_id = persons.clinic_id AND client_id = persons.id) AS programs,
               (SELECT min(starts_on) FROM enrolments
                WHERE enrolments.clinic_id = persons.clinic_id AND client_id = persons.id) AS first_on
        FROM persons
        LEFT JOIN client_records ON client_records.clinic_id = persons.clinic_id
                                AND client_records.person_id = persons.id
        LEFT JOIN aliases ON aliases.clinic_id = persons.clinic_id AND aliases.person_id = persons.id
                         AND released_at IS NULL
        WHERE persons.clinic_id = $1 AND persons.id = ANY($2::uuid[])
        """,
        clinic, people,
    )  # fmt: skip
    await tx.executemany(
        """
        INSERT INTO person_search (clinic_id, person_id, programs, first_on, sort_name, words, grams)
        VALUES ($1, $2, $3, coalesce($4::date, 'infinity'), $5, $6, $7)
        ON CONFLICT (clinic_id, person_id) DO UPDATE
        SET sort_name = excluded.sort_name, words = excluded.words, grams = excluded.grams
        """,
        [
            (clinic, row["id"], row["programs"], row["first_on"], *searched(clinic, _names(row), row["ids"]))
            for row in rows
        ],
    )


def _names(row: Any) -> list[str]:
    return [row["display_name"], row["legal_name"] or "", row["alias"] or ""]


def searched(clinic: str, names: Sequence[str], ids: Sequence[str]) -> tuple[str, str, list[int]]:
    """What is kept of a person with these names, the one to use first, and these ids: the place in the order, the
    words, and their pieces."""
    known = [folded(one) for one in (*names, *ids)]
    together = [one.replace(" ", "") for one in known[len(names) :]]
    words = " ".join(dict.fromkeys(" ".join([*known, *together]).split()))
    return known[0], words, sorted(_numbers(clinic, grams(words)))


def _numbers(clinic: str, found: Iterable[str]) -> set[int]:
    """The pieces as numbers; the same piece has another number in another clinic."""
    start = zlib.crc32(clinic.encode())
    return {zlib.crc32(piece.encode(), start) - (1 << 31) for piece in found}


def numbers_asked(clinic: str, words: Sequence[str]) -> list[int]:
    """The numbers that whoever has these words in theirs must have."""
    return sorted(_numbers(clinic, {piece for word in words for piece in pieces(word, min(3, len(word)))}))


async def missing(tx: Transaction, limit: int) -> dict[str, list[str]]:
    """By clinic, clients and guests who cannot be searched yet, because an older release made them."""
    rows = await tx.fetch(
        """
        SELECT clinic_id, person_id
        FROM (SELECT clinic_id, person_id FROM client_records UNION ALL SELECT clinic_id, guest_id FROM ties) AS people
        WHERE NOT EXISTS (SELECT FROM person_search
                          WHERE person_search.clinic_id = people.clinic_id
                            AND person_search.person_id = people.person_id)
        LIMIT $1
        """,
        limit,
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["clinic_id"], []).append(row["person_id"])
    return found
