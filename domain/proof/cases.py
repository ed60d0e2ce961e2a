"""Case files: sessions with their events, a policy's overrides, and the exact answer, in one JSON document.

A malformed file is refused with the path to the wrong field: `sessions[0].events[3].at: …`.
"""

import re
from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from domain.attendance.facts import SessionFacts
from domain.attendance.records import ClientFigures, ClientRecord, SessionRecord
from domain.decoding import decoded
from domain.errors import InvalidInput
from domain.events import catalogue
from domain.events.attendance import AttendanceCorrected
from domain.events.catalogue import AnyEvent
from domain.events.fact import Instant, Span, UnknownEvent
from domain.events.room import ConnectionOpened
from domain.events.schedule import ROLES, Block, PolicyReference, RosterEntry, SessionKind, SessionPlanned
from domain.policy import Policy, digest


class ExpectedSession(msgspec.Struct, frozen=True):
    """The part of a session's record that a case states."""

    service_date: date
    net_s: int
    facilitator_gap_s: int
    participant_count: int
    clients: dict[str, ClientFigures]


Expectation = dict[str, ExpectedSession]
"""The `expect` of a case file, by session id."""


class Case(msgspec.Struct, frozen=True):
    """A case, ready to be worked out: `plain(attendance(case.sessions))` must equal `expect`, if there is one."""

    name: str
    sessions: list[SessionFacts]
    expect: Any
    """The JSON value from the file; None if nothing is expected."""
    closed: tuple[str, ...] = ()
    """Lines to compare the closings of an exported session with those from other sources."""


class _Session(msgspec.Struct, frozen=True):
    id: str
    kind: SessionKind
    timezone: str
    start: Instant
    end: Instant
    breaks: tuple[Span, ...] = ()
    blocks: tuple[Block, ...] = ()
    roster: tuple[str | RosterEntry, ...] = ()
    parent: str | None = None
    pull_out: bool = False
    events: tuple[msgspec.Raw, ...] = ()
    corrections: tuple[msgspec.Raw, ...] = ()


class _File(msgspec.Struct, frozen=True):
    sessions: tuple[_Session, ...]
    name: str = ""
    policy: msgspec.Raw = msgspec.Raw(b"{}")
    expect: Any = None


class _Header(msgspec.Struct, frozen=True):
    """The fields that identify an event: an id, or a seq in its place."""

    type: str
    id: str | None = None
    seq: int | None = None


_FILE = msgspec.json.Decoder(_File)
_HEADER = msgspec.json.Decoder(_Header)
_POLICY = msgspec.json.Decoder(Policy)
_PLANNED = SessionPlanned.__struct_config__.tag
_CORRECTED = AttendanceCorrected.__struct_config__.tag
_RULE_WITH_SPACE = re.compile(rb'\[\s*"per (diem|session)"')
"""Another spelling of two unit rules, because people write cases by hand."""
_NO_DATE = "1970-01-01T00:00:00Z"
"""Replaces a missing `from`, so that decoding reports that field as missing."""


def read(body: bytes) -> Case:
    """The case in a file's bytes.

    Raises:
        InvalidInput: the file is not JSON, or a field is missing or malformed; names its path.
    """
    file = decoded(_FILE.decode, body)
    _refuse_doubled(file.sessions)
    policy = decoded(_POLICY.decode, _RULE_WITH_SPACE.sub(rb'["per_\1"', bytes(file.policy)), "policy")
    sessions = [_facts(session, f"sessions[{i}]", policy) for i, session in enumerate(file.sessions)]
    return Case(file.name, sessions, file.expect)


def answer(records: dict[str, SessionRecord]) -> Expectation:
    """The records in the form of a case's `expect`."""
    return {identity: _expected(record) for identity, record in records.items()}


def plain(records: dict[str, SessionRecord]) -> dict[str, Any]:
    """The same as a JSON value, as a case file holds it."""
    value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(answer(records)))
    return value


def _expected(record: SessionRecord) -> ExpectedSession:
    return ExpectedSession(
        service_date=record.service_date,
        net_s=record.net_s,
        facilitator_gap_s=record.facilitator_gap_s,
        participant_count=record.participant_count,
        clients={person: _expected_client(client) for person, client in record.clients.items()},
    )


def _expected_client(record: ClientRecord) -> ClientFigures:
    return ClientFigures(**{name: getattr(record, name) for name in ClientFigures.__struct_fields__})


def _facts(session: _Session, path: str, policy: Policy) -> SessionFacts:
    _refuse_unknown_zone(session.timezone, path)
    if not 1970 <= session.start.year < 9999:
        raise InvalidInput(f"{path}.start: the year is out of reach")
    if session.end < session.start:
        raise InvalidInput(f"{path}.end: before the session's start")
    for i, entry in enumerate(session.roster):
        if isinstance(entry, RosterEntry):
            _refuse_unknown_role(entry.role, f"{path}.roster[{i}]")
    facts = [event for i, raw in enumerate(session.events) for event in _events(raw, f"{path}.events[{i}]")]
    corrections = [
        decoded(partial(_corrected, f"corrections[{i}]"), bytes(raw), f"{path}.corrections[{i}]")
        for i, raw in enumerate(session.corrections)
    ]
    return SessionFacts(id=session.id, plan=_plan(session), policy=policy, events=[*facts, *corrections])


def _plan(session: _Session) -> SessionPlanned:
    roster = (RosterEntry(person=entry) if isinstance(entry, str) else entry for entry in session.roster)
    return SessionPlanned(
        at=session.start,
        session=session.id,
        kind=session.kind,
        timezone=session.timezone,
        start=session.start,
        end=session.end,
        policy=PolicyReference(id="case", version=1, digest=digest(b"")),
        blocks=session.blocks,
        breaks=session.breaks,
        roster=tuple(roster),
        parent=session.parent,
        pull_out=session.pull_out,
    )


def _events(raw: msgspec.Raw, path: str) -> list[AnyEvent]:
    """The event in a list; empty for a plan (the session's own fields are one) and for unknown types without an id."""
    header = decoded(_HEADER.decode, bytes(raw), path)
    if header.type == _PLANNED:
        return []
    event = decoded(catalogue.decode, bytes(raw), path)
    if isinstance(event, ConnectionOpened):
        _refuse_unknown_role(event.role, path)
    if header.id or header.seq is not None:
        return [event]
    if isinstance(event, UnknownEvent):
        return []
    raise InvalidInput(f"{path}.seq: an event needs an `id`, or a `seq` in its place")


def _corrected(identity: str, body: bytes) -> AttendanceCorrected:
    """A case gives corrections no time, so `from` replaces it; their order does not matter."""
    stated = msgspec.json.decode(body, type=dict[str, Any])
    dated = stated | {"type": _CORRECTED, "id": identity, "at": stated.get("from", _NO_DATE)}
    return msgspec.convert(dated, AttendanceCorrected)


def _refuse_doubled(sessions: tuple[_Session, ...]) -> None:
    seen: set[str] = set()
    for i, session in enumerate(sessions):
        if session.id in seen:
            raise InvalidInput(f"sessions[{i}].id: {session.id!r} is used twice")
        seen.add(session.id)


def _refuse_unknown_role(role: str, path: str) -> None:
    """In a file written by hand an unknown role is more likely misspelt than new."""
    if role not in ROLES:
        raise InvalidInput(f"{path}.role: no role is called {role!r}")


def _refuse_unknown_zone(name: str, path: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise InvalidInput(f"{path}.timezone: no time zone is called {name!r}") from None
