"""VP8 descriptors are read as far as forwarding needs them, and hostile ones never raise."""

import pytest
from aiortc.rtp import HeaderExtensionsMap, RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.formats import rtp, vp8

HEADER = 12


def packet(payload: bytes) -> bytearray:
    return bytearray(RtpPacket(rtp.VP8, 1, 17, 3_000, 0xCAFE, payload).serialize(HeaderExtensionsMap()))


@pytest.mark.parametrize(
    ("payload", "begins"),
    [
        (b"\x10\x00\x00\x00", True),  # no extended descriptor, frame tag says key frame
        (b"\x10\x01\x00\x00", False),  # the tag says inter frame
        (b"\x00\x00\x00\x00", False),  # not the start of a partition
        (b"\x11\x00\x00\x00", False),  # not the first partition
        (b"\x90\x80\x05\x00", True),  # PictureID of 7 bits
        (b"\x90\x80\x85\x01\x00", True),  # PictureID of 15 bits
        (b"\x90\xe0\x85\x01\x02\x03\x00", True),  # and TL0PICIDX and TID
        (b"\x90\xe0\x85\x01\x02\x03\x01", False),
        (b"\x90\xe0\x85", False),  # cut off
        (b"\x90", False),
        (b"", False),
    ],
)
def test_a_key_frame_is_known_by_its_first_packet(payload: bytes, begins: bool) -> None:
    data = packet(payload)
    assert vp8.begins_keyframe(data, len(data), HEADER) is begins


def test_the_numbers_of_a_picture_are_read_and_moved_over_their_ends() -> None:
    data = packet(b"\x90\xe0\xff\xff\xff\x03\x00frame")
    numbers = vp8.picture(data, len(data), HEADER)
    assert numbers is not None
    assert (numbers.id, numbers.temporal) == (0x7FFF, 0xFF)
    vp8.renumber(data, numbers, 2, 3)
    assert bytes(data[HEADER:]) == b"\x90\xe0\x80\x01\x02\x03\x00frame"


def test_a_picture_without_a_temporal_number_keeps_its_frame() -> None:
    data = packet(b"\x90\x80\x80\x07\x00frame")
    numbers = vp8.picture(data, len(data), HEADER)
    assert numbers is not None
    vp8.renumber(data, numbers, 5, 9)
    assert bytes(data[HEADER:]) == b"\x90\x80\x80\x0c\x00frame"


@pytest.mark.parametrize("payload", [b"\x10\x00frame", b"\x90\x80\x05\x00frame", b"\x90\x40\x05\x00frame", b"\x90"])
def test_pictures_without_a_long_number_have_none(payload: bytes) -> None:
    data = packet(payload)
    assert vp8.picture(data, len(data), HEADER) is None


@given(st.binary(max_size=40), st.integers(0, 40_000), st.integers(0, 300))
def test_no_payload_however_malformed_raises(payload: bytes, by: int, temporal_by: int) -> None:
    data = packet(payload)
    header = rtp.header_size(data, len(data))
    vp8.begins_keyframe(data, len(data), header)
    numbers = vp8.picture(data, len(data), header)
    if numbers is not None:
        vp8.renumber(data, numbers, by, temporal_by)
    assert len(data) == HEADER + len(payload)
