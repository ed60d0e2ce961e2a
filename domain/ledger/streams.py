"""Streams: the facts of one writer, the names they go by, and how they are numbered.

A name is a kind, a colon, and what the stream is about: `plan:<session>`. What each holds stands in docs/facts.md.
"""

from datetime import timedelta
from typing import Literal, get_args

import msgspec

Kind = Literal["plan", "room", "absence", "correction", "statement", "note", "closing"]
KINDS: frozenset[str] = frozenset(get_args(Kind))
EPOCH_BITS = 32
"""A room's stream numbers its facts `epoch << 32 | n`; every other counts from 1."""
LEASE = timedelta(seconds=3)
"""A node that has not renewed for this long is taken for dead: another may take its rooms, each in a new epoch."""
ROOMS = "room:%"
"""A pattern that the names of rooms' streams match, for `LIKE` in SQL."""
ROOM = "room:%s:%s"
"""The name of a room's stream, of a session and an epoch, for `format` in SQL."""


class Named(msgspec.Struct, frozen=True):
    """What a stream's name says. `about` is a session's id, or a closing's clinic; `epoch` is a room's."""

    kind: Kind
    about: str
    epoch: int | None = None


def plan_stream(session: str) -> str:
    """Plans of a session, and what staff decide about it outside its room."""
    return f"plan:{session}"


def room_stream(session: str, epoch: int) -> str:
    """What a room recorded in one epoch; it is also the media room's opaque id."""
    return ROOM % (session, epoch)


def statement_stream(session: str) -> str:
    """What was stated to billing about a session."""
    return f"statement:{session}"


def note_stream(session: str) -> str:
    """Signatures of a session's notes."""
    return f"note:{session}"


def closing_stream(clinic: str) -> str:
    """A clinic's daily closings."""
    return f"closing:{clinic}"


def parsed(stream: str) -> Named | None:
    """What a name says; None where no stream can have it."""
    kind, _, rest = stream.partition(":")
    about, parted, epoch = rest.rpartition(":") if kind == "room" else (rest, "", "")
    if kind not in KINDS or not about or (parted and not epoch.isdecimal()):
        return None
    return msgspec.convert({"kind": kind, "about": about, "epoch": int(epoch) if parted else None}, Named)


def numbered(epoch: int, count: int) -> int:
    """The seq of a room's fact: the `count`th of its epoch."""
    return (epoch << EPOCH_BITS) | count


def epoch_of(seq: int) -> int:
    """The epoch of a room's fact; 0 of what no room recorded."""
    return seq >> EPOCH_BITS


def first_seq(stream: str) -> int:
    """The seq of a stream's first fact."""
    named = parsed(stream)
    return numbered(named.epoch, 1) if named and named.epoch is not None else 1
