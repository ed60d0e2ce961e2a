"""H.264 in RTP (RFC 6184, modes 0 and 1): the profile that every browser decodes, and the start of key frames. Pure."""

import re
from collections.abc import Iterator, Mapping

from signaling.media.formats.rtp import Bytes

_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS = 5, 7
_AGGREGATE, _FRAGMENT = 24, 28
_BEGINNINGS = (_SLICE_OF_KEYFRAME, _SEQUENCE_PARAMETERS)
_PROFILE = re.compile(r"[0-9A-Fa-f]{6}")
_BASELINES = ((0x42, 0x00), (0x4D, 0x80), (0x58, 0xC0))
"""Profiles, and the constraints under which each is Baseline (section 8.1, table 5)."""


def is_plain(parameters: Mapping[str, str]) -> bool:
    """True for Baseline in single slices or fragments, by a description's `fmtp` parameters; False without them."""
    profile = parameters.get("profile-level-id", "")
    if parameters.get("packetization-mode") != "1" or not _PROFILE.fullmatch(profile):
        return False
    number, constraints = bytes.fromhex(profile)[:2]
    return any(number == known and constraints & flags == flags for known, flags in _BASELINES)


def begins_keyframe(packet: Bytes, size: int, header: int) -> bool:
    """True for a packet that a decoder can start with: sequence parameters, or the first part of a key frame.

    One key frame has several such packets; a decoder needs the first.
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
