"""The answers to what opens no socket: a status and the headers that keep browsers safe, and not a word more.

The library explains itself in its answers, and quotes headers of the request in them.
"""

from typing import Any

from websockets.http11 import Response
from websockets.server import ServerProtocol

from signaling.door.metered import MeteredConnection

SWITCHING_PROTOCOLS = 101
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class QuietConnection(MeteredConnection):
    """A connection whose every answer to a handshake goes through `bare`, also those of the parser."""

    def __init__(self, protocol: ServerProtocol, *others: Any, **options: Any) -> None:
        super().__init__(protocol, *others, **options)
        send = protocol.send_response
        protocol.send_response = lambda response: send(bare(response))  # type: ignore[method-assign]


def bare(response: Response) -> Response:
    """The same answer without its words; the answer that opens a socket as it is."""
    if response.status_code == SWITCHING_PROTOCOLS:
        return response
    for name in ("Content-Type", "Content-Length"):
        del response.headers[name]
    response.headers["Content-Length"] = "0"
    response.headers.update(SAFE_HEADERS)
    return Response(response.status_code, response.reason_phrase, response.headers, b"")
