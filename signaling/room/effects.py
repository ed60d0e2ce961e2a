"""The effects that a room asks of its shell. The shell carries them out in order, each once its facts are on disk."""

from datetime import datetime

import msgspec

from domain.chart.notes import NoteKind
from domain.events.room import RoomEvent
from signaling.media.engine import FeedId, TileSize
from signaling.messages import NodeMessage


class Record(msgspec.Struct, frozen=True, gc=False):
    """Journal this fact. It has its seq; the shell adds the id, which is random."""

    event: RoomEvent
    subject: str | None
    """The person whom the fact is about, if any."""


class Send(msgspec.Struct, frozen=True, gc=False):
    """Send a connection a message."""

    connection: str
    message: NodeMessage


class Disconnect(msgspec.Struct, frozen=True):
    """Close a connection's socket once its messages are sent."""

    connection: str


class PublishMedia(msgspec.Struct, frozen=True):
    """Give the browser's offer to the engine, and send back the engine's answer."""

    connection: str
    offer: str


class SubscribeMedia(msgspec.Struct, frozen=True):
    """Let a connection receive exactly these feeds."""

    connection: str
    wants: tuple[FeedId, ...]
    fresh: bool = False


class AcceptMedia(msgspec.Struct, frozen=True):
    """Give the browser's answer to the engine."""

    connection: str
    offer_id: int
    answer: str


class ViewMedia(msgspec.Struct, frozen=True):
    """Give the engine the sizes at which a connection's page shows these pictures; None: not at all."""

    connection: str
    tiles: dict[FeedId, TileSize | None]


class RestartMedia(msgspec.Struct, frozen=True):
    """Offer a connection's receiving side again, over another path; `wants` serves if a new one is needed."""

    connection: str
    wants: tuple[FeedId, ...]


class LeaveMedia(msgspec.Struct, frozen=True):
    """Take a connection out of the media room."""

    connection: str


class KeepDraft(msgspec.Struct, frozen=True):
    """Seal and journal the draft of a note."""

    author: str
    client: str | None
    kind: NoteKind
    revision: int
    text: str
    at: datetime


class KeepEvidence(msgspec.Struct, frozen=True):
    """Journal when an open connection was last seen, and by which witness."""

    connection: str
    last_seen: datetime
    witness: str


class AskForSign(msgspec.Struct, frozen=True):
    """Ping a connection now."""

    connection: str


class CloseRoom(msgspec.Struct, frozen=True):
    """Close the room; its last fact was recorded."""


Effect = (
    Record | Send | Disconnect
    | PublishMedia | SubscribeMedia | AcceptMedia | ViewMedia | RestartMedia | LeaveMedia
    | KeepDraft | KeepEvidence | AskForSign | CloseRoom
)  # fmt: skip
