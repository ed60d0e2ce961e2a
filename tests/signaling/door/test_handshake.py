"""The door's answers to requests that open no socket."""

import asyncio
from typing import Any

from tests.needles import NEEDLE, everything_logged

SOCKET = "Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
REFUSED = {
    "a page, which asks for no socket": f"GET /{NEEDLE} HTTP/1.1\r\nHost: x\r\n\r\n",
    "another page's socket": f"GET / HTTP/1.1\r\n{SOCKET}{KEY}Origin: https://{NEEDLE}\r\n\r\n",
    "a socket without its key": f"GET / HTTP/1.1\r\n{SOCKET}Cookie: {NEEDLE}\r\n\r\n",
    "a key that is none": f"GET / HTTP/1.1\r\n{SOCKET}Sec-WebSocket-Key: {NEEDLE}\r\n\r\n",
    "an extension that cannot be read": f'GET / HTTP/1.1\r\n{SOCKET}{KEY}Sec-WebSocket-Extensions: "{NEEDLE}\r\n\r\n',
    "an address that is too long": f"GET /{NEEDLE * 1000} HTTP/1.1\r\nHost: x\r\n\r\n",
    "a header that is too long": f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {NEEDLE * 1000}\r\n\r\n",
    "too many headers": "GET / HTTP/1.1\r\n" + f"Cookie: {NEEDLE}\r\n" * 500 + "\r\n",
}
UNREADABLE = (
    f"{NEEDLE}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{NEEDLE}\r\n\r\n",
    f"POST / HTTP/1.1\r\nX: {NEEDLE}\r\n\r\n",
    "\x00\r\n\r\n",
)


async def answered(door: Any, sent: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.split(":")[2].split("/")[0]))
    writer.write(sent.encode())
    async with asyncio.timeout(10):
        answer = await reader.read()
    writer.close()
    return answer.decode("latin-1")


async def test_a_request_that_opens_no_socket_gets_a_status_and_safe_headers_without_text(door: Any) -> None:
    with everything_logged() as lines:
        for what, sent in REFUSED.items():
            head, _, body = (await answered(door, sent)).partition("\r\n\r\n")
            assert 400 <= int(head.split()[1]) < 500 and body == "", what
            assert "content-security-policy:" in head.lower() and "nosniff" in head and "Server:" not in head, what
            assert NEEDLE not in head, what
        for sent in UNREADABLE:
            assert NEEDLE not in await answered(door, sent)
    assert NEEDLE not in lines.text


async def test_an_open_socket_names_no_server(door: Any) -> None:
    async with door.socket() as arrived:
        assert "Server" not in arrived.socket.response.headers


async def test_an_answer_never_has_two_lengths(door: Any) -> None:
    assert (await answered(door, REFUSED["a socket without its key"])).lower().count("content-length: ") == 1
