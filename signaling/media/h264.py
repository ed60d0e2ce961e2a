"""H.264 in RTP (RFC 6184, packetization modes 0 and 1): where key frames begin. Pure."""

from collections.abc import Iterator

from signaling.media.rtp import Bytes

_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS = 5, 7
_AGGREGATE, _FRAGMENT = 24, 28
_BEGINNINGS = (_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS)


def begins_keyframe(packet: Bytes, size: int, header: int) -> bool:
    """True for a packet that a decoder can begin with: sequence parameters, or the first part of a key frame.

    One key frame has several such packets; a decoder needs the first of them.
    """
    return any(kind in _BEGINNINGS for kind in _units(packet, size, header))


def _units(packet: Bytes, size: int, header: int) -> Iterator[int]:
    """The types of the units that begin in this packet."""
    if header >= size:
        return
    kind = packet[header] & 31
    if kind == _AGGREGATE:
        yield from _aggregated(packet, size, header + 1)
    elif kind != _FRAGMENT:
        yield kind
    elif size > header + 1 and packet[header + 1] & 0x80:
        yield packet[header + 1] & 31


def _aggregated(packet: Bytes, size: int, position: int) -> Iterator[int]:
    """The types of all units of a STAP-A, each behind its length (section 5.7.1)."""
    while position + 2 < size:
        yield packet[position + 2] & 31
        position += 2 + (packet[position] << 8 | packet[position + 1])
