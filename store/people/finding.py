"""The list of clients: filtered, in an order, and searched as one types."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

import msgspec

from domain.people.clients import ClientState
from domain.people.folding import folded
from store.database import Transaction
from store.people.search import numbers_asked

ClientSort = Literal["name", "newest"]
MANY = 1_000
"""Of more hits than this, those whose name begins with the text come first, and only some of the others."""
MOST_SHOWN = 50


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched for: the typed text, and the filters. `today` decides who is current."""

    today: date
    text: str = ""
    program: str | None = None
    phase: str | None = None
    facilitator: str | None = None
    state: ClientState | None = None
    sort: ClientSort = "name"
    guests: bool = False
    """Whether guests may be found too."""


_CLIENTS = "NOT EXISTS (SELECT FROM ties WHERE clinic_id = $1 AND guest_id = person_search.person_id)"
"""Searched are clients and guests, and guests are few."""
_LED = """person_id IN (
    SELECT place.person_id FROM rosters AS lead
    JOIN rosters AS place ON place.clinic_id = lead.clinic_id AND place.session_id = lead.session_id
    WHERE lead.clinic_id = $1 AND lead.person_id = ? AND lead.role IN ('facilitator', 'co_facilitator')
      AND place.role = 'client')"""
_GUESTS = "person_id IN (SELECT guest_id FROM ties WHERE clinic_id = $1)"
_ENROLLED = "person_id IN (SELECT client_id FROM enrolments WHERE clinic_id = $1"
_IN_PROGRAM = "programs @> ARRAY[?::uuid]"
"""Found by the index together with the text."""
_NOT_ENROLLED = "NOT EXISTS (SELECT FROM enrolments WHERE clinic_id = $1 AND client_id = person_search.person_id"
_BEGUN = " AND starts_on <= ?"
_NOT_OVER = " AND (ends_on IS NULL OR ends_on >= ?)"


class _Conditions:
    """Conditions with their values; each `?` stands for the next value."""

    def __init__(self, clinic: str) -> None:
        self.values: list[Any] = [clinic]
        self._texts: list[str] = []

    def add(self, text: str, *values: object) -> None:
        for value in values:
            self.values.append(value)
            text = text.replace("?", f"${len(self.values)}", 1)
        self._texts.append(text)

    @property
    def sql(self) -> str:
        return " AND ".join(self._texts)


async def listed(tx: Transaction, clinic: str, wanted: Wanted, after: str | None, limit: int) -> list[str]:
    """Clients who pass the filters, in the order asked for, behind the person `after`, at most `limit`."""
    conditions = _filtered(clinic, wanted)
    if wanted.sort == "newest":
        return await _newest(tx, conditions, after, limit)
    if after is not None:
        conditions.add(
            "(sort_name, person_id) > (SELECT sort_name, person_id FROM person_search"
            " WHERE clinic_id = $1 AND person_id = ?::uuid)",
            after,
        )
    conditions.add("?::int > 0", limit)
    rows = await tx.fetch(
        f"""
        SELECT person_id FROM person_search WHERE clinic_id = $1 AND {conditions.sql}
        ORDER BY sort_name, person_id LIMIT ${len(conditions.values)}
        """,
        *conditions.values,
    )
    return [row["person_id"] for row in rows]


async def _newest(tx: Transaction, conditions: _Conditions, after: str | None, limit: int) -> list[str]:
    """Ids grow with time."""
    if after is not None:
        conditions.add("person_id < ?::uuid", after)
    conditions.add("?::int > 0", limit)
    rows = await tx.fetch(
        f"""
        SELECT person_id FROM person_search WHERE clinic_id = $1 AND {conditions.sql}
        ORDER BY person_id DESC LIMIT ${len(conditions.values)}
        """,
        *conditions.values,
    )
    return [row["person_id"] for row in rows]


async def found(tx: Transaction, clinic: str, wanted: Wanted) -> list[str]:
    """The clients whom the typed text fits best, at most `MOST_SHOWN`.

    Every word of it is a part of a name, the alias or an id elsewhere. First come names that begin with the text, then
    words that begin with it, then the others, each in the order of names.
    """
    text = folded(wanted.text)
    if not text:
        return []
    hits = await _hits(tx, clinic, wanted, text.split())
    first = await _beginning(tx, clinic, wanted, text) if len(hits) > MANY else []
    ranked = sorted(hits, key=lambda hit: (_rank(hit, text), hit["sort_name"], hit["person_id"]))
    return list(dict.fromkeys([*first, *(hit["person_id"] for hit in ranked)]))[:MOST_SHOWN]


def _rank(hit: Any, text: str) -> int:
    if hit["sort_name"].startswith(text):
        return 0
    return 1 if all(f" {word}" in f" {hit['words']}" for word in text.split()) else 2


async def _hits(tx: Transaction, clinic: str, wanted: Wanted, words: Sequence[str]) -> Sequence[Any]:
    conditions = _filtered(clinic, wanted)
    conditions.add("grams @> ?::int[]", numbers_asked(clinic, words))
    conditions.add("words LIKE ALL (?::text[])", [f"%{_literal(word)}%" for word in words])
    return await tx.fetch(
        f"SELECT person_id, sort_name, words FROM person_search WHERE clinic_id = $1 AND {conditions.sql}"
        f" LIMIT {MANY + 1}",
        *conditions.values,
    )


async def _beginning(tx: Transaction, clinic: str, wanted: Wanted, text: str) -> list[str]:
    """Those whose name begins with the text, which the index of the order finds."""
    conditions = _filtered(clinic, wanted)
    conditions.add("sort_name >= ? AND sort_name < ?", text, text + "\U0010ffff")
    rows = await tx.fetch(
        f"""
        SELECT person_id FROM person_search WHERE clinic_id = $1 AND {conditions.sql}
        ORDER BY sort_name, person_id LIMIT {MOST_SHOWN}
        """,
        *conditions.values,
    )
    return [row["person_id"] for row in rows]


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _filtered(clinic: str, wanted: Wanted) -> _Conditions:
    conditions = _Conditions(clinic)
    if wanted.state == "guest":
        conditions.add(_GUESTS if wanted.guests else "false")
    elif not (wanted.guests and wanted.text and wanted.state is None):
        conditions.add(_CLIENTS)
    if wanted.facilitator is not None:
        conditions.add(_LED, wanted.facilitator)
    if wanted.program is not None:
        conditions.add(_IN_PROGRAM, wanted.program)
    if wanted.state == "waiting":
        conditions.add("first_on > ?", wanted.today)
    elif wanted.state == "discharged":
        conditions.add("first_on <= ?", wanted.today)
        conditions.add(f"{_NOT_ENROLLED}{_BEGUN}{_NOT_OVER})", wanted.today, wanted.today)
    if wanted.phase is not None or wanted.state == "current":
        conditions.add(*_enrolled(wanted))
    return conditions


def _enrolled(wanted: Wanted) -> tuple[str, *tuple[object, ...]]:
    """One enrolment that has all that is asked for."""
    parts: list[tuple[str, object]] = []
    if wanted.program is not None:
        parts.append((" AND program_id = ?", wanted.program))
    if wanted.phase is not None:
        parts.append((" AND phase_id = ?", wanted.phase))
    if wanted.state == "current":
        parts += [(_BEGUN, wanted.today), (_NOT_OVER, wanted.today)]
    return (f"{_ENROLLED}{''.join(text for text, _ in parts)})", *(value for _, value in parts))
