"""What each connection wants to receive: everybody else in the room, and not the person's own other device."""

from typing import TYPE_CHECKING

from signaling.connections import Connection
from signaling.effects import Effect, SubscribeMedia

if TYPE_CHECKING:
    from signaling.room import Room


def of(room: "Room", connection: Connection, *, fresh: bool = False) -> SubscribeMedia:
    """Everybody else's feeds, their screens while they share them; `fresh` asks for a new peer connection."""
    feeds = tuple(
        feed
        for other in room.connections.values()
        if other.admitted and other.person != connection.person
        for feed in other.feeds
        if feed.kind != "screen" or other.screen
    )
    return SubscribeMedia(connection.identity, feeds, fresh)


def of_others(room: "Room", person: str) -> list[Effect]:
    """What everybody but this person receives, anew."""
    return [
        of(room, connection)
        for connection in room.connections.values()
        if connection.admitted and connection.person != person
    ]
