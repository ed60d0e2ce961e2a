"""All types of facts, and their JSON."""

import msgspec

from domain.events.attendance import AbsenceEvent, AttendanceCorrected
from domain.events.billing import AttendanceStated
from domain.events.chart import NoteSigned
from domain.events.fact import Event, UnknownEvent
from domain.events.ledger import DayClosed
from domain.events.privacy import ConsentGiven, ConsentRevoked
from domain.events.programs import EnrolmentChanged
from domain.events.room import ResponsibilityTaken, RoomEvent
from domain.events.schedule import SessionCancelled, SessionPlanned, SessionReinstated

PlanEvent = SessionPlanned | SessionCancelled | SessionReinstated | ResponsibilityTaken
"""The facts of a plan's own stream."""
ConsentEvent = ConsentGiven | ConsentRevoked
"""The facts of a client's consents."""
KnownEvent = (
    RoomEvent
    | PlanEvent
    | AbsenceEvent
    | AttendanceCorrected
    | NoteSigned
    | AttendanceStated
    | DayClosed
    | EnrolmentChanged
    | ConsentEvent
)  # fmt: skip
AnyEvent = KnownEvent | UnknownEvent
_KNOWN: msgspec.json.Decoder[KnownEvent] = msgspec.json.Decoder(KnownEvent)
_UNKNOWN: msgspec.json.Decoder[UnknownEvent] = msgspec.json.Decoder(UnknownEvent)
UNREADABLE = (msgspec.MsgspecError, ValueError, OverflowError, RecursionError)
"""The errors of decoding bytes that this release cannot read as a fact."""
_TYPES = frozenset(kind.__struct_config__.tag for kind in KnownEvent.__args__)


def decode(body: bytes | str) -> AnyEvent:
    """The fact in `body` (JSON).

    Raises:
        msgspec.ValidationError: a known type with a missing or ill-typed field, or a fact without an instant.
        One of `UNREADABLE`: any other body that is not a fact. Postgres stores all JSON, also what a reader refuses.
    """
    try:
        return _KNOWN.decode(body)
    except msgspec.ValidationError:
        bare = _UNKNOWN.decode(body)
        if bare.type in _TYPES:
            raise
        return bare


def try_decode(body: bytes | str) -> AnyEvent | None:
    """The fact in `body`, or None if this release cannot read it: a newer release wrote it, or it is damaged."""
    try:
        return decode(body)
    except UNREADABLE:
        return None


def encode(event: Event | UnknownEvent) -> bytes:
    """The JSON of a fact: the exact bytes that are journaled, hashed and stored."""
    return msgspec.json.encode(event)
