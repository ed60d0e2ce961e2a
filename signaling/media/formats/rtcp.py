"""RTCP (RFC 3550, RFC 4585, RFC 5104): reads and writes the reports and requests of peers. Pure."""

from collections.abc import Iterable, Iterator
from struct import Struct

import msgspec

MAX_SEQUENCES = 256
"""Further lost packets in one report are not repaired; the next key frame replaces them."""
MAX_REPORTS = 31

_HEAD = Struct("!BBH")
_NACK = Struct("!HH")
_SENDER = Struct("!IQIII")
_BLOCK = Struct("!IIIIII")
_SENDER_REPORT, _RECEIVER_REPORT, _TRANSPORT_FEEDBACK, _PAYLOAD_FEEDBACK = 200, 201, 205, 206
_GENERIC_NACK, _PICTURE_LOSS, _FULL_INTRA, _APPLICATION = 1, 1, 4, 15
_REMB = b"REMB"
_MANTISSA_BITS = 18


class Nack(msgspec.Struct, frozen=True):
    """These packets of this stream were lost."""

    ssrc: int
    sequences: tuple[int, ...]


class KeyframeRequest(msgspec.Struct, frozen=True):
    """This stream cannot be decoded without a new key frame."""

    ssrc: int


class SenderReport(msgspec.Struct, frozen=True):
    """At `ntp` (64 bits, seconds since 1900 in units of 2^-32) the stream's RTP timestamp was `timestamp`."""

    ssrc: int
    ntp: int
    timestamp: int
    packets: int
    octets: int


class ReportBlock(msgspec.Struct, frozen=True):
    """How one stream was received; `jitter` is in timestamp units, `delay_since` in 1/65536 s."""

    ssrc: int
    fraction_lost: int
    lost: int
    highest: int
    jitter: int
    last_sender_report: int
    delay_since: int


class ReceiverReport(msgspec.Struct, frozen=True):
    """How streams are received."""

    ssrc: int
    """Of the reporter."""
    blocks: tuple[ReportBlock, ...]


class Estimate(msgspec.Struct, frozen=True):
    """The receiver's estimate of what its path carries, in bits per second (REMB)."""

    ssrc: int
    bits_per_second: int


Report = Nack | KeyframeRequest | SenderReport | ReceiverReport | Estimate


def read(data: bytes) -> list[Report]:
    """The reports of a compound packet that forwarding needs; reading stops at malformed data."""
    return [report for kind, fmt, body in _parts(data) for report in _reports(kind, fmt, body)]


