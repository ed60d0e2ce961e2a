"""Which facts of the ledger may be disclosed to an outside recipient (42 CFR Part 2), and in which form.

A fact about a client is disclosed only while that client's consent to this recipient is in force. Facts about staff and
about the session itself name no client. A plan is disclosed with only the entries of staff and of consenting clients.
A fact that cannot be judged is withheld.
"""

from collections.abc import Iterable, Mapping

import msgspec

from domain.chart.notes import NoteKind
from domain.events.attendance import AbsenceAnnounced, AbsenceExcused, AbsenceUnexcused, AttendanceCorrected
from domain.events.billing import AttendanceStated
from domain.events.catalogue import AnyEvent
from domain.events.chart import NoteSigned
from domain.events.fact import UnknownEvent
from domain.events.privacy import ConsentGiven, ConsentRevoked
from domain.events.programs import EnrolmentChanged
from domain.events.room import (
    ArrivalJudged,
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionMedium,
    ConnectionMoved,
    ConnectionOpened,
    ConnectionReturned,
    ConnectionSeen,
    PersonReadmitted,
    PersonRemoved,
    PersonReturned,
)
from domain.events.schedule import STAFF_ROLES, SessionPlanned
from domain.privacy.consents import Consent

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The short notice of 2.32(a)(2) that accompanies each disclosure."""
NOTICE_VERSION = "2.32(a)(2) of 2024"


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes to judge facts: consents in force by client, openings by connection, and kinds by note."""

    consents: Mapping[str, Consent]
    openings: Mapping[str, ConnectionOpened]
    note_kinds: Mapping[str, NoteKind]


class Disclosed(msgspec.Struct, frozen=True):
    """A fact as it may be disclosed, and the clients it is about. `whole`: nothing was removed; its hash still fits."""

    event: AnyEvent
    clients: frozenset[str]
    whole: bool = True


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer disclosed about one client: how many facts, between which positions, and on which consent."""

    client: str
    consent: str
    first_position: int
    last_position: int
    events: int


def named(facts: Iterable[tuple[AnyEvent, str | None]], openings: Mapping[str, ConnectionOpened]) -> frozenset[str]:
    """The people whose consents are needed to judge these facts, given as (fact, subject of its row)."""
    found: set[str] = set()
    for event, subject in facts:
        found |= _some(subject)
        if opening := openings.get(getattr(event, "connection", "")):
            found.add(opening.person)
        match event:
            case SessionPlanned():
                found.update(entry.person for entry in event.roster)
            case ConnectionOpened() | AttendanceCorrected() | PersonRemoved() | PersonReturned() | PersonReadmitted():
                found.add(event.person)
            case NoteSigned() | AttendanceStated() | EnrolmentChanged() | ConsentGiven() | ConsentRevoked():
                found |= _some(event.client)
            case _:
                pass
    return frozenset(found)


def disclose(event: AnyEvent, subject: str | None, register: Register) -> Disclosed | None:
    """The fact as it may be disclosed, or None if it is withheld. `subject` is the person whom its row names."""
    if isinstance(event, SessionPlanned):
        return _plan(event, register)
    clients = _clients(event, subject, register)
    if clients is None or not clients <= register.consents.keys():
        return None
    return Disclosed(event, clients)


def disclosures(disclosed: Iterable[tuple[int, Disclosed]], register: Register) -> list[Disclosure]:
    """One record per client, for an answer's (position, fact) in order of position."""
    positions: dict[str, list[int]] = {}
    for position, fact in disclosed:
        for client in fact.clients:
            positions.setdefault(client, []).append(position)
    return [
        Disclosure(
            client=client,
            consent=register.consents[client].id,
            first_position=found[0],
            last_position=found[-1],
            events=len(found),
        )
        for client, found in sorted(positions.items())
    ]


def _plan(event: SessionPlanned, register: Register) -> Disclosed:
    kept = tuple(entry for entry in event.roster if entry.role in STAFF_ROLES or entry.person in register.consents)
    clients = frozenset(entry.person for entry in kept if entry.role not in STAFF_ROLES)
    if kept == event.roster:
        return Disclosed(event, clients)
    return Disclosed(msgspec.structs.replace(event, roster=kept, salt=""), clients, whole=False)


def _clients(event: AnyEvent, subject: str | None, register: Register) -> frozenset[str] | None:
    """The clients whom the fact is about, or None if that is unknown or the fact is withheld always."""
    match event:
        case UnknownEvent() | ConsentGiven() | ConsentRevoked():
            return None  # whom else a client trusts is no recipient's business
        case ConnectionOpened():
            return _unless_staff(event)
        case ConnectionAdmitted() | ConnectionReturned() | ConnectionSeen() | ConnectionMoved():
            return _of_connection(event.connection, register)
        case ConnectionMedium() | ConnectionClosed():
            return _of_connection(event.connection, register)
        case NoteSigned():
            return _some(event.client, subject) if register.note_kinds.get(event.note) == "progress" else None
        case AttendanceStated() | EnrolmentChanged():
            return _some(event.client, subject)
        case (
            AttendanceCorrected() | PersonRemoved() | PersonReturned() | PersonReadmitted() | ArrivalJudged()
            | AbsenceAnnounced() | AbsenceExcused() | AbsenceUnexcused()
        ):  # fmt: skip
            return _some(event.person, subject)
        case _:
            return _some(subject)


def _of_connection(connection: str, register: Register) -> frozenset[str] | None:
    opening = register.openings.get(connection)
    return None if opening is None else _unless_staff(opening)


def _unless_staff(opening: ConnectionOpened) -> frozenset[str]:
    return frozenset() if opening.role in STAFF_ROLES else frozenset((opening.person,))


def _some(*persons: str | None) -> frozenset[str]:
    return frozenset(person for person in persons if person is not None)
