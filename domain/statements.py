"""Statements: what billing is told of a client in a session, version by version, and when the first is due."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from domain.events import (
    AnyEvent,
    AttendanceStated,
    NoteSigned,
    PolicyReference,
    RoomClosed,
    SessionEnded,
)
from domain.facts import EPOCH_BITS
from domain.records import ClientRecord

PATIENCE = timedelta(hours=72)
"""How long after its end a session whose room's streams have not all closed is stated all the same."""
OUTCOMES = frozenset(str(kind.__struct_config__.tag) for kind in (AttendanceStated, NoteSigned))
"""The types of facts that come out of a session's attendance or beside it: the arithmetic does not wait for them."""
_VERSIONING = frozenset(("id", "seq", "at", "v", "version", "supersedes", "delta_credited_s", "delta_billable_s"))


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the statements of one session have in common."""

    session: str
    service_date: date
    participant_count: int
    policy: PolicyReference
    incomplete: bool


def is_final(events: Iterable[AnyEvent], end: datetime) -> bool:
    """Whether the session has ended and every epoch of its room is here, whole.

    Epochs count up from 1; one is whole when its `room.closed` is here with as many facts as that counts. Nobody has
    to press "end": a room that closed at or after `end`, the window's, has ended the session too.
    """
    events = list(events)
    epochs = _epochs(events)
    if not epochs or len(epochs) < max(epochs) or not all(_is_whole(facts) for facts in epochs.values()):
        return False
    closings = (event.at for event in events if isinstance(event, RoomClosed))
    return any(isinstance(event, SessionEnded) for event in events) or max(closings) >= end


def first(stated: Stated, client: str, record: ClientRecord, at: datetime) -> AttendanceStated:
    """The statement of a client of whom nothing was stated yet."""
    return AttendanceStated(
        at=at,
        session=stated.session,
        client=client,
        version=1,
        supersedes=None,
        service_date=stated.service_date.isoformat(),
        status=record.status,
        credited_s=record.credited_s,
        billable_s=record.billable_s,
        delta_credited_s=record.credited_s,
        delta_billable_s=record.billable_s,
        late_s=record.late_s,
        participant_count=stated.participant_count,
        holds=record.holds,
        units=record.units,
        policy=stated.policy,
        incomplete=stated.incomplete,
    )


def following(last: AttendanceStated | None, statement: AttendanceStated) -> AttendanceStated | None:
    """`statement` as the version behind `last`, or None when it says nothing new."""
    if last is None:
        return statement
    if _content(last) == _content(statement):
        return None
    return msgspec.structs.replace(
        statement,
        version=last.version + 1,
        supersedes=last.id,
        delta_credited_s=statement.credited_s - last.credited_s,
        delta_billable_s=statement.billable_s - last.billable_s,
    )


def withdrawn(last: AttendanceStated) -> ClientRecord:
    """The record of somebody who was stated and is no client of the session any more."""
    return ClientRecord(
        connected_s=0,
        credited_s=0,
        billable_s=0,
        status="no_show",
        holds=(),
        late_s=None,
        units=dict.fromkeys(last.units, 0),
    )


def latest(events: Iterable[AnyEvent]) -> dict[str, AttendanceStated]:
    """By client, the statement that no other supersedes."""
    stated = sorted((event for event in events if isinstance(event, AttendanceStated)), key=lambda event: event.version)
    return {event.client: event for event in stated}


def _content(statement: AttendanceStated) -> dict[str, object]:
    fields = msgspec.structs.asdict(statement)
    return {name: value for name, value in fields.items() if name not in _VERSIONING}


def _epochs(events: Iterable[AnyEvent]) -> dict[int, dict[str, AnyEvent]]:
    epochs: dict[int, dict[str, AnyEvent]] = {}
    for event in events:
        if epoch := event.seq >> EPOCH_BITS:
            epochs.setdefault(epoch, {})[event.id] = event
    return epochs


def _is_whole(facts: dict[str, AnyEvent]) -> bool:
    return any(isinstance(event, RoomClosed) and event.count <= len(facts) for event in facts.values())
