"""A clinic with one program, and its evenings, recorded fact by fact as a signaling node would."""

from datetime import UTC, datetime, timedelta

import msgspec

from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import (
    CloseCause,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    RoomClosed,
    RoomOpened,
    SessionEnded,
    SessionStarted,
)
from domain.events.schedule import (
    PolicyReference,
    Role,
    RosterEntry,
    SessionCancelled,
    SessionPlanned,
    SessionReinstated,
)
from domain.ledger import chain
from domain.ledger.streams import numbered
from runtime.clock import new_id
from store.database import Database
from store.ledger import facts as ledger
from store.ledger import streams
from store.ledger.facts import LedgerRow

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
"""18:00 in New York, a Tuesday."""
NINE = SIX + timedelta(hours=3)


def after(minutes: float, seconds: float = 0) -> datetime:
    """The instant this long after six."""
    return SIX + timedelta(minutes=minutes, seconds=seconds)


class Clinic(msgspec.Struct, frozen=True, kw_only=True):
    """A clinic and the ids of its people: Dana leads groups, Robin helps, Pat and Sam are clients."""

    id: str
    program: str
    policy: PolicyReference
    dana: str
    robin: str
    pat: str
    sam: str


async def found(database: Database, policy: PolicyReference) -> Clinic:
    """A new clinic with its people."""
    people = {name: new_id() for name in ("dana", "robin", "pat", "sam")}
    clinic = Clinic(id=new_id(), program=new_id(), policy=policy, **people)
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO clinics (id, name, timezone) VALUES ($1, 'Riverbend', 'UTC')", clinic.id)
        await tx.executemany(
            "INSERT INTO persons (id, clinic_id, display_name) VALUES ($1, $2, $3)",
            [(id, clinic.id, name.title()) for name, id in people.items()],
        )
        await tx.execute(
            """
            INSERT INTO programs (id, clinic_id, name, timezone, week_start, policy_id, policy_version)
            VALUES ($1, $2, 'Evening', 'America/New_York', 'sunday', $3, $4)
            """,
            clinic.program,
            clinic.id,
            policy.id,
            policy.version,
        )
    return clinic


async def planned(database: Database, clinic: Clinic, start: datetime = SIX, **changes: object) -> str:
    """A session of the program, three hours from `start`, on the schedule and in the ledger; returns its id."""
    session = new_id()
    async with database.transaction() as tx:
        await tx.execute(
            """
            INSERT INTO sessions (id, clinic_id, program_id, kind, timezone, starts_at, ends_at, policy_id,
                                  policy_version, policy_digest)
            VALUES ($1, $2, $3, 'group', 'America/New_York', $4, $5, $6, $7, $8)
            """,
            session,
            clinic.id,
            clinic.program,
            start,
            start + timedelta(hours=3),
            clinic.policy.id,
            clinic.policy.version,
            clinic.policy.digest,
        )
        await tx.executemany(
            "INSERT INTO rosters (clinic_id, session_id, person_id, role) VALUES ($1, $2, $3, $4)",
            [
                (clinic.id, session, clinic.dana, "facilitator"),
                (clinic.id, session, clinic.pat, "client"),
                (clinic.id, session, clinic.sam, "client"),
            ],
        )
    await replan(database, clinic, session, start=start, end=start + timedelta(hours=3), **changes)
    return session


async def replan(database: Database, clinic: Clinic, session: str, **changes: object) -> None:
    """Record a new plan for the session."""
    roster = (RosterEntry(clinic.dana, "facilitator"), RosterEntry(clinic.pat), RosterEntry(clinic.sam))
    plan = SessionPlanned(
        id=new_id(),
        at=SIX - timedelta(days=1),
        session=session,
        kind="group",
        timezone="America/New_York",
        start=SIX,
        end=NINE,
        policy=clinic.policy,
        program=clinic.program,
        roster=roster,
    )
    async with database.transaction() as tx:
        await streams.record(tx, clinic.id, f"plan:{session}", msgspec.structs.replace(plan, **changes))


