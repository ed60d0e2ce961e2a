"""What a connection in the room asks of the media engine. Pure, as the room is."""

from typing import TYPE_CHECKING, assert_never

from domain.errors import NotAdmitted
from signaling import messages as m
from signaling import subscriptions
from signaling.connections import Connection
from signaling.effects import AcceptMedia, Effect, PublishMedia, RestartMedia, ViewMedia
from signaling.media.engine import FeedId, TileSize

if TYPE_CHECKING:
    from signaling.room import Room

MediaRequest = m.Publish | m.Accept | m.Resubscribe | m.View


def ask(room: "Room", connection: Connection, request: MediaRequest) -> list[Effect]:
    """What the shell is to ask the engine.

    Raises:
        NotAdmitted: media is for those in the room
    """
    if not connection.admitted:
        raise NotAdmitted
    match request:
        case m.Publish():
            return [PublishMedia(connection.identity, request.offer)]
        case m.Accept():
            return [AcceptMedia(connection.identity, request.offer_id, request.answer)]
        case m.Resubscribe(keep=True):
            return [RestartMedia(connection.identity, subscriptions.of(room, connection).wants)]
        case m.Resubscribe():
            return [subscriptions.of(room, connection, fresh=True)]
        case m.View():
            return [ViewMedia(connection.identity, _tiles(request))]
        case _:
            assert_never(request)


def set_devices(room: "Room", connection: Connection, request: m.SetDevices) -> list[Effect]:
    """Show the others which devices are on; what is said twice is news to nobody. A screen is received while shared."""
    if (request.microphone, request.camera, request.screen) == connection.devices:
        return []
    shares_otherwise = connection.screen != request.screen
    connection.microphone, connection.camera = request.microphone, request.camera
    connection.screen = request.screen
    others = subscriptions.of_others(room, connection.person) if shares_otherwise and connection.admitted else []
    return [*room.announce(), *others]


def _tiles(view: m.View) -> dict[FeedId, TileSize | None]:
    cameras = {FeedId(connection, "video"): _size(size) for connection, size in view.cameras.items()}
    screens = {FeedId(connection, "screen"): _size(size) for connection, size in view.screens.items()}
    return cameras | screens


def _size(size: m.Size | None) -> TileSize | None:
    return None if size is None else TileSize(size.width, size.height)
