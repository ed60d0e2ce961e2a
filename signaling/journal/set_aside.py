"""An entry that the database refuses for ever is kept as bytes with the reason; the others go on."""

import logging

import msgspec

from domain.chart.notes import SealedDraft
from domain.errors import StaleStream
from signaling.journal.journal import ClosedRoom, Fact, Read, Unreadable
from store.errors import refused_for_ever
from store.ledger.set_aside import SetAside
from store.room.liveness import Liveness

log = logging.getLogger(__name__)


class UnreadableEntry(ValueError):
    """The journal holds unreadable bytes here; the text gives the reason."""


def reason_of(error: Exception) -> str | None:
    """Why an entry can never be shipped, without its values; None if it may be shipped later, or for a bug."""
    match error:
        case StaleStream():
            return "another fact has this place in its stream"
        case UnreadableEntry():
            return str(error)
        case _:
            return refused_for_ever(error)


def aside(entry: Read, reason: str) -> SetAside:
    """The entry as it is kept; a fact keeps its place in its stream, so that its chain can be verified."""
    log.error("the database refuses an entry for ever: it is set aside", extra=_places(entry) | {"reason": reason})
    raw = entry.raw if isinstance(entry, Unreadable) else msgspec.msgpack.encode(entry)
    kept = SetAside(kind=_kind(entry), reason=reason, entry=raw)
    match entry:
        case Fact(row=row):
            return msgspec.structs.replace(
                kept, clinic=row.clinic_id, session=row.session_id,
                stream=row.stream, seq=row.seq, body=row.body, hash=row.hash,
            )  # fmt: skip
        case SealedDraft() | Liveness() | ClosedRoom():
            return msgspec.structs.replace(kept, clinic=entry.clinic, session=entry.session)
        case _:
            return kept


def _kind(entry: Read) -> str:
    return "unreadable" if isinstance(entry, Unreadable) else str(type(entry).__struct_config__.tag)


def _places(entry: Read) -> dict[str, object]:
    """The ids of its place, for the log."""
    found: dict[str, object] = {"kind": _kind(entry)}
    match entry:
        case Fact(row=row):
            found |= {"session": row.session_id, "stream": row.stream, "seq": row.seq}
        case SealedDraft() | Liveness() | ClosedRoom():
            found |= {"session": entry.session}
        case _:
            pass
    return found
