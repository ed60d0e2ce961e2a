"""Messages to and from a media process arrive whole, and nonsense ends the line."""

import asyncio

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.engine import Connected, FeedId, Lost, Offer, Seat, SeatStatistics, TileSize
from signaling.media.processes import control
from signaling.media.processes.control import MAX_MESSAGE_BYTES, Begun, Call, Emitted, Reply, ViewTiles

PAT = Seat("evening", "pat")


async def read(data: bytes, decoder: msgspec.msgpack.Decoder) -> object:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return await control.read(reader, decoder)


@pytest.mark.parametrize(
    "message",
    [
        Begun(8_082),
        Reply(1, offer=Offer(1, "c", "v=0", {"0": FeedId("pat", "video")}, ("1",))),
        Reply(2, statistics={"pat": SeatStatistics(1, 2, 3, layers={"3": "h"})}),
        Reply(3, refusal="This room is not open."),
        Emitted(Connected(PAT, "publish")),
        Emitted(Lost(PAT, "publish")),
    ],
)
async def test_messages_from_a_process_arrive(message: control.FromProcess) -> None:
    assert await read(control.frame(message), control.from_process) == message


async def test_requests_to_a_process_arrive() -> None:
    tiles = ((FeedId("dana", "video"), TileSize(640, 360)), (FeedId("sam", "screen"), None))
    call = Call(7, ViewTiles(PAT, tiles))
    assert await read(control.frame(call), control.to_process) == call


@pytest.mark.parametrize("data", [b"", b"\0\0", b"\0\0\0\5abc", (MAX_MESSAGE_BYTES + 1).to_bytes(4, "big") + b"x"])
async def test_a_message_cut_short_or_too_long_is_none(data: bytes) -> None:
    assert await read(data, control.from_process) is None


@given(st.binary(max_size=60))
def test_no_message_is_read_from_nonsense(data: bytes) -> None:
    framed = len(data).to_bytes(4, "big") + data
    try:
        message = asyncio.run(read(framed, control.to_process))
    except msgspec.MsgspecError:
        return
    assert message is None or isinstance(message, control.Begin | Call)
