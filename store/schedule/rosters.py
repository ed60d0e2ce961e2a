"""Rosters: the persons expected in a session, and their roles."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from domain.events.schedule import STAFF_ROLES, Role, SessionKind
from domain.people.telling_apart import Shown, beside, distinctions
from domain.schedule.rosters import RosterPlace
from store.database import Transaction


async def of_sessions(tx: Transaction, clinic: str, sessions: Sequence[str]) -> dict[str, list[RosterPlace]]:
    """The rosters of these sessions, each in the order of the persons' names, with what tells two of one name apart."""
    rows = await tx.fetch(
        """
        SELECT session_id, rosters.person_id AS person, display_name AS name, role, enrolment_id AS enrolment,
               alias, extract(year FROM date_of_birth)::integer AS born
        FROM rosters
        JOIN persons ON persons.clinic_id = rosters.clinic_id AND persons.id = rosters.person_id
        LEFT JOIN client_records ON client_records.clinic_id = rosters.clinic_id
                                AND client_records.person_id = rosters.person_id
        LEFT JOIN aliases ON aliases.clinic_id = rosters.clinic_id AND aliases.person_id = rosters.person_id
                         AND aliases.released_at IS NULL
        WHERE rosters.clinic_id = $1 AND session_id = ANY($2::uuid[]) ORDER BY display_name, rosters.person_id
        """,
        clinic, sessions,
    )  # fmt: skip
    found: dict[str, list[Any]] = {session: [] for session in sessions}
    for row in rows:
        found[row["session_id"]].append(row)
    return {session: _told_apart(places) for session, places in found.items()}


def _told_apart(rows: Sequence[Any]) -> list[RosterPlace]:
    apart = distinctions(
        Shown(person=row["person"], name=row["name"], alias=row["alias"], born=row["born"]) for row in rows
    )
    return [
        RosterPlace(
            person=row["person"],
            name=beside(row["name"], apart.get(row["person"])),
            role=row["role"],
            enrolment=row["enrolment"],
        )
        for row in rows
    ]


async def roles_of(tx: Transaction, clinic: str, person: str, sessions: Sequence[str]) -> dict[str, Role]:
    """The person's role in each of these sessions that has them on its roster."""
    rows = await tx.fetch(
        """
        SELECT session_id, role FROM rosters
        WHERE clinic_id = $1 AND person_id = $2 AND session_id = ANY($3::uuid[])
        """,
        clinic, person, sessions,
    )  # fmt: skip
    return {row["session_id"]: row["role"] for row in rows}


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """A client, by an enrolment in a program of the clinic; `program` None: somebody who is in none."""

    clinic: str
    person: str
    program: str | None


async def meet(
    tx: Transaction, staff: str, client: Enrolled, open_kinds: Sequence[SessionKind], ended_after: datetime
) -> bool:
    """Whether a session that ends after `ended_after` has `staff` among its staff and `client` as a client: on its
    roster, or enrolled in the program to which the session is open."""
    found: bool = await tx.fetchval(
        """
        SELECT EXISTS (
            SELECT FROM rosters AS own
            JOIN sessions ON sessions.clinic_id = own.clinic_id AND sessions.id = own.session_id
            WHERE own.clinic_id = $7 AND own.person_id = $1 AND own.role = ANY($2::text[]) AND sessions.ends_at > $6
              AND ((sessions.program_id = $4 AND sessions.kind = ANY($5::text[]) AND NOT sessions.pull_out)
                   OR EXISTS (SELECT FROM rosters AS theirs
                              WHERE theirs.clinic_id = sessions.clinic_id AND theirs.session_id = sessions.id
                                AND theirs.person_id = $3))
        )
        """,
        staff, sorted(STAFF_ROLES), client.person, client.program, open_kinds, ended_after,
        client.clinic,
    )  # fmt: skip
    return found


class GroupPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A client's place on the roster of a group; `paused`: emptied while they are away."""

    session: str
    starts: datetime
    timezone: str
    enrolment: str | None
    paused: bool


async def group_places(
    tx: Transaction, client: Enrolled, kinds: Sequence[SessionKind], since: datetime
) -> list[GroupPlace]:
    """The client's places, and those that are paused, in groups of the program that start from `since` on."""
    rows = await tx.fetch(
        """
        SELECT place.session_id AS session, starts_at AS starts, timezone, place.enrolment_id AS enrolment, paused
        FROM (SELECT session_id, enrolment_id, false AS paused FROM rosters
              WHERE rosters.clinic_id = $1 AND person_id = $2 AND role = 'client'
              UNION ALL
              SELECT session_id, enrolment_id, true FROM paused_places
              WHERE paused_places.clinic_id = $1 AND person_id = $2) AS place
        JOIN sessions ON sessions.clinic_id = $1 AND sessions.id = place.session_id
        WHERE program_id = $3 AND kind = ANY($4::text[]) AND NOT pull_out AND starts_at >= $5
        ORDER BY starts_at, sessions.id
        """,
        client.clinic, client.person, client.program, kinds, since,
    )  # fmt: skip
    return [GroupPlace(**row) for row in rows]


async def pause(tx: Transaction, clinic: str, person: str, place: GroupPlace) -> None:
    """Remember a place that is being emptied."""
    await tx.execute(
        """
        INSERT INTO paused_places (clinic_id, session_id, person_id, enrolment_id) VALUES ($1, $2, $3, $4)
        ON CONFLICT (clinic_id, session_id, person_id) DO NOTHING
        """,
        clinic, place.session, person, place.enrolment,
    )  # fmt: skip


async def resume(tx: Transaction, clinic: str, person: str, session: str) -> None:
    """Forget a paused place that is being filled again."""
    await tx.execute(
        "DELETE FROM paused_places WHERE clinic_id = $1 AND session_id = $2 AND person_id = $3", clinic, session, person
    )


async def count_by_name(tx: Transaction, client: Enrolled, kinds: Sequence[SessionKind], after: datetime) -> int:
    """How many later sessions have the client on their roster by name: not as one of the program's groups."""
    found: int = await tx.fetchval(
        """
        SELECT count(*) FROM rosters
        JOIN sessions ON sessions.clinic_id = rosters.clinic_id AND sessions.id = rosters.session_id
        WHERE rosters.clinic_id = $1 AND person_id = $2 AND starts_at > $4
          AND (pull_out OR NOT kind = ANY($3::text[]))
        """,
        client.clinic, client.person, kinds, after,
    )  # fmt: skip
    return found


async def replace(tx: Transaction, clinic: str, session: str, places: Sequence[RosterPlace]) -> None:
    """Make these the whole roster of the session."""
    await tx.execute("DELETE FROM rosters WHERE clinic_id = $1 AND session_id = $2", clinic, session)
    await tx.executemany(
        "INSERT INTO rosters (clinic_id, session_id, person_id, role, enrolment_id) VALUES ($1, $2, $3, $4, $5)",
        [(clinic, session, place.person, place.role, place.enrolment) for place in places],
    )


async def names(tx: Transaction, clinic: str, session: str) -> dict[str, str]:
    """By id, the display names of the people on a session's roster, and of the subjects of its facts."""
    rows = await tx.fetch(
        """
        SELECT id, display_name FROM persons WHERE clinic_id = $1 AND id IN (
            SELECT person_id FROM rosters WHERE clinic_id = $1 AND session_id = $2
            UNION SELECT subject_id FROM ledger
                  WHERE clinic_id = $1 AND session_id = $2 AND subject_id IS NOT NULL)
        """,
        clinic,
        session,
    )
    return {row["id"]: row["display_name"] for row in rows}
