"""VP8 in RTP (RFC 7741): where key frames begin, and how pictures are numbered. Pure; nothing behind the descriptor
and the first byte of a frame is looked at, so transformed (end-to-end encrypted) pictures pass as well.
"""

import msgspec

from signaling.media.formats.rtp import Bytes

LONG_IDS, TEMPORAL_IDS = 0x8000, 0x100
"""How many picture ids (15 bits) and TL0PICIDX values there are before they wrap."""


class Picture(msgspec.Struct, frozen=True):
    """How the sender numbers a picture, and where in the packet that stands; TL0PICIDX is missing at 0."""

    id_at: int
    id: int
    temporal_at: int
    temporal: int


def begins_keyframe(packet: Bytes, size: int, header: int) -> bool:
    """True for the first packet of a key frame."""
    if header >= size:
        return False
    first = packet[header]
    if not first & 0x10 or first & 7:
        return False
    position = _frame(packet, size, header)
    return position < size and not packet[position] & 1


def picture(packet: Bytes, size: int, header: int) -> Picture | None:
    """The numbers of the picture this packet belongs to; None when it has no 15-bit picture id."""
    if header + 4 >= size or not packet[header] & 0x80 or not packet[header + 1] & 0x80:
        return None
    number_at = header + 2
    if not packet[number_at] & 0x80:
        return None
    temporal_at = number_at + 2 if packet[header + 1] & 0x40 and number_at + 2 < size else 0
    number = (packet[number_at] & 0x7F) << 8 | packet[number_at + 1]
    return Picture(number_at, number, temporal_at, packet[temporal_at] if temporal_at else 0)


def renumber(packet: bytearray | memoryview, numbers: Picture, id_offset: int, temporal_offset: int) -> None:
    """Move a picture's numbers by these offsets, in place."""
    number = (numbers.id + id_offset) % LONG_IDS
    packet[numbers.id_at] = 0x80 | number >> 8
    packet[numbers.id_at + 1] = number & 0xFF
    if numbers.temporal_at:
        packet[numbers.temporal_at] = (numbers.temporal + temporal_offset) % TEMPORAL_IDS


def _frame(packet: Bytes, size: int, header: int) -> int:
    """Where the frame begins, behind PictureID, TL0PICIDX and TID/KEYIDX; `size` when that is outside."""
    position = header + 1
    if not packet[header] & 0x80:
        return position
    if position >= size:
        return size
    present, position = packet[position], position + 1
    if present & 0x80:
        if position >= size:
            return size
        position += 2 if packet[position] & 0x80 else 1
    return position + bool(present & 0x40) + bool(present & 0x30)
