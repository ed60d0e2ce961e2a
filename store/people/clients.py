"""Clients: the record beside the person, ways of contact, whom to call, and ids in other systems."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from domain.errors import Conflict, InvalidInput
from domain.people.clients import Changed, Client, ContactWay, EmergencyContact, ExternalId
from domain.people.folding import folded
from domain.people.persons import Person
from store.database import Transaction, UniqueViolation, savepoint
from store.people import aliases, persons, search

ID_TAKEN = "Another client has this id in that system. Find that client, or correct the id."


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes a record, and when. `by` None: nobody who is signed in, as when it is imported or made for a demo."""

    by: str | None
    at: datetime


async def create(tx: Transaction, clinic: str, client: Client, author: Author) -> None:
    """Add a client: a person with a record.

    Raises:
        InvalidInput: the alias or an id elsewhere is another person's; carries its path.
    """
    await persons.create(tx, clinic, Person(id=client.id, display_name=client.name, email=None, external_id=None))
    await take_in(tx, clinic, client, author)


async def take_in(tx: Transaction, clinic: str, client: Client, author: Author) -> None:
    """Make a person a client: with their record, and the alias that they shall have or else the first that is free.

    Raises:
        InvalidInput: the alias or an id elsewhere is another person's; carries its path.
    """
    await _insert_record(tx, clinic, client, author)
    await _write_contacts(tx, clinic, client.id, client.contacts, client.emergency)
    await _write_ids(tx, clinic, client.id, client.external_ids)
    if client.alias is None:
        await aliases.reserve_suggested(tx, clinic, client.id, client.name, author.at)
    else:
        await aliases.reserve(tx, clinic, client.id, client.alias, author.at)
    await search.renew(tx, clinic, [client.id])


