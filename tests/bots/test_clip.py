"""A clip is short, small, loops with a key frame, and differs from bot to bot."""

import av
import pytest

from bots import clip
from bots.clip import Clip


@pytest.fixture(scope="module")
def first() -> Clip:
    return clip.make(0)


def frames(made: Clip) -> list[av.VideoFrame]:
    codec = av.CodecContext.create("libvpx", "r")
    return [frame for packet in made.video.packets for frame in codec.decode(av.Packet(packet))]


def test_sound_and_picture_last_equally_long(first: Clip) -> None:
    for stream in (first.audio, first.video):
        assert len(stream.packets) * stream.packet_seconds == clip.SECONDS


def test_the_picture_begins_with_a_key_frame_and_has_one_each_second(first: Clip) -> None:
    keys = [index for index, packet in enumerate(first.video.packets) if not packet[0] & 1]
    assert keys == list(range(0, clip.SECONDS * clip.FRAMES_PER_SECOND, clip.FRAMES_PER_SECOND))


def test_the_picture_can_be_decoded_and_moves(first: Clip) -> None:
    decoded = frames(first)
    assert len(decoded) == clip.SECONDS * clip.FRAMES_PER_SECOND
    assert {(frame.width, frame.height) for frame in decoded} == {(clip.WIDTH, clip.HEIGHT)}
    assert len({bytes(frame.planes[0]) for frame in decoded}) == len(decoded)


def test_the_sound_can_be_decoded_and_is_quiet(first: Clip) -> None:
    codec = av.CodecContext.create("libopus", "r")
    decoded = [frame for packet in first.audio.packets for frame in codec.decode(av.Packet(packet))]
    samples = memoryview(b"".join(bytes(frame.planes[0])[: 2 * frame.samples] for frame in decoded)).cast("h")
    assert 100 < max(samples) < 2_000


def test_a_clip_is_small(first: Clip) -> None:
    assert sum(map(len, (*first.audio.packets, *first.video.packets))) < 100_000


def test_every_bot_has_its_own_clip(first: Clip) -> None:
    second = clip.make(1)
    assert second.audio != first.audio
    assert bytes(frames(second)[0].planes[1]) != bytes(frames(first)[0].planes[1])
