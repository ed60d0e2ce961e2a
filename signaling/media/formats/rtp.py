"""RTP packets (RFC 3550, RFC 8285, RFC 4588) as far as forwarding needs them. Pure.

Publishers choose their own payload types and header extension ids. Each incoming packet is translated once to the
canonical ones below, so that only sequence, timestamp and SSRC change on the way to each subscriber.
"""

from struct import Struct

import msgspec

OPUS, VP8, H264 = 111, 96, 102
"""Canonical payload types."""
RETRANSMISSIONS = {VP8: 97, H264: 103}
"""The canonical payload type of each one's retransmissions."""
REPAIRED = {repair: original for original, repair in RETRANSMISSIONS.items()}
CLOCK_RATES = {"audio": 48_000, "video": 90_000, "screen": 90_000}
"""Timestamp units per second."""

MID, AUDIO_LEVEL, RID, REPAIRED_RID, SEND_TIME = 1, 2, 3, 4, 5
"""Canonical header extension ids (one byte, RFC 8285)."""
UNNEGOTIATED = 14
"""The id for any other extension; no subscriber is ever offered it."""
SILENCE = 127
"""The audio level of silence, in -dBov (RFC 6464)."""

Bytes = bytes | bytearray | memoryview

HEADER = Struct("!BBHII")
"""Version and flags, marker and payload type, sequence, timestamp, SSRC."""
MUTABLE = Struct("!HII")
"""The fields that differ between subscribers, from byte 2: sequence, timestamp, SSRC."""


class Translation(msgspec.Struct, frozen=True):
    """Lookup tables from a publisher's negotiated numbers to the canonical ones; 0 means "not negotiated"."""

    payload_types: bytes
    extension_ids: bytes


def translation(payload_types: dict[int, int], extension_ids: dict[int, int]) -> Translation:
    """Tables of 128 payload types and 16 extension ids."""
    return Translation(
        bytes(payload_types.get(own, 0) for own in range(128)),
        bytes(extension_ids.get(own, UNNEGOTIATED) if own else 0 for own in range(16)),
    )


def header_size(packet: Bytes, size: int) -> int:
    """Bytes before the payload; 0 without a complete RTP header."""
    if size < HEADER.size or packet[0] >> 6 != 2:
        return 0
    end = HEADER.size + 4 * (packet[0] & 15)
    if packet[0] & 0x10:
        if size < end + 4:
            return 0
        end += 4 + 4 * (packet[end + 2] << 8 | packet[end + 3])
    return end if end <= size else 0


def normalise(packet: bytearray | memoryview, size: int, translation: Translation) -> int:
    """Translate payload type and extension ids in place; the header's size, or 0 for a packet to drop."""
    header = header_size(packet, size)
    if not header:
        return 0
    payload_type = translation.payload_types[packet[1] & 127]
    if not payload_type:
        return 0
    packet[1] = packet[1] & 0x80 | payload_type
    position = _first_element(packet)
    while position and position < header:
        element = packet[position]
        if element:
            packet[position] = translation.extension_ids[element >> 4] << 4 | element & 15
            position += 2 + (element & 15)
        else:
            position += 1
    return header


def extension(packet: Bytes, header: int, wanted: int) -> bytes | None:
    """The value of one header extension; `header` is the size from `header_size`. None without it."""
    position = _element(packet, header, wanted)
    return bytes(packet[position + 1 : position + 2 + (packet[position] & 15)]) if position else None


def stamp(packet: bytearray | memoryview, header: int, at: float) -> None:
    """Write the send time `at` (seconds) into the packet, if it has that extension: 24 bits, 18 of them fractional.

    Receivers estimate their bandwidth from these stamps; the path they measure begins here, not at the publisher.
    """
    position = _element(packet, header, SEND_TIME)
    if position and packet[position] & 15 == 2:
        packet[position + 1 : position + 4] = (int(at * 262_144) & 0xFFFFFF).to_bytes(3, "big")


def _element(packet: Bytes, header: int, wanted: int) -> int:
    """The position of a complete header extension element; 0 when there is none."""
    position = _first_element(packet)
    while position and position < header:
        element = packet[position]
        if not element:
            position += 1
            continue
        end = position + 2 + (element & 15)
        if element >> 4 == wanted and end <= header:
            return position
        position = end
    return 0


def _first_element(packet: Bytes) -> int:
    """Where one-byte header extension elements begin; 0 when there are none."""
    if not packet[0] & 0x10:
        return 0
    start = HEADER.size + 4 * (packet[0] & 15)
    return start + 4 if packet[start] == 0xBE and packet[start + 1] == 0xDE else 0


def wrap(packet: bytes, *, original: int, sequence: int, timestamp: int, ssrc: int) -> bytes:
    """A retransmission (RFC 4588) of `packet`, whose sequence number at the receiver is `original`."""
    header = header_size(packet, len(packet))
    wrapped = bytearray(packet[:header]) + original.to_bytes(2, "big") + packet[header:]
    wrapped[1] = wrapped[1] & 0x80 | RETRANSMISSIONS[packet[1] & 127]
    MUTABLE.pack_into(wrapped, 2, sequence, timestamp, ssrc)
    return bytes(wrapped)


def unwrap(packet: Bytes, size: int, header: int, ssrc: int) -> bytes | None:
    """The packet that a retransmission carries, or None when it carries only padding."""
    if size < header + 3:
        return None
    original = bytearray(packet[:header]) + packet[header + 2 : size]
    original[1] = original[1] & 0x80 | REPAIRED[packet[1] & 127]
    original[2:4] = packet[header : header + 2]
    original[8:12] = ssrc.to_bytes(4, "big")
    return bytes(original)