async def _insert_record(tx: Transaction, clinic: str, client: Client, author: Author) -> None:
    await tx.execute(
        """
        INSERT INTO client_records (clinic_id, person_id, legal_name, date_of_birth, language, timezone, home_state,
                                    changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        clinic, client.id, client.legal_name, client.date_of_birth, client.language, client.timezone, client.home_state,
        author.at, author.by,
    )  # fmt: skip


async def find(tx: Transaction, clinic: str, id: str) -> Client | None:
    """The clinic's client with that id, whole."""
    row = await tx.fetchrow(
        """
        SELECT persons.id, display_name AS name, legal_name, alias, date_of_birth, language, timezone, home_state,
               deactivated_at, changed_at, changed_by, revision
        FROM client_records
        JOIN persons ON persons.clinic_id = client_records.clinic_id AND persons.id = client_records.person_id
        LEFT JOIN aliases ON aliases.clinic_id = client_records.clinic_id
                         AND aliases.person_id = client_records.person_id AND released_at IS NULL
        WHERE client_records.clinic_id = $1 AND client_records.person_id = $2
        """,
        clinic, id,
    )  # fmt: skip
    if row is None:
        return None
    values: dict[str, Any] = dict(row)
    changed = Changed(at=values.pop("changed_at"), by=values.pop("changed_by"), revision=values.pop("revision"))
    return Client(
        **values,
        changed=changed,
        contacts=await contacts(tx, clinic, id),
        emergency=await _emergency(tx, clinic, id),
        external_ids=(await ids_of(tx, clinic, [id])).get(id, []),
    )


async def contacts(tx: Transaction, clinic: str, id: str) -> list[ContactWay]:
    """The client's ways of contact, in the order in which to try them."""
    rows = await tx.fetch(
        """
        SELECT kind, value, may_leave_message, best_time FROM contact_ways
        WHERE clinic_id = $1 AND person_id = $2 ORDER BY position
        """,
        clinic, id,
    )  # fmt: skip
    return [ContactWay(**row) for row in rows]


async def _emergency(tx: Transaction, clinic: str, id: str) -> EmergencyContact | None:
    row = await tx.fetchrow(
        "SELECT name, relation, phone FROM emergency_contacts WHERE clinic_id = $1 AND person_id = $2", clinic, id
    )
    return EmergencyContact(**row) if row else None


async def ids_of(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, list[ExternalId]]:
    """The ids of these clients in other systems, by client."""
    rows = await tx.fetch(
        """
        SELECT person_id, system, value FROM external_ids
        WHERE clinic_id = $1 AND person_id = ANY($2::uuid[]) ORDER BY system, value
        """,
        clinic, people,
    )  # fmt: skip
    found: dict[str, list[ExternalId]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(ExternalId(system=row["system"], value=row["value"]))
    return found


async def begin_change(tx: Transaction, clinic: str, id: str, revision: int, author: Author) -> None:
    """Note who changes the record. The record stays locked until the transaction ends.

    Raises:
        Conflict: the record is not the one that was shown, of that revision.
    """
    changed = await tx.fetchval(
        """
        UPDATE client_records SET revision = revision + 1, changed_at = $4, changed_by = $5
        WHERE clinic_id = $1 AND person_id = $2 AND revision = $3 RETURNING true
        """,
        clinic, id, revision, author.at, author.by,
    )  # fmt: skip
    if not changed:
        raise Conflict


async def describe(tx: Transaction, clinic: str, client: Client) -> None:
    """Store the client's names, date of birth, language, zone and home state."""
    await persons.rename(tx, clinic, client.id, client.name)
    await tx.execute(
        """
        UPDATE client_records SET legal_name = $3, date_of_birth = $4, language = $5, timezone = $6, home_state = $7
        WHERE clinic_id = $1 AND person_id = $2
        """,
        clinic, client.id, client.legal_name, client.date_of_birth, client.language, client.timezone,
        client.home_state,
    )  # fmt: skip
    await search.renew(tx, clinic, [client.id])


async def replace_contacts(
    tx: Transaction, clinic: str, id: str, ways: Sequence[ContactWay], emergency: EmergencyContact | None
) -> None:
    """Make these all the client's ways of contact, and this the one to call."""
    await tx.execute("DELETE FROM contact_ways WHERE clinic_id = $1 AND person_id = $2", clinic, id)
    await tx.execute("DELETE FROM emergency_contacts WHERE clinic_id = $1 AND person_id = $2", clinic, id)
    await _write_contacts(tx, clinic, id, ways, emergency)


async def replace_ids(tx: Transaction, clinic: str, id: str, ids: Sequence[ExternalId]) -> None:
    """Make these all the client's ids in other systems.

    Raises:
        InvalidInput: another client has one of them; at its path.
    """
    await tx.execute("DELETE FROM external_ids WHERE clinic_id = $1 AND person_id = $2", clinic, id)
    await _write_ids(tx, clinic, id, ids)
    await search.renew(tx, clinic, [id])


async def alike(tx: Transaction, clinic: str, name: str, born: date | None) -> list[str]:
    """Clients whose name reads the same and who may be born on that day."""
    rows = await tx.fetch(
        """
        SELECT person_search.person_id FROM person_search
        JOIN client_records ON client_records.clinic_id = person_search.clinic_id
                           AND client_records.person_id = person_search.person_id
        WHERE person_search.clinic_id = $1 AND sort_name = $2
          AND ($3::date IS NULL OR date_of_birth IS NULL OR date_of_birth = $3)
        ORDER BY person_search.person_id LIMIT 10
        """,
        clinic, folded(name), born,
    )  # fmt: skip
    return [row["person_id"] for row in rows]


async def _write_contacts(
    tx: Transaction, clinic: str, id: str, ways: Sequence[ContactWay], emergency: EmergencyContact | None
) -> None:
    await tx.executemany(
        """
        INSERT INTO contact_ways (clinic_id, person_id, position, kind, value, may_leave_message, best_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
            (clinic, id, place, way.kind, way.value, way.may_leave_message, way.best_time)
            for place, way in enumerate(ways)
        ],
    )
    if emergency is not None:
        await tx.execute(
            "INSERT INTO emergency_contacts (clinic_id, person_id, name, relation, phone) VALUES ($1, $2, $3, $4, $5)",
            clinic, id, emergency.name, emergency.relation, emergency.phone,
        )  # fmt: skip


async def _write_ids(tx: Transaction, clinic: str, id: str, ids: Sequence[ExternalId]) -> None:
    for place, one in enumerate(ids):
        try:
            async with savepoint(tx):
                await tx.execute(
                    "INSERT INTO external_ids (clinic_id, system, value, person_id) VALUES ($1, $2, $3, $4)",
                    clinic, one.system, one.value, id,
                )  # fmt: skip
        except UniqueViolation as error:
            raise InvalidInput(ID_TAKEN, f"$.external_ids[{place}].value") from error
