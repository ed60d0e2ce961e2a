"""Statements: what billing receives about a client in a session, version by version."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from domain.attendance.records import ClientRecord, Outcome, SessionRecord
from domain.events.billing import AttendanceStated
from domain.events.catalogue import AnyEvent
from domain.events.chart import NoteSigned
from domain.events.schedule import PolicyReference

DERIVED = frozenset(str(kind.__struct_config__.tag) for kind in (AttendanceStated, NoteSigned))
"""The types of facts that come out of a session's attendance or beside it: the arithmetic does not wait for them."""
RULE_CHANGED = "rule_changed"
"""The cause of a statement for which no fact is the reason, but a release with other rules."""
VERSION = 2
"""The shape of the statements made now (`AttendanceStated.v`)."""
_SINCE = {"outcome": 2}
"""Fields that older statements did not have and whose default says nothing: such a field alone is no news."""
_VERSIONING = frozenset(
    ("id", "seq", "at", "v", "version", "supersedes", "delta_credited_s", "delta_billable_s", "cause")
)
_CONTENT = frozenset(AttendanceStated.__struct_fields__) - _VERSIONING
_CLAIM = frozenset(("status", "credited_s", "billable_s", "holds", "units"))


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What the statements of one session have in common."""

    session: str
    service_date: date
    participant_count: int
    policy: PolicyReference
    incomplete: bool
    outcome: Outcome | None = None


def first(stated: Stated, client: str, record: ClientRecord, at: datetime) -> AttendanceStated:
    """The first statement about a client in a session.

    Raises:
        ValueError: the session is not over, so the client has no status yet.
    """
    if record.status is None:
        raise ValueError("a session that is not over is not stated")
    return AttendanceStated(
        at=at,
        v=VERSION,
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
        outcome=stated.outcome,
        excused=record.excused,
        reinstated="reinstated" in record.flags,
    )


def following(
    last: AttendanceStated | None, statement: AttendanceStated, cause: str | None = None
) -> AttendanceStated | None:
    """`statement` as the version behind `last`, or None when it says nothing new, in the shape that `last` has."""
    if last is None:
        return statement
    names = _told(cause)
    if _content(last, names, last.v) == _content(statement, names, last.v):
        return None
    return msgspec.structs.replace(
        statement,
        version=last.version + 1,
        supersedes=last.id,
        delta_credited_s=statement.credited_s - last.credited_s,
        delta_billable_s=statement.billable_s - last.billable_s,
        cause=cause,
    )


def stated_clients(record: SessionRecord, last: Mapping[str, AttendanceStated]) -> dict[str, ClientRecord]:
    """By client, in order: the records for billing, and one for each stated client whose record no longer is for it."""
    present = {client: one for client, one in record.clients.items() if one.stated}
    gone = {client: withdrawn(statement) for client, statement in last.items() if client not in present}
    return dict(sorted((present | gone).items()))


def withdrawn(last: AttendanceStated) -> ClientRecord:
    """The record of somebody who was stated and is no client of the session any more."""
    return ClientRecord(
        connected_s=0,
        credited_s=0,
        billable_s=0,
        status="withdrawn",
        holds=(),
        late_s=None,
        units=dict.fromkeys(last.units, 0),
    )


def latest(events: Iterable[AnyEvent]) -> dict[str, AttendanceStated]:
    """By client, the statement that no other supersedes."""
    stated = sorted((event for event in events if isinstance(event, AttendanceStated)), key=lambda event: event.version)
    return {event.client: event for event in stated}


def _told(cause: str | None) -> frozenset[str]:
    """What two statements are compared in: by a change of the rules alone, only what a claim is made of."""
    return _CLAIM if cause == RULE_CHANGED else _CONTENT


def _content(statement: AttendanceStated, names: frozenset[str], version: int) -> dict[str, object]:
    """The fields of these names that a statement of that version had, or whose default says what it meant."""
    return {name: getattr(statement, name) for name in names if _SINCE.get(name, 1) <= version}
