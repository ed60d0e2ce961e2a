"""Whether the ledger holds what its writers wrote: no gaps in streams, intact chains, rows that match their bodies."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from domain.events.catalogue import AnyEvent, try_decode
from domain.events.fact import UnknownEvent
from domain.events.room import RoomClosed
from domain.ledger import chain
from domain.ledger.streams import first_seq


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as its writer wrote it: its exact bytes and its link. Facts that were set aside are kept in this form."""

    stream: str
    seq: int
    body: bytes
    hash: bytes


class Filed(Kept, frozen=True, kw_only=True):
    """A fact as the ledger stores it, with its index columns."""

    position: int
    event_id: str
    session: str
    type: str
    at: datetime


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and the first row that shows it, if there is one."""

    wrong: str
    clinic: str | None = None
    position: int | None = None
    stream: str | None = None
    seq: int | None = None


def faults(facts: Iterable[Kept]) -> Iterator[Fault]:
    """Every fault of every fact. `facts` must be whole streams, each from its start and sorted by seq."""
    walk, before = chain.Walk(), None
    for fact in facts:
        if before is not None and before.stream != fact.stream:
            walk, before = chain.Walk(), None
        position = fact.position if isinstance(fact, Filed) else None
        for wrong in _wrongs(fact, before, walk):
            yield Fault(wrong=wrong, position=position, stream=fact.stream, seq=fact.seq)
        before = fact


def first_fault(facts: Iterable[Kept]) -> Fault | None:
    """The first fault, or None."""
    return next(faults(facts), None)


def _wrongs(fact: Kept, before: Kept | None, walk: chain.Walk) -> Iterator[str]:
    """A fact that was set aside is checked only by its seq and link, because its body may be unreadable."""
    event = None
    if isinstance(fact, Filed):
        event = try_decode(fact.body)
        yield from ["its body is not a fact"] if event is None else _misfiled(fact, event)
    if wrong := _misplaced(fact, before):
        walk.resume(fact.hash)
        yield wrong
    elif not walk.follows(fact.body, fact.hash):
        yield "its hash does not follow from its body and the hash before it"
    if isinstance(event, RoomClosed) and (wrong := _miscounted(fact, event)):
        yield wrong


def _misfiled(fact: Filed, event: AnyEvent) -> Iterator[str]:
    says = (event.id, event.seq, event.session, _type(event), event.at)
    for column, filed, said in zip(("event_id", "seq", "session_id", "type", "at"), _columns(fact), says, strict=True):
        if filed != said:
            yield f"its column {column} is {filed}, but its body says {said}"


def _columns(fact: Filed) -> tuple[str, int, str, str, datetime]:
    return fact.event_id, fact.seq, fact.session, fact.type, fact.at


def _type(event: AnyEvent) -> str:
    return event.type if isinstance(event, UnknownEvent) else str(type(event).__struct_config__.tag)


def _misplaced(fact: Kept, before: Kept | None) -> str | None:
    due = first_seq(fact.stream) if before is None else before.seq + 1
    return None if fact.seq == due else f"fact {due} of the stream should precede it and is missing"


def _miscounted(fact: Kept, event: RoomClosed) -> str | None:
    held = fact.seq - first_seq(fact.stream) + 1
    return (
        None if event.count == held else f"it says that the stream holds {event.count} facts, but it is number {held}"
    )
