"""Attendance records: the workers compute them from the ledger, and replace them as facts arrive."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from operator import attrgetter

import msgspec

from domain.attendance.records import RULES, BlockCredit, ClientRecord, SessionRecord
from domain.events.schedule import PolicyReference
from domain.hours.totals import AttendedSession
from domain.projection.gathering import Projection
from store.database import Transaction, columns
from store.insertion import Insertion


class ClientWeek(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """A client's week in a program; `week` is its first day."""

    clinic: str
    program: str
    client: str
    week: date


async def replace(tx: Transaction, projections: Sequence[Projection]) -> set[ClientWeek]:
    """Replace these sessions' records; returns the weeks in which old or new ones count."""
    weeks = await _remove(tx, [(projection.clinic, projection.session) for projection in projections])
    await _insert_sessions(tx, projections)
    return weeks | await _insert_clients(tx, projections)


async def find(tx: Transaction, clinic: str, session: str) -> Projection | None:
    """The records of a session, or None when none were computed yet."""
    row = await tx.fetchrow(
        """
        SELECT program_id, policy_id, policy_version, policy_digest, week, record, final, earliest_start, latest_end,
               through_position, rules
        FROM session_records WHERE clinic_id = $1 AND session_id = $2
        """,
        clinic,
        session,
    )
    if row is None:
        return None
    clients = await _clients(tx, clinic, session)
    return Projection(
        session=session,
        clinic=clinic,
        program=row["program_id"],
        policy=PolicyReference(row["policy_id"], row["policy_version"], row["policy_digest"]),
        week=row["week"],
        record=msgspec.structs.replace(_SESSION.decode(row["record"]), clients=clients),
        final=row["final"],
        reach=(row["earliest_start"], row["latest_end"]),
        through_position=row["through_position"],
        rules=row["rules"],
    )


async def of_older_rules(tx: Transaction, clinic: str, sessions: Collection[str] | None = None) -> dict[str, int]:
    """The sessions (None: among all) whose records were computed by older rules than this release's, each with the last
    position that its records rest on."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, through_position FROM session_records
        WHERE clinic_id = $1 AND rules < $2 AND ($3::uuid[] IS NULL OR session_id = ANY($3))
        """,
        clinic,
        RULES,
        None if sessions is None else list(sessions),
    )
    return {row["session"]: row["through_position"] for row in rows}


class Older(msgspec.Struct, frozen=True):
    """A session with records by older rules, and the last position that they rest on."""

    session: str
    clinic: str
    position: int


async def next_of_older_rules(tx: Transaction, clinic: str, session: str, limit: int) -> list[Older]:
    """Sessions whose records were computed by older rules: the first ones of one clinic, at most `limit`.

    The search begins after the given clinic and session, in the order of their ids.
    """
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, clinic_id::text AS clinic, through_position AS position FROM session_records
        WHERE rules < $1 AND (clinic_id, session_id) > ($2::uuid, $3::uuid) ORDER BY clinic_id, session_id LIMIT $4
        """,
        RULES,
        clinic,
        session,
        limit,
    )
    return [Older(**row) for row in rows if row["clinic"] == rows[0]["clinic"]]


async def make_final(tx: Transaction, clinic: str, session: str) -> None:
    """Mark the session's records final: no fact that could change them is missing."""
    await tx.execute(
        "UPDATE session_records SET final = true WHERE clinic_id = $1 AND session_id = $2 AND NOT final",
        clinic,
        session,
    )


async def clear(tx: Transaction, clinic: str) -> None:
    """Delete a clinic's records."""
    await tx.execute("DELETE FROM attendance_records WHERE clinic_id = $1", clinic)
    await tx.execute("DELETE FROM session_records WHERE clinic_id = $1", clinic)


class WeekRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One session of a client's week."""

    session: str
    service_date: date
    record: ClientRecord


async def of_week(tx: Transaction, week: ClientWeek) -> list[WeekRecord]:
    """The records that count in that week, by service date."""
    rows = await tx.fetch(
        """
        SELECT service_date, session_id, record FROM attendance_records
        WHERE clinic_id = $1 AND program_id = $2 AND client_id = $3 AND week = $4 ORDER BY service_date, session_id
        """,
        week.clinic,
        week.program,
        week.client,
        week.week,
    )
    return [
        WeekRecord(session=row["session_id"], service_date=row["service_date"], record=_CLIENT.decode(row["record"]))
        for row in rows
    ]


