"""VP8 in RTP (RFC 7741): the start of key frames, and the numbers of pictures. Pure. It reads only the descriptor and
the first byte of a frame, so transformed (end-to-end encrypted) pictures pass too.
"""

import msgspec

from signaling.media.formats.rtp import Bytes

LONG_IDS, TEMPORAL_IDS = 0x8000, 0x100
"""The number of picture ids (15 bits) and of TL0PICIDX values before they wrap."""


class Picture(msgspec.Struct, frozen=True):
    """The sender's numbers of a picture, and their positions in the packet; `temporal_at` 0 means no TL0PICIDX."""

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
    """The numbers of this packet's picture; None without a 15-bit picture id."""
    if header + 4 >= size or not packet[header] & 0x80 or not packet[header + 1] & 0x80:
        return None
    number_at = header + 2
    if not packet[number_at] & 0x80:
        return None
    temporal_at = number_at + 2 if packet[header + 1] & 0x40 and number_at + 2 < size else 0
    number = (packet[number_at] & 0x7F) << 8 | packet[number_at + 1]
    return Picture(number_at, number, temporal_at, packet[temporal_at] if temporal_at else 0)


def renumber(packet: bytearray | memoryview, numbers: Picture, id_offset: int, temporal_offset: int) -> None:
    """Add these offsets to a picture's numbers, in place."""
    number = (numbers.id + id_offset) % LONG_IDS
    packet[numbers.id_at] = 0x80 | number >> 8
    packet[numbers.id_at + 1] = number & 0xFF
    if numbers.temporal_at:
        packet[numbers.temporal_at] = (numbers.temporal + temporal_offset) % TEMPORAL_IDS


def _frame(packet: Bytes, size: int, header: int) -> int:
    """The position of the frame, after PictureID, TL0PICIDX and TID/KEYIDX; `size` when that is outside the packet."""
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
