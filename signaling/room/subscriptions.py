"""The feeds that each connection receives: everybody else in the room, but not the person's own other devices."""

from collections.abc import Mapping

from signaling import messages as m
from signaling.media.engine import FeedId, TileSize
from signaling.room.connections import Connection
from signaling.room.effects import Effect, SubscribeMedia, ViewMedia

Connections = Mapping[str, Connection]
"""Everybody's connections in one room."""


def of(connections: Connections, connection: Connection, *, fresh: bool = False) -> SubscribeMedia:
    """Subscribe to everybody else's feeds, with screens while they are shared; `fresh` asks for a new peer
    connection."""
    feeds = tuple(
        feed
        for other in connections.values()
        if other.admitted and other.person != connection.person
        for feed in other.feeds
        if feed.kind != "screen" or other.screen
    )
    return SubscribeMedia(connection.identity, feeds, fresh)


def of_others(connections: Connections, person: str) -> list[Effect]:
    """New subscriptions for everyone in the room except this person."""
    return [
        of(connections, connection)
        for connection in connections.values()
        if connection.admitted and connection.person != person
    ]


def viewed(connection: Connection, view: m.View) -> ViewMedia:
    """The sizes at which a connection shows the pictures that it receives, by feed."""
    cameras = {FeedId(shown, "video"): _size(size) for shown, size in view.cameras.items()}
    screens = {FeedId(shown, "screen"): _size(size) for shown, size in view.screens.items()}
    return ViewMedia(connection.identity, cameras | screens)


def _size(size: m.Size | None) -> TileSize | None:
    return None if size is None else TileSize(size.width, size.height)
