"""Statements: what billing receives about a client in a session, one version after another."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from domain.attendance.records import ClientRecord, Outcome, SessionRecord
from domain.events.billing import AttendanceStated
from domain.events.catalogue import AnyEvent
from domain.events.chart import NoteSigned
from domain.events.schedule import PolicyReference

DERIVED = frozenset(str(kind.__struct_config__.tag) for kind in (AttendanceStated, NoteSigned))
"""The types of facts that do not change attendance: statements follow from it, and notes do not affect it."""
RULE_CHANGED = "rule_changed"
"""The cause of a statement that follows from new rules in a release, not from a fact."""
VERSION = 2
"""The version of the shape of new statements (`AttendanceStated.v`)."""
_SINCE = {"outcome": 2}
"""By field, the shape version that introduced it. Older statements hold a default without meaning, so they are not
compared in it."""
_VERSIONING = frozenset(
    ("id", "seq", "at", "v", "version", "supersedes", "delta_credited_s", "delta_billable_s", "cause")
)
_CONTENT = frozenset(AttendanceStated.__struct_fields__) - _VERSIONING
_CLAIM = frozenset(("status", "credited_s", "billable_s", "holds", "units"))


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """The fields that all statements of one session share."""

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
    """`statement` as the version after `last`; None if it equals `last` in the fields that `last` has."""
    if last is None:
        return statement
    names = _compared_fields(cause)
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
    """By client, sorted: the records to state, and a withdrawn one for each client who was stated and no longer is."""
    present = {client: one for client, one in record.clients.items() if one.stated}
    gone = {client: withdrawn(statement) for client, statement in last.items() if client not in present}
    return dict(sorted((present | gone).items()))


def withdrawn(last: AttendanceStated) -> ClientRecord:
    """The record of a person who was stated and is no longer a client of the session."""
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
    """By client, the newest statement."""
    stated = sorted((event for event in events if isinstance(event, AttendanceStated)), key=lambda event: event.version)
    return {event.client: event for event in stated}


def _compared_fields(cause: str | None) -> frozenset[str]:
    """The fields in which two statements are compared: after a change of rules alone, only those of a claim."""
    return _CLAIM if cause == RULE_CHANGED else _CONTENT


def _content(statement: AttendanceStated, names: frozenset[str], version: int) -> dict[str, object]:
    """The values of these fields that have a meaning in a statement of that shape version."""
    return {name: getattr(statement, name) for name in names if _SINCE.get(name, 1) <= version}
