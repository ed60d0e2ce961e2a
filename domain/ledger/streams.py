"""Streams: the facts of one writer, their names, and their numbers.

A name is a kind, a colon, and the subject of the stream: `plan:<session>`. docs/facts.md lists what each kind holds.
"""

from datetime import timedelta
from typing import Literal, get_args

import msgspec

Kind = Literal["plan", "room", "absence", "correction", "statement", "note", "closing", "enrolment", "consent"]
KINDS: frozenset[str] = frozenset(get_args(Kind))
EPOCH_BITS = 32
"""A room's stream numbers its facts `epoch << 32 | n`; all other streams count from 1."""
LEASE = timedelta(seconds=3)
"""A node that has not renewed its lease for this long counts as dead: others may take its rooms, in new epochs."""
ROOMS = "room:%"
"""A pattern that the names of rooms' streams match, for `LIKE` in SQL."""
ROOM = "room:%s:%s"
"""The name of a room's stream, of a session and an epoch, for `format` in SQL."""


class Named(msgspec.Struct, frozen=True):
    """The parts of a stream's name. `about` is the id of its subject, as a session; only a room has an `epoch`."""

    kind: Kind
    about: str
    epoch: int | None = None


def plan_stream(session: str) -> str:
    """The stream of a session's plans, and of decisions that staff make outside its room."""
    return f"plan:{session}"


def room_stream(session: str, epoch: int) -> str:
    """The stream of what a room records in one epoch; the name is also the media room's opaque id."""
    return ROOM % (session, epoch)


def statement_stream(session: str) -> str:
    """The stream of a session's statements to billing."""
    return f"statement:{session}"


def note_stream(session: str) -> str:
    """The stream of signatures on a session's notes."""
    return f"note:{session}"


def closing_stream(clinic: str) -> str:
    """The stream of a clinic's daily closings."""
    return f"closing:{clinic}"


def enrolment_stream(enrolment: str) -> str:
    """The stream of an enrolment's dated acts."""
    return f"enrolment:{enrolment}"


def consent_stream(client: str) -> str:
    """The stream of a client's consents and their revocations."""
    return f"consent:{client}"


def parsed(stream: str) -> Named | None:
    """The parts of a name; None if no stream can have it."""
    kind, _, rest = stream.partition(":")
    about, parted, epoch = rest.rpartition(":") if kind == "room" else (rest, "", "")
    if kind not in KINDS or not about or (parted and not epoch.isdecimal()):
        return None
    return msgspec.convert({"kind": kind, "about": about, "epoch": int(epoch) if parted else None}, Named)


def numbered(epoch: int, count: int) -> int:
    """The seq of the `count`th fact of a room's epoch."""
    return (epoch << EPOCH_BITS) | count


def epoch_of(seq: int) -> int:
    """The epoch of a room's fact; 0 for facts that no room recorded."""
    return seq >> EPOCH_BITS


def first_seq(stream: str) -> int:
    """The seq of a stream's first fact."""
    named = parsed(stream)
    return numbered(named.epoch, 1) if named and named.epoch is not None else 1
