"""Realistic evenings: people come late or early, are dropped, change devices, wait; most breaks are declared."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import msgspec

from domain.events.fact import Event
from domain.events.room import (
    BreakEnded,
    BreakStarted,
    CloseCause,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    RoomClosed,
    RoomOpened,
    SessionEnded,
    SessionExtended,
    SessionStarted,
)
from domain.events.schedule import PolicyReference, Role, RosterEntry, SessionPlanned
from domain.ledger.streams import numbered

FIRST = datetime(2024, 1, 1, 23, 0, tzinfo=UTC)
LENGTH = timedelta(hours=3, minutes=15)
BREAK = (timedelta(minutes=90), timedelta(minutes=105))
DAYS_OF_A_WEEK = (0, 1, 3)
GROUPS, GROUP = 40, 12
SEED = 20240101


class Program(msgspec.Struct, frozen=True):
    """The policy and the program of every plan."""

    policy: PolicyReference
    id: str | None = None


class _Group(msgspec.Struct, frozen=True):
    facilitator: str
    clients: tuple[str, ...]


def evenings(count: int, program: Program, among: int = GROUPS) -> Iterator[list[Event]]:
    """Whole evenings of at least `count` facts in all, each in the order of recording, its plan first.

    They are the same at every call. Each of `among` groups meets three times per week, all at the same hour, so that
    hours add up over weeks.
    """
    chance = Random(SEED)
    groups = [_Group(_id(chance), tuple(_id(chance) for _ in range(GROUP))) for _ in range(among)]
    made = number = 0
    while made < count:
        meeting, group = divmod(number, among)
        week, day = divmod(meeting, len(DAYS_OF_A_WEEK))
        events = _evening(groups[group], FIRST + timedelta(weeks=week, days=DAYS_OF_A_WEEK[day]), program, chance)
        yield events
        made += len(events)
        number += 1


def _evening(group: _Group, start: datetime, program: Program, chance: Random) -> list[Event]:
    session = _id(chance)
    declared = chance.random() < 0.8
    roster = (RosterEntry(group.facilitator, "facilitator"), *(RosterEntry(client) for client in group.clients))
    plan = SessionPlanned(
        id=_id(chance), seq=1, at=start - timedelta(days=1), session=session, kind="group",
        timezone="America/New_York", start=start, end=start + LENGTH, policy=program.policy, program=program.id,
        breaks=() if declared else ((start + BREAK[0], start + BREAK[1]),), roster=roster,
    )  # fmt: skip
    events = _acts(session, start, declared, chance)
    events += _visits(session, (group.facilitator, "facilitator"), start, chance)
    for client in group.clients:
        events += _visits(session, (client, "client"), start, chance)
    events.sort(key=lambda event: event.at)
    events.append(RoomClosed(at=events[-1].at, session=session, count=len(events) + 1))
    return [plan, *_numbered(events, chance)]


def _numbered(events: list[Event], chance: Random) -> list[Event]:
    first = numbered(1, 1)
    return [msgspec.structs.replace(event, id=_id(chance), seq=seq) for seq, event in enumerate(events, first)]


def _acts(session: str, start: datetime, declared: bool, chance: Random) -> list[Event]:
    """The events by staff."""
    acts: list[Event] = [RoomOpened(at=start - timedelta(minutes=15), session=session, node="node-1", epoch=1)]
    acts.append(SessionStarted(at=start, session=session))
    if declared:
        acts.append(BreakStarted(at=start + BREAK[0], session=session))
        acts.append(BreakEnded(at=start + BREAK[1] + timedelta(seconds=chance.randint(0, 300)), session=session))
    if chance.random() < 0.1:
        acts.append(SessionExtended(at=start + LENGTH / 2, session=session, until=start + LENGTH * 1.05))
    acts.append(SessionEnded(at=start + LENGTH * chance.choice((0.98, 1, 1, 1.02)), session=session))
    return acts


def _visits(session: str, who: tuple[str, Role], start: datetime, chance: Random) -> list[Event]:
    """One person's connections: all but the last are cut, and most people come back within two minutes."""
    staff = who[1] == "facilitator"
    at = start + timedelta(seconds=-120 if staff else chance.randint(-300, 400), milliseconds=chance.randint(0, 999))
    events: list[Event] = []
    for cut in sorted(chance.randint(900, 11_000) for _ in range(chance.choice((0, 0, 1, 1, 2, 4)))):
        gone = max(at + timedelta(minutes=2), start + timedelta(seconds=cut, milliseconds=chance.randint(0, 999)))
        events += _visit(session, who, (at, gone, chance.choice(("lost", "lost", "left"))), chance)
        at = gone + timedelta(seconds=chance.choice((-20, 2, 10, 40, 100, 119, 200, 600)))
    end = max(at + timedelta(minutes=2), start + LENGTH * 1.05)
    return events + _visit(session, who, (at, end, "ended"), chance)


def _visit(
    session: str, who: tuple[str, Role], stay: tuple[datetime, datetime, CloseCause], chance: Random
) -> list[Event]:
    (person, role), (at, gone, cause), connection = who, stay, _id(chance)
    admitted = at + timedelta(milliseconds=chance.randint(200, 20_000))
    last_seen = gone - timedelta(milliseconds=chance.randint(0, 15_000)) if cause == "lost" else None
    events: list[Event] = [
        ConnectionOpened(at=at, session=session, connection=connection, person=person, role=role),
        ConnectionAdmitted(at=admitted, session=session, connection=connection),
    ]
    if chance.random() < 0.05:
        back = admitted + (gone - admitted) / 3
        events.append(ConnectionReturned(at=back, session=session, connection=connection))
        events.append(ConnectionAdmitted(at=back + timedelta(seconds=45), session=session, connection=connection))
    if chance.random() < 0.1:
        events.append(ConnectionSeen(at=admitted + (gone - admitted) * 0.99, session=session, connection=connection))
    if cause != "lost" or chance.random() < 0.98:
        closed = ConnectionClosed(at=gone, session=session, connection=connection, cause=cause, last_seen=last_seen)
        events.append(closed)
    return events


def _id(chance: Random) -> str:
    return str(UUID(int=chance.getrandbits(128), version=4))