async def cancel(database: Database, clinic: Clinic, session: str, at: datetime, back: bool = False) -> None:
    """Staff cancel the session, or reinstate it (`back`)."""
    kind = SessionReinstated if back else SessionCancelled
    fact = kind(id=new_id(), at=at, session=session, by=clinic.dana, reason="weather")
    async with database.transaction() as tx:
        await streams.record(tx, clinic.id, f"plan:{session}", fact)


async def taken(database: Database, clinic: Clinic, session: str, at: datetime = SIX) -> None:
    """A node takes the first epoch of the session's room; its facts stay on its disk."""
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO rooms (session_id, epoch, clinic_id, node_id, opened_at) VALUES ($1, 1, $2, 'node-1', $3)",
            session,
            clinic.id,
            at,
        )


class Room:
    """One epoch of a session's room: it numbers and chains its facts, and keeps them until they are shipped."""

    def __init__(self, clinic: str, session: str, epoch: int = 1, at: datetime = SIX) -> None:
        """Open the room at `at`."""
        self.clinic = clinic
        self.session = session
        self.epoch = epoch
        self.rows: list[LedgerRow] = []
        self.record(RoomOpened(at=at, node="node-1", epoch=epoch))

    def record(self, event: Event, subject: str | None = None) -> "Room":
        """Add one more fact."""
        seq = numbered(self.epoch, len(self.rows) + 1)
        fact = msgspec.structs.replace(event, id=new_id(), session=self.session, seq=seq)
        digest = chain.link(self.rows[-1].hash if self.rows else chain.START, encode(fact))
        stream = f"room:{self.session}:{self.epoch}"
        self.rows.append(ledger.row(fact, self.clinic, stream, digest, subject))
        return self

    def comes(self, person: str, at: datetime, role: Role = "client") -> str:
        """A person enters the lobby and the room at once; returns the connection."""
        connection = new_id()
        self.record(ConnectionOpened(at=at, connection=connection, person=person, role=role), person)
        self.record(ConnectionAdmitted(at=at, connection=connection), person)
        return connection

    def goes(self, connection: str, at: datetime, cause: CloseCause = "left") -> "Room":
        """The connection is closed."""
        last_seen = at - timedelta(seconds=10) if cause == "lost" else None
        return self.record(ConnectionClosed(at=at, connection=connection, cause=cause, last_seen=last_seen))

    def starts(self, at: datetime = SIX) -> "Room":
        """Staff start the session."""
        return self.record(SessionStarted(at=at))

    def ends(self, at: datetime = NINE) -> "Room":
        """Staff end the session, and the room closes."""
        self.record(SessionEnded(at=at))
        return self.closes(at)

    def closes(self, at: datetime) -> "Room":
        """Add the last fact of the epoch."""
        return self.record(RoomClosed(at=at, count=len(self.rows) + 1))


async def ship(database: Database, rows: list[LedgerRow]) -> None:
    """Append the rows to the ledger, as the shipper does; repeating it does nothing."""
    async with database.transaction() as tx:
        await ledger.append(tx, rows)


def whole_evening(clinic: Clinic, session: str, start: datetime = SIX) -> Room:
    """Dana stays all evening; Pat has a gap of 1:55 that is bridged; Sam leaves half an hour early."""

    def at(minutes: int, seconds: int = 0) -> datetime:
        return start + timedelta(minutes=minutes, seconds=seconds)

    room = Room(clinic.id, session, at=start)
    dana = room.comes(clinic.dana, at(0), "facilitator")
    room.starts(at(0))
    pat, sam = room.comes(clinic.pat, at(0)), room.comes(clinic.sam, at(0))
    room.goes(pat, at(42, 10))
    pat = room.comes(clinic.pat, at(44, 5))
    room.goes(sam, at(150))
    room.goes(pat, at(180), "ended").goes(dana, at(180), "ended")
    return room.ends(at(180))
