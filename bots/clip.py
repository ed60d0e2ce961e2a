"""A short loop of moving pictures and a quiet tone, drawn and encoded once, in memory.

Each number has its own colour and tone, so that a room of bots looks and sounds like several people.
"""

import math
from collections.abc import Iterator
from fractions import Fraction

import av
import msgspec
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext

SECONDS = 3
WIDTH, HEIGHT, FRAMES_PER_SECOND = 320, 180, 10
VIDEO_BITS_PER_SECOND = 150_000
SAMPLE_RATE, SAMPLES_PER_PACKET = 48_000, 960
AUDIO_BITS_PER_SECOND = 24_000
LOUDNESS = 0.02
"""Of full scale: about -37 dBov."""
_HEAD = 34
_BRIGHTNESS = (88, 168)
_LOWEST_TONE = 220


class Encoded(msgspec.Struct, frozen=True):
    """One stream of the clip: packets of equal duration."""

    packets: tuple[bytes, ...]
    packet_seconds: Fraction


class Clip(msgspec.Struct, frozen=True):
    """Sound and picture of the same length."""

    audio: Encoded
    video: Encoded


def make(number: int) -> Clip:
    """The clip of bot `number`; takes about 0.1 s of one core."""
    return Clip(_audio(_LOWEST_TONE + 40 * number), _video(number))


def _video(number: int) -> Encoded:
    codec = VideoCodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base = Fraction(1, FRAMES_PER_SECOND)
    codec.bit_rate = VIDEO_BITS_PER_SECOND
    codec.gop_size = FRAMES_PER_SECOND
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "error-resilient": "1"}
    packets: list[bytes] = []
    for index in range(SECONDS * FRAMES_PER_SECOND):
        frame = _picture(number, index / (SECONDS * FRAMES_PER_SECOND))
        frame.pts, frame.time_base = index, codec.time_base
        packets += (bytes(packet) for packet in codec.encode(frame))
    packets += (bytes(packet) for packet in codec.encode(None))
    return Encoded(tuple(packets), codec.time_base)


def _picture(number: int, turn: float) -> av.VideoFrame:
    """A person's outline, swaying before a wall in the bot's colour; `turn` goes from 0 to 1."""
    frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
    angle = 2 * math.pi * turn
    x, y = WIDTH / 2 + 22 * math.cos(angle), 74 + 6 * math.sin(2 * angle)
    hue = 2 * math.pi * number / 7
    levels = tuple((wall, 2 * 128 - wall) for wall in (128 + int(22 * math.cos(hue)), 128 + int(22 * math.sin(hue))))
    for plane, (wall, figure), scale in zip(frame.planes, (_BRIGHTNESS, *levels), (1, 2, 2), strict=True):
        rows = (
            _row(plane.line_size, wall, figure, _span(x / scale, row - y / scale, _HEAD / scale))
            for row in range(HEIGHT // scale)
        )
        plane.update(b"".join(rows))
    return frame


def _span(x: float, distance: float, head: float) -> tuple[int, int]:
    """The start and end of the outline in one row: a head, and the shoulders three heads below it."""
    radius, below = (head, distance) if distance < head else (2.1 * head, distance - 3.3 * head)
    if abs(below) >= radius:
        return 0, 0
    width = math.sqrt(radius * radius - below * below)
    return int(x - width), int(x + width)


def _row(length: int, ground: int, shape: int, span: tuple[int, int]) -> bytes:
    start, end = span
    return bytes([ground]) * start + bytes([shape]) * (end - start) + bytes([ground]) * (length - end)


def _audio(tone: int) -> Encoded:
    codec = AudioCodecContext.create("libopus", "w")
    codec.sample_rate, codec.format, codec.layout = SAMPLE_RATE, av.AudioFormat("s16"), "mono"
    codec.bit_rate = AUDIO_BITS_PER_SECOND
    codec.time_base = Fraction(1, SAMPLE_RATE)
    packets: list[bytes] = []
    for start in range(0, SECONDS * SAMPLE_RATE, SAMPLES_PER_PACKET):
        packets += (bytes(packet) for packet in codec.encode(_sound(tone, start)))
    return Encoded(tuple(packets), Fraction(SAMPLES_PER_PACKET, SAMPLE_RATE))


def _sound(tone: int, start: int) -> av.AudioFrame:
    """A tone that swells and fades once in the clip."""
    frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES_PER_PACKET)
    frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
    frame.planes[0].update(b"".join(_samples(tone, start)))
    return frame


def _samples(tone: int, start: int) -> Iterator[bytes]:
    for position in range(start, start + SAMPLES_PER_PACKET):
        swell = math.sin(math.pi * position / (SECONDS * SAMPLE_RATE))
        value = 32_767 * LOUDNESS * swell * math.sin(2 * math.pi * tone * position / SAMPLE_RATE)
        yield int(value).to_bytes(2, "little", signed=True)
