"""Many clients at once: found by their ids elsewhere, added and changed in batches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.errors import Conflict
from domain.people.aliases import KEPT_AWAY
from domain.people.clients import Changed, Client, ContactWay, EmergencyContact, ExternalId
from domain.people.folding import folded, skeleton
from store.database import Transaction, UniqueViolation, columns
from store.people import search
from store.people.clients import Author, ids_of

Key = tuple[str, str]
_LATER = timedelta(microseconds=1)


async def with_ids(tx: Transaction, clinic: str, keys: Sequence[Key]) -> dict[Key, Client]:
    """The clients who have these ids in these systems."""
    rows = await tx.fetch(
        """
        SELECT external_ids.system, external_ids.value, person_id FROM external_ids
        JOIN unnest($2::text[], $3::text[]) AS asked (system, value)
          ON asked.system = external_ids.system AND asked.value = external_ids.value
        WHERE external_ids.clinic_id = $1
        """,
        clinic, *columns(keys, 2),
    )  # fmt: skip
    people = await _whole(tx, clinic, sorted({row["person_id"] for row in rows}))
    return {(row["system"], row["value"]): people[row["person_id"]] for row in rows}


async def _whole(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, Client]:
    rows = await tx.fetch(
        """
        SELECT persons.id, display_name AS name, legal_name, alias, date_of_birth, language, timezone, home_state,
               deactivated_at, changed_at, changed_by, revision
        FROM client_records
        JOIN persons ON persons.clinic_id = client_records.clinic_id AND persons.id = client_records.person_id
        LEFT JOIN aliases ON aliases.clinic_id = client_records.clinic_id
                         AND aliases.person_id = client_records.person_id AND released_at IS NULL
        WHERE client_records.clinic_id = $1 AND client_records.person_id = ANY($2::uuid[])
        """,
        clinic, people,
    )  # fmt: skip
    ways = await _ways(tx, clinic, people)
    to_call = await _emergencies(tx, clinic, people)
    ids = await ids_of(tx, clinic, people)
    found = {}
    for row in rows:
        values: dict[str, Any] = dict(row)
        changed = Changed(at=values.pop("changed_at"), by=values.pop("changed_by"), revision=values.pop("revision"))
        id = row["id"]
        found[id] = Client(
            **values,
            changed=changed,
            contacts=ways.get(id, []),
            emergency=to_call.get(id),
            external_ids=ids.get(id, []),
        )
    return found


async def _ways(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, list[ContactWay]]:
    rows = await tx.fetch(
        """
        SELECT person_id, kind, value, may_leave_message, best_time FROM contact_ways
        WHERE clinic_id = $1 AND person_id = ANY($2::uuid[]) ORDER BY person_id, position
        """,
        clinic, people,
    )  # fmt: skip
    found: dict[str, list[ContactWay]] = {}
    for row in rows:
        values = dict(row)
        found.setdefault(values.pop("person_id"), []).append(ContactWay(**values))
    return found


async def _emergencies(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, EmergencyContact]:
    rows = await tx.fetch(
        """
        SELECT person_id, name, relation, phone FROM emergency_contacts
        WHERE clinic_id = $1 AND person_id = ANY($2::uuid[])
        """,
        clinic, people,
    )  # fmt: skip
    return {
        row["person_id"]: EmergencyContact(name=row["name"], relation=row["relation"], phone=row["phone"])
        for row in rows
    }


async def held_aliases(tx: Transaction, clinic: str, now: datetime) -> dict[str, str]:
    """By skeleton of each alias that nobody else may have now, whose it is or was."""
    rows = await tx.fetch(
        """
        SELECT skeleton, person_id FROM aliases
        WHERE clinic_id = $1 AND (released_at IS NULL OR released_at > $2) ORDER BY released_at NULLS LAST
        """,
        clinic, now - KEPT_AWAY,
    )  # fmt: skip
    return {row["skeleton"]: row["person_id"] for row in rows}


async def names_of_staff(tx: Transaction, clinic: str) -> list[str]:
    """The names of the clinic's staff, also of those who left."""
    rows = await tx.fetch(
        """
        SELECT display_name FROM persons WHERE clinic_id = $1
          AND id IN (SELECT person_id FROM staff_roles WHERE clinic_id = $1)
        """,
        clinic,
    )
    return [row["display_name"] for row in rows]


async def same_names(tx: Transaction, clinic: str, names: Sequence[str]) -> set[str]:
    """Those of these names, folded, that a client has already."""
    rows = await tx.fetch(
        "SELECT DISTINCT sort_name FROM person_search WHERE clinic_id = $1 AND sort_name = ANY($2::text[])",
        clinic, [folded(name) for name in names],
    )  # fmt: skip
    return {row["sort_name"] for row in rows}


