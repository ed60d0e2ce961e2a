"""Answers to handshakes that open no socket: a status and safe headers, without text.

The library's own answers explain themselves and quote headers of the request.
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
    """A connection that sends every answer to a handshake through `bare`, the parser's answers too."""

    def __init__(self, protocol: ServerProtocol, *others: Any, **options: Any) -> None:
        super().__init__(protocol, *others, **options)
        send = protocol.send_response
        protocol.send_response = lambda response: send(bare(response))  # type: ignore[method-assign]


def bare(response: Response) -> Response:
    """The same answer without its text; an answer that opens a socket stays as it is."""
    if response.status_code == SWITCHING_PROTOCOLS:
        return response
    for name in ("Content-Type", "Content-Length"):
        del response.headers[name]
    response.headers["Content-Length"] = "0"
    response.headers.update(SAFE_HEADERS)
    return Response(response.status_code, response.reason_phrase, response.headers, b"")