async def attended(
    tx: Transaction, weeks: Collection[ClientWeek], kept: Sequence[Projection] = ()
) -> dict[ClientWeek, list[AttendedSession]]:
    """The sessions that count in each of these weeks, by service date; weeks without records have an empty list.

    `kept` are projections that the tables hold already: they are not read, since reading costs as much as writing.
    """
    rows = await tx.fetch(
        """
        SELECT place, service_date, (record -> 'blocks')::text AS blocks
        FROM unnest($1::text[], $2::text[], $3::text[], $4::date[]) WITH ORDINALITY
             AS wanted (clinic_id, program_id, client_id, week, place)
        JOIN attendance_records AS kept ON kept.clinic_id = wanted.clinic_id::uuid
         AND kept.program_id = wanted.program_id::uuid AND kept.client_id = wanted.client_id::uuid
         AND kept.week = wanted.week
        WHERE kept.session_id <> ALL($5::uuid[])
        """,
        *columns([(week.clinic, week.program, week.client, week.week) for week in weeks], 4),
        [of.session for of in kept],
    )
    wanted = list(weeks)
    found: dict[ClientWeek, list[AttendedSession]] = {week: [] for week in wanted}
    for place, service_date, blocks in rows:
        week = wanted[place - 1]
        found[week].append(
            AttendedSession(client=week.client, service_date=service_date, blocks=_BLOCKS.decode(blocks))
        )
    for week, session in _counting(kept):
        if week in found:
            found[week].append(session)
    for sessions in found.values():
        sessions.sort(key=attrgetter("service_date"))
    return found


_SESSION = msgspec.json.Decoder(SessionRecord)
_CLIENT = msgspec.json.Decoder(ClientRecord)
_BLOCKS = msgspec.json.Decoder(tuple[BlockCredit, ...])


async def _clients(tx: Transaction, clinic: str, session: str) -> dict[str, ClientRecord]:
    rows = await tx.fetch(
        "SELECT client_id, record FROM attendance_records WHERE clinic_id = $1 AND session_id = $2 ORDER BY client_id",
        clinic,
        session,
    )
    return {row["client_id"]: _CLIENT.decode(row["record"]) for row in rows}


async def _remove(tx: Transaction, sessions: Sequence[tuple[str, str]]) -> set[ClientWeek]:
    """Delete the records of these (clinic, session) pairs; returns the weeks in which they counted."""
    old = columns(sessions, 2)
    await tx.execute(
        """
        DELETE FROM session_records AS kept USING unnest($1::uuid[], $2::uuid[]) AS old (clinic_id, session_id)
        WHERE kept.clinic_id = old.clinic_id AND kept.session_id = old.session_id
        """,
        *old,
    )
    rows = await tx.fetch(
        """
        DELETE FROM attendance_records AS kept USING unnest($1::uuid[], $2::uuid[]) AS old (clinic_id, session_id)
        WHERE kept.clinic_id = old.clinic_id AND kept.session_id = old.session_id
        RETURNING kept.clinic_id::text AS clinic, program_id::text AS program, client_id::text AS client, week
        """,
        *old,
    )
    return {ClientWeek(**row) for row in rows if row["program"] is not None}


_SESSIONS = Insertion(
    "session_records",
    {
        "session_id": "uuid", "clinic_id": "uuid", "program_id": "uuid", "service_date": "date", "week": "date",
        "net_s": "integer", "facilitator_gap_s": "integer", "participant_count": "integer", "final": "boolean",
        "earliest_start": "timestamptz", "latest_end": "timestamptz", "policy_id": "text", "policy_version": "integer",
        "policy_digest": "text", "record": "json", "through_position": "bigint", "rules": "integer",
    },
)  # fmt: skip
_CLIENTS = Insertion(
    "attendance_records",
    {
        "session_id": "uuid", "client_id": "uuid", "clinic_id": "uuid", "program_id": "uuid", "service_date": "date",
        "week": "date", "status": "text", "connected_s": "integer", "credited_s": "integer", "billable_s": "integer",
        "late_s": "integer", "record": "json", "through_position": "bigint",
    },
)  # fmt: skip


async def _insert_sessions(tx: Transaction, projections: Sequence[Projection]) -> None:
    rows = [
        (
            of.session, of.clinic, of.program, of.record.service_date, of.week, of.record.net_s,
            of.record.facilitator_gap_s, of.record.participant_count, of.final, *of.reach, of.policy.id,
            of.policy.version, of.policy.digest, _text(msgspec.structs.replace(of.record, clients={})),
            of.through_position, of.rules,
        )
        for of in projections
    ]  # fmt: skip
    await _SESSIONS.of(tx, rows)


async def _insert_clients(tx: Transaction, projections: Sequence[Projection]) -> set[ClientWeek]:
    """Insert the clients' records; returns the weeks in which they count."""
    rows = [
        (
            of.session, client, of.clinic, of.program, of.record.service_date, of.week, record.status,
            record.connected_s, record.credited_s, record.billable_s, record.late_s, _text(record), of.through_position,
        )
        for of in projections
        for client, record in of.record.clients.items()
    ]  # fmt: skip
    await _CLIENTS.of(tx, rows)
    return {week for week, _ in _counting(projections)}


def _counting(projections: Sequence[Projection]) -> Iterator[tuple[ClientWeek, AttendedSession]]:
    """What each client attended, with the week in which it counts; nothing counts outside a program."""
    for of in projections:
        if of.program is not None:
            for client, record in of.record.clients.items():
                week = ClientWeek(clinic=of.clinic, program=of.program, client=client, week=of.week)
                yield week, AttendedSession(client=client, service_date=of.record.service_date, blocks=record.blocks)


def _text(record: SessionRecord | ClientRecord) -> str:
    return msgspec.json.encode(record).decode()
