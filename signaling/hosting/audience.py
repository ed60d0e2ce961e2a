"""The recipients of a room's messages: each connection's send queue, and the picture of the room it saw last."""

import logging
from collections.abc import Iterable

import msgspec

from domain.errors import TooSlow
from signaling.hosting.outgoing import Outgoing
from signaling.messages import NodeMessage, RoomChanged

log = logging.getLogger(__name__)


class Audience:
    """The sockets of one room, by connection. Messages to a connection without a socket are dropped."""

    def __init__(self) -> None:
        """Nobody."""
        self._sockets: dict[str, Outgoing] = {}
        self._shown: dict[str, RoomChanged] = {}
        """The room as each connection last saw it; all of it is on disk."""

    def join(self, connection: str, outgoing: Outgoing) -> None:
        """Send this connection's messages to this queue."""
        self._sockets[connection] = outgoing

    def send(self, connection: str, message: NodeMessage) -> None:
        """Queue a message; close a socket that is too slow for it."""
        outgoing = self._sockets.get(connection)
        if outgoing is None:
            return
        try:
            outgoing.put(message)
        except TooSlow:
            log.info("a connection was too slow", extra={"connection": connection})
            self.close(connection)
            return
        if isinstance(message, RoomChanged):
            self._shown[connection] = message

    def show_trouble(self, connections: Iterable[str], trouble: str | None) -> None:
        """Send these connections the pictures they saw last, with this trouble in them."""
        for connection in connections:
            if (shown := self._shown.get(connection)) is not None:
                self.send(connection, msgspec.structs.replace(shown, trouble=trouble))

    def ask_for_sign(self, connection: str) -> None:
        """Have the connection's socket pinged now."""
        if outgoing := self._sockets.get(connection):
            outgoing.ask_for_sign()

    def close(self, connection: str) -> None:
        """Close the connection's socket once its queue is sent."""
        self._shown.pop(connection, None)
        if outgoing := self._sockets.pop(connection, None):
            outgoing.close()

    def close_all(self) -> None:
        """Close every socket once its queue is sent."""
        for outgoing in self._sockets.values():
            outgoing.close()
