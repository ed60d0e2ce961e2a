"""H.264 in RTP (RFC 6184): where key frames begin. Pure."""

from signaling.media.rtp import Bytes

_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS = 5, 7
_AGGREGATE, _FRAGMENT = 24, 28


def begins_keyframe(packet: Bytes, size: int, header: int) -> bool:
    """True for a packet that a decoder can begin with: sequence parameters, or the first part of a key frame."""
    if header >= size:
        return False
    kind = packet[header] & 31
    if kind == _AGGREGATE:
        return size > header + 3 and _starts(packet[header + 3] & 31)
    if kind == _FRAGMENT:
        return size > header + 1 and bool(packet[header + 1] & 0x80) and _starts(packet[header + 1] & 31)
    return _starts(kind)


def _starts(kind: int) -> bool:
    return kind in (_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS)