async def create(tx: Transaction, clinic: str, clients: Sequence[Client], author: Author) -> None:
    """Add these clients. Each has an alias that was free, and ids that were nobody's.

    Raises:
        Conflict: an alias or an id has become somebody's meanwhile.
    """
    await tx.executemany(
        "INSERT INTO persons (id, clinic_id, display_name, signs_in) VALUES ($1, $2, $3, false)",
        [(one.id, clinic, one.name) for one in clients],
    )
    await tx.executemany(
        """
        INSERT INTO client_records (clinic_id, person_id, legal_name, date_of_birth, language, timezone, home_state,
                                    changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        [
            (clinic, one.id, one.legal_name, one.date_of_birth, one.language, one.timezone, one.home_state, author.at,
             author.by)
            for one in clients
        ],
    )  # fmt: skip
    await _write_parts(tx, clinic, clients)
    await _write_aliases(tx, clinic, clients, author.at)
    await search.renew(tx, clinic, [one.id for one in clients])


async def change(
    tx: Transaction, clinic: str, clients: Sequence[Client], renamed: Sequence[str], author: Author
) -> None:
    """Make these clients as they are here; `renamed` are the ids of those who get another alias.

    Raises:
        Conflict: one of them was changed meanwhile, or an alias or an id has become somebody's.
    """
    if not clients:
        return
    people = [one.id for one in clients]
    revisions = [one.changed.revision if one.changed else 0 for one in clients]
    changed = await tx.fetch(
        """
        UPDATE client_records SET revision = client_records.revision + 1, changed_at = $4, changed_by = $5
        FROM unnest($2::uuid[], $3::integer[]) AS shown (person, revision)
        WHERE clinic_id = $1 AND person_id = shown.person AND client_records.revision = shown.revision
        RETURNING person_id
        """,
        clinic, people, revisions, author.at, author.by,
    )  # fmt: skip
    if len(changed) != len(people):
        raise Conflict
    await tx.executemany(
        "UPDATE persons SET display_name = $3 WHERE clinic_id = $1 AND id = $2",
        [(clinic, one.id, one.name) for one in clients],
    )
    await tx.executemany(
        """
        UPDATE client_records SET legal_name = $3, date_of_birth = $4, language = $5, timezone = $6, home_state = $7
        WHERE clinic_id = $1 AND person_id = $2
        """,
        [
            (clinic, one.id, one.legal_name, one.date_of_birth, one.language, one.timezone, one.home_state)
            for one in clients
        ],
    )
    await tx.execute("DELETE FROM contact_ways WHERE clinic_id = $1 AND person_id = ANY($2::uuid[])", clinic, people)
    await tx.execute(
        "DELETE FROM emergency_contacts WHERE clinic_id = $1 AND person_id = ANY($2::uuid[])", clinic, people
    )
    await tx.execute("DELETE FROM external_ids WHERE clinic_id = $1 AND person_id = ANY($2::uuid[])", clinic, people)
    await _write_parts(tx, clinic, clients)
    await _rename(tx, clinic, [one for one in clients if one.id in set(renamed)], author.at)
    await search.renew(tx, clinic, people)


async def _write_parts(tx: Transaction, clinic: str, clients: Sequence[Client]) -> None:
    await tx.executemany(
        """
        INSERT INTO contact_ways (clinic_id, person_id, position, kind, value, may_leave_message, best_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            (clinic, one.id, place, way.kind, way.value, way.may_leave_message, way.best_time)
            for one in clients
            for place, way in enumerate(one.contacts)
        ],
    )
    await tx.executemany(
        "INSERT INTO emergency_contacts (clinic_id, person_id, name, relation, phone) VALUES ($1, $2, $3, $4, $5)",
        [
            (clinic, one.id, one.emergency.name, one.emergency.relation, one.emergency.phone)
            for one in clients
            if one.emergency
        ],
    )
    try:
        await tx.executemany(
            "INSERT INTO external_ids (clinic_id, system, value, person_id) VALUES ($1, $2, $3, $4)",
            [(clinic, id.system, id.value, one.id) for one in clients for id in _distinct(one.external_ids)],
        )
    except UniqueViolation as error:
        raise Conflict from error


def _distinct(ids: Sequence[ExternalId]) -> list[ExternalId]:
    return [one for place, one in enumerate(ids) if one not in ids[:place]]


async def _rename(tx: Transaction, clinic: str, clients: Sequence[Client], now: datetime) -> None:
    await tx.execute(
        """
        UPDATE aliases SET released_at = greatest($3, reserved_at)
        WHERE clinic_id = $1 AND person_id = ANY($2::uuid[]) AND released_at IS NULL
        """,
        clinic, [one.id for one in clients], now,
    )  # fmt: skip
    await _write_aliases(tx, clinic, clients, now)


async def _write_aliases(tx: Transaction, clinic: str, clients: Sequence[Client], now: datetime) -> None:
    try:
        await tx.executemany(
            """
            INSERT INTO aliases (clinic_id, person_id, alias, skeleton, reserved_at)
            SELECT $1, $2, $3, $4, greatest($5, max(reserved_at) + $6) FROM aliases
            WHERE clinic_id = $1 AND person_id = $2
            """,
            [(clinic, one.id, one.alias, skeleton(one.alias), now, _LATER) for one in clients if one.alias],
        )
    except UniqueViolation as error:
        raise Conflict from error
