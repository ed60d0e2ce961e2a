"""Evenings as rows of the ledger, like the room's own: twelve clients come, are admitted, and leave."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from bench.ledger.clinic import Clinic
from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import (
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    RoomClosed,
    RoomOpened,
    SessionEnded,
    SessionStarted,
)
from domain.events.schedule import Role, RosterEntry, SessionPlanned
from domain.ledger import chain
from domain.ledger.streams import numbered, plan_stream, room_stream
from runtime.clock import new_id
from store.ledger import facts as ledger
from store.ledger.facts import LedgerRow

FIRST = datetime(2024, 1, 1, 23, 0, tzinfo=UTC)
LENGTH = timedelta(hours=3)
GROUP = 12


def rows(clinic: Clinic, count: int) -> Iterator[LedgerRow]:
    """At least `count` facts of whole evenings, each evening's plan first; a client attends one evening a day."""
    made = evening = 0
    groups = len(clinic.clients) // GROUP
    while made < count:
        day, group = divmod(evening, groups)
        clients = [client.person for client in clinic.clients[group * GROUP : (group + 1) * GROUP]]
        for row in _evening(clinic, clients, FIRST + timedelta(days=day)):
            made += 1
            yield row
        evening += 1


def _evening(clinic: Clinic, clients: list[str], start: datetime) -> Iterator[LedgerRow]:
    session = new_id()
    roster = (RosterEntry(clinic.facilitator, "facilitator"), *(RosterEntry(client) for client in clients))
    planned = SessionPlanned(
        at=start - timedelta(days=1), session=session, kind="group", timezone="America/New_York", start=start,
        end=start + LENGTH, policy=clinic.policy, program=clinic.program, roster=roster,
    )  # fmt: skip
    yield from _stream(clinic.id, plan_stream(session), 1, [(planned, None)])
    yield from _stream(clinic.id, room_stream(session, 1), numbered(1, 1), _room(clinic, session, clients, start))


def _stream(clinic: str, stream: str, first_seq: int, events: list[tuple[Event, str | None]]) -> Iterator[LedgerRow]:
    link = chain.START
    for seq, (event, subject) in enumerate(events, start=first_seq):
        fact = msgspec.structs.replace(event, id=new_id(), seq=seq)
        link = chain.link(link, encode(fact))
        yield ledger.row(fact, clinic, stream, link, subject)


def _room(clinic: Clinic, session: str, clients: list[str], start: datetime) -> list[tuple[Event, str | None]]:
    events: list[tuple[Event, str | None]] = [(RoomOpened(at=start, session=session, node="node-1", epoch=1), None)]
    events.append((SessionStarted(at=start, session=session, by=clinic.facilitator), None))
    connections = {person: new_id() for person in (clinic.facilitator, *clients)}
    for late, (person, connection) in enumerate(connections.items()):
        at = start + timedelta(seconds=5 * late)
        role: Role = "client" if late else "facilitator"
        opened = ConnectionOpened(at=at, session=session, connection=connection, person=person, role=role)
        events.append((opened, person))
        events.append((ConnectionAdmitted(at=at, session=session, connection=connection), person))
    end = start + LENGTH
    for person, connection in connections.items():
        events.append((ConnectionClosed(at=end, session=session, connection=connection, cause="ended"), person))
    events.append((SessionEnded(at=end, session=session, by=clinic.facilitator), None))
    events.append((RoomClosed(at=end, session=session, count=len(events) + 1), None))
    return events
