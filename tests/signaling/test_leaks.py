"""Nothing that a person sends over a socket appears in a log, in the journal or in a refusal, even after errors."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from runtime.settings import SignalingSettings
from signaling import messages as m
from tests.needles import everything_logged, holds_needle, spoilt, valid

FIRST = get_args(m.First)
REQUESTS = [shape for shape in get_args(m.Request) if shape is not m.Leave]
AT_ONCE = 20


def messages(shape: Any, known: dict[str, Any]) -> Iterator[bytes]:
    """The message with needles in it, valid and broken in every way."""
    body = valid(shape, known)
    yield msgspec.json.encode(body)
    yield from spoilt(body)


def written(folder: Path) -> bytes:
    """Everything that the node keeps on its disk."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_first_message_leaves_no_trace(door: Any, node_settings: SignalingSettings) -> None:
    async def refused(sent: bytes) -> str:
        async with door.socket() as stranger:
            await stranger.socket.send(sent, text=sent.isascii())
            return str(await stranger.socket.recv())

    with everything_logged() as lines:
        for shape in FIRST:
            tried = list(messages(shape, {}))
            for start in range(0, len(tried), AT_ONCE):
                said = await asyncio.gather(*map(refused, tried[start : start + AT_ONCE]))
                assert not [one for one in said if holds_needle(one) or '"refused"' not in one]
    assert not holds_needle(lines.text) and not holds_needle(written(node_settings.journal_dir))


@pytest.mark.parametrize("shape", REQUESTS, ids=lambda shape: str(shape.__name__))
async def test_a_message_leaves_no_trace(door: Any, node_settings: SignalingSettings, shape: Any) -> None:
    known = {"person": door.evening.people["pat"], "client": door.evening.people["pat"]}
    with everything_logged() as lines:
        async with door.enter("dana", "facilitator") as dana:
            await dana.hear("welcomed")
            for sent in messages(shape, known):
                await dana.socket.send(sent, text=sent.isascii())
            dana_heard = asyncio.create_task(heard(dana))
            await dana.say(type="heartbeat", clock="2031-01-01T00:00:00Z")
            said = await dana_heard
    assert not [one for one in said if holds_needle(one)]
    assert not holds_needle(lines.text) and not holds_needle(written(node_settings.journal_dir))


async def heard(person: Any) -> list[str]:
    """All refusals until the heartbeat is answered, or the socket closes."""
    said: list[str] = []
    try:
        async with asyncio.timeout(30):
            while "2031-01-01" not in (message := str(await person.socket.recv())):
                said += [message] if '"refused"' in message else []
    except ConnectionClosed:
        pass
    return said
