"""A bot sends its clip in real time, in a loop, and counts what it receives."""

import asyncio
from fractions import Fraction

import pytest

from bots.clip import Clip, Encoded
from bots.media import LoopingTrack, Publisher, Subscriber
from domain.errors import MediaRefused


async def test_a_clip_repeats_while_its_time_goes_on() -> None:
    track = LoopingTrack("video", Encoded((b"one", b"two"), Fraction(1, 100)))
    packets = [await track.recv() for _ in range(5)]
    assert [bytes(packet) for packet in packets] == [b"one", b"two", b"one", b"two", b"one"]
    assert [packet.pts * packet.time_base for packet in packets] == [Fraction(n, 100) for n in range(5)]


async def test_a_clip_is_not_faster_than_real_time() -> None:
    loop = asyncio.get_running_loop()
    track = LoopingTrack("audio", Encoded((b"sound",), Fraction(1, 50)))
    began = loop.time()
    for _ in range(6):
        await track.recv()
    assert loop.time() - began >= 0.099


async def test_a_subscriber_has_received_nothing_before_it_is_connected() -> None:
    assert Subscriber().received == {}


async def test_a_malformed_answer_is_refused() -> None:
    stream = Encoded((b"",), Fraction(1))
    publisher = Publisher(Clip(stream, stream))
    with pytest.raises(MediaRefused):
        async with publisher.sending("hello"):
            pass