def _parts(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    position = 0
    while position + 8 <= len(data):
        first, kind, words = _HEAD.unpack_from(data, position)
        end = position + 4 + 4 * words
        if first >> 6 != 2 or end > len(data):
            return
        yield kind, first & 31, data[position + 4 : end]
        position = end


def _reports(kind: int, fmt: int, body: bytes) -> Iterator[Report]:
    if kind == _SENDER_REPORT and len(body) >= _SENDER.size:
        yield SenderReport(*_SENDER.unpack_from(body))
        yield ReceiverReport(_number(body, 0), _blocks(body, _SENDER.size, fmt))
    elif kind == _RECEIVER_REPORT:
        yield ReceiverReport(_number(body, 0), _blocks(body, 4, fmt))
    elif kind == _TRANSPORT_FEEDBACK and fmt == _GENERIC_NACK and len(body) >= 12:
        yield Nack(_number(body, 4), _lost(body))
    elif kind == _PAYLOAD_FEEDBACK and fmt == _PICTURE_LOSS and len(body) >= 8:
        yield KeyframeRequest(_number(body, 4))
    elif kind == _PAYLOAD_FEEDBACK and fmt == _FULL_INTRA:
        yield from (KeyframeRequest(_number(body, at)) for at in range(8, len(body) - 7, 8))

    elif kind == _PAYLOAD_FEEDBACK and fmt == _APPLICATION and body[8:12] == _REMB and len(body) >= 16:
        yield Estimate(_number(body, 0), (_number(body, 12) & 0x3FFFF) << (body[13] >> 2))


def _blocks(body: bytes, start: int, count: int) -> tuple[ReportBlock, ...]:
    whole = min(count, (len(body) - start) // _BLOCK.size)
    return tuple(_read_block(body, start + index * _BLOCK.size) for index in range(whole))


def _read_block(body: bytes, position: int) -> ReportBlock:
    ssrc, losses, highest, jitter, last, delay = _BLOCK.unpack_from(body, position)
    lost = (losses & 0xFFFFFF ^ 0x800000) - 0x800000
    return ReportBlock(ssrc, losses >> 24, lost, highest, jitter, last, delay)


def _lost(body: bytes) -> tuple[int, ...]:
    lost: list[int] = []
    for position in range(8, len(body) - 3, 4):
        first, following = _NACK.unpack_from(body, position)
        lost.append(first)
        lost.extend((first + 1 + bit) & 0xFFFF for bit in range(16) if following >> bit & 1)
        if len(lost) >= MAX_SEQUENCES:
            break
    return tuple(lost[:MAX_SEQUENCES])


def _number(body: bytes, position: int) -> int:
    return int.from_bytes(body[position : position + 4], "big")


def nack(sender: int, ssrc: int, sequences: Iterable[int]) -> bytes:
    """Ask for these packets again."""
    lost = b"".join(_NACK.pack(sequence, 0) for sequence in sequences)
    return _packet(_GENERIC_NACK, _TRANSPORT_FEEDBACK, _pair(sender, ssrc) + lost)


def keyframe_request(sender: int, ssrc: int) -> bytes:
    """Ask for a key frame (PLI)."""
    return _packet(_PICTURE_LOSS, _PAYLOAD_FEEDBACK, _pair(sender, ssrc))


def sender_report(report: SenderReport) -> bytes:
    """A report for a receiver: how the stream's timestamps map to the publisher's clock."""
    packets, octets = report.packets & 0xFFFFFFFF, report.octets & 0xFFFFFFFF
    return _packet(0, _SENDER_REPORT, _SENDER.pack(report.ssrc, report.ntp, report.timestamp, packets, octets))


def receiver_report(sender: int, blocks: Iterable[ReportBlock]) -> bytes:
    """A report for a publisher: how its streams arrive."""
    packed = [_block(block) for block in blocks][:MAX_REPORTS]
    return _packet(len(packed), _RECEIVER_REPORT, sender.to_bytes(4, "big") + b"".join(packed))


def estimate(sender: int, bits_per_second: int, ssrcs: Iterable[int]) -> bytes:
    """A report for a publisher: the most bits per second it may send on all these streams together (REMB)."""
    streams = list(ssrcs)[:MAX_REPORTS]
    exponent = max(0, bits_per_second.bit_length() - _MANTISSA_BITS)
    head = _pair(sender, 0) + _REMB
    size = (len(streams) << 24 | exponent << 18 | bits_per_second >> exponent).to_bytes(4, "big")
    return _packet(_APPLICATION, _PAYLOAD_FEEDBACK, head + size + b"".join(s.to_bytes(4, "big") for s in streams))


def _block(block: ReportBlock) -> bytes:
    losses = block.fraction_lost << 24 | max(-0x800000, min(block.lost, 0x7FFFFF)) & 0xFFFFFF
    return _BLOCK.pack(
        block.ssrc, losses, block.highest, block.jitter & 0xFFFFFFFF, block.last_sender_report, block.delay_since
    )


def _pair(sender: int, ssrc: int) -> bytes:
    return sender.to_bytes(4, "big") + ssrc.to_bytes(4, "big")


def _packet(fmt: int, kind: int, body: bytes) -> bytes:
    return _HEAD.pack(0x80 | fmt, kind, len(body) // 4) + body
