"""What the room asks its shell to do. The shell does it in order, and nothing before its facts are on disk."""

from datetime import datetime

import msgspec

from domain.chart.notes import NoteKind
from domain.events.room import RoomEvent
from signaling.media.engine import FeedId, TileSize
from signaling.messages import NodeMessage


class Record(msgspec.Struct, frozen=True, gc=False):
    """Journal this fact. It has its seq; its id is chance, so the shell gives it."""

    event: RoomEvent
    subject: str | None
    """The person the fact is about, where it is about one."""


class Send(msgspec.Struct, frozen=True, gc=False):
    """Send a connection a message."""

    connection: str
    message: NodeMessage


class Disconnect(msgspec.Struct, frozen=True):
    """Close a connection's socket, after what was sent to it."""

    connection: str


class PublishMedia(msgspec.Struct, frozen=True):
    """Give the browser's offer to the engine and send back its answer."""

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
    """Report to the engine how large a connection's page shows these pictures; None: not at all."""

    connection: str
    tiles: dict[FeedId, TileSize | None]


class RestartMedia(msgspec.Struct, frozen=True):
    """Offer a connection's receiving side again, over another path; `wants` if it must be a new one."""

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
    """The room is over; its last fact has been recorded."""


Effect = (
    Record | Send | Disconnect
    | PublishMedia | SubscribeMedia | AcceptMedia | ViewMedia | RestartMedia | LeaveMedia
    | KeepDraft | KeepEvidence | AskForSign | CloseRoom
)  # fmt: skip
