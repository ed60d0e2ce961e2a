"""Aliases of clients and guests: the one they have, and those they gave up."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from domain.errors import InvalidInput
from domain.people import aliases as rules
from domain.people.folding import skeleton
from store.database import Transaction
from store.people import search

_MICROSECOND = timedelta(microseconds=1)


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """A person's alias; `confirmed_at` is when they agreed to it."""

    alias: str
    confirmed_at: datetime | None = None


async def find(tx: Transaction, clinic: str, person: str) -> Alias | None:
    """The alias that the person has."""
    row = await tx.fetchrow(
        "SELECT alias, confirmed_at FROM aliases WHERE clinic_id = $1 AND person_id = $2 AND released_at IS NULL",
        clinic, person,
    )  # fmt: skip
    return Alias(**row) if row else None


async def of_people(tx: Transaction, clinic: str, people: Sequence[str]) -> dict[str, str]:
    """The aliases of these people, by person; who has none is left out."""
    rows = await tx.fetch(
        """
        SELECT person_id, alias FROM aliases
        WHERE clinic_id = $1 AND person_id = ANY($2::uuid[]) AND released_at IS NULL
        """,
        clinic, people,
    )  # fmt: skip
    return {row["person_id"]: row["alias"] for row in rows}


async def suggestions(tx: Transaction, clinic: str, person: str, name: str, now: datetime) -> tuple[str, ...]:
    """A few aliases that this person may have, the usual first."""
    candidates = [skeleton(alias) for alias in rules.may_suggest(name, person)]
    taken = await _held_by_others(tx, clinic, person, candidates, now)
    return rules.suggestions(name, person, taken, await _staff(tx, clinic))


async def reserve(tx: Transaction, clinic: str, person: str, alias: str, now: datetime) -> str:
    """Give the person this alias, and give up the one before. Returns it as it is kept.

    Raises:
        InvalidInput: it cannot be anybody's, or it is another person's; at `$.alias`.
    """
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('aliases ' || $1, 0))", clinic)
    kept = rules.checked_alias(alias, await _staff(tx, clinic))
    if await _held_by_others(tx, clinic, person, [skeleton(kept)], now):
        raise InvalidInput(rules.TAKEN, "$.alias")
    before = await find(tx, clinic, person)
    if before is None or before.alias != kept:
        await release(tx, clinic, person, now)
        await _insert(tx, clinic, person, kept, now)
    return kept


async def reserve_suggested(tx: Transaction, clinic: str, person: str, name: str, now: datetime) -> str:
    """Give a person of that name the first alias that is free, unless they have one already. Returns it."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('aliases ' || $1, 0))", clinic)
    if had := await find(tx, clinic, person):
        return had.alias
    alias = (await suggestions(tx, clinic, person, name, now))[0]
    await _insert(tx, clinic, person, alias, now)
    return alias


async def give_way(tx: Transaction, clinic: str, name: str, now: datetime) -> None:
    """Take the aliases that are what staff of this name are called from whoever has them, and give the next that is
    free. Its person is asked at the door to agree to it, or to choose another."""
    await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended('aliases ' || $1, 0))", clinic)
    rows = await tx.fetch(
        """
        UPDATE aliases SET released_at = $3 FROM persons
        WHERE aliases.clinic_id = $1 AND skeleton = ANY($2::text[]) AND released_at IS NULL
          AND persons.clinic_id = aliases.clinic_id AND persons.id = aliases.person_id
        RETURNING persons.id, display_name
        """,
        clinic, list(rules.names_of_staff([name])), now,
    )  # fmt: skip
    for row in rows:
        await reserve_suggested(tx, clinic, row["id"], row["display_name"], now)
    await search.renew(tx, clinic, [row["id"] for row in rows])


async def confirm(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """Note that the person agreed to their alias."""
    await tx.execute(
        """
        UPDATE aliases SET confirmed_at = coalesce(confirmed_at, $3)
        WHERE clinic_id = $1 AND person_id = $2 AND released_at IS NULL
        """,
        clinic, person, now,
    )  # fmt: skip


async def release(tx: Transaction, clinic: str, person: str, now: datetime) -> None:
    """Give up the person's alias. Nobody else may have it for a year."""
    await tx.execute(
        "UPDATE aliases SET released_at = $3 WHERE clinic_id = $1 AND person_id = $2 AND released_at IS NULL",
        clinic, person, now,
    )  # fmt: skip


async def _insert(tx: Transaction, clinic: str, person: str, alias: str, now: datetime) -> None:
    last = await tx.fetchval(
        "SELECT max(reserved_at) FROM aliases WHERE clinic_id = $1 AND person_id = $2", clinic, person
    )
    at = now if last is None else max(now, last + _MICROSECOND)
    await tx.execute(
        "INSERT INTO aliases (clinic_id, person_id, alias, skeleton, reserved_at) VALUES ($1, $2, $3, $4, $5)",
        clinic, person, alias, skeleton(alias), at,
    )  # fmt: skip


async def _held_by_others(
    tx: Transaction, clinic: str, person: str, skeletons: Sequence[str], now: datetime
) -> set[str]:
    """Those of these skeletons that others have, or had within a year, also if they were erased since."""
    rows = await tx.fetch(
        """
        SELECT skeleton FROM aliases
        WHERE clinic_id = $1 AND skeleton = ANY($2::text[]) AND person_id <> $3
          AND (released_at IS NULL OR released_at > $4)
        UNION
        SELECT skeleton FROM spent_aliases
        WHERE spent_aliases.clinic_id = $1 AND skeleton = ANY($2::text[]) AND released_at > $4
        """,
        clinic, skeletons, person, now - rules.KEPT_AWAY,
    )  # fmt: skip
    return {row["skeleton"] for row in rows}


async def _staff(tx: Transaction, clinic: str) -> list[str]:
    """The names of the clinic's staff, also of those who left."""
    rows = await tx.fetch(
        """
        SELECT display_name FROM persons WHERE clinic_id = $1
          AND id IN (SELECT person_id FROM staff_roles WHERE clinic_id = $1)
        """,
        clinic,
    )
    return [row["display_name"] for row in rows]
