"""A decoder can begin with sequence parameters or with the first slice of a key frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.formats import h264


@pytest.mark.parametrize(
    ("payload", "begins"),
    [
        (b"\x67\x42", True),  # sequence parameters
        (b"\x65\x88", True),  # a key frame in one packet
        (b"\x41\x9a", False),  # a slice of another frame
        (b"\x78\x00\x04\x67\x42\xe0\x1f", True),  # parameters together with what follows
        (b"\x78\x00\x02\x09\xf0\x00\x04\x67\x42\xe0\x1f\x00\x02\x68\xce", True),  # a delimiter, then parameters
        (b"\x78\x00\x03\x06\x05\x01\x00\x04\x67\x42\xe0\x1f", True),  # a remark, then parameters
        (b"\x78\x00\x02\x09\xf0\x00\x02\x41\x9a", False),  # a delimiter, then a slice of another frame
        (b"\x78\xff\xff\x09\xf0\x00\x04\x67", False),  # a length that points behind the packet
        (b"\x68\xce", False),  # picture parameters alone
        (b"\x7c\x85\x88", True),  # the first part of a key frame
        (b"\x7c\x05\x88", False),  # a later part
        (b"\x7c\x81\x88", False),  # the first part of another frame
        (b"\x78\x00", False),
        (b"\x7c", False),
        (b"", False),
    ],
)
def test_a_key_frame_is_known_by_its_first_packet(payload: bytes, begins: bool) -> None:
    packet = bytes(12) + payload
    assert h264.begins_keyframe(packet, len(packet), 12) is begins


@given(st.binary(max_size=20))
def test_no_payload_however_malformed_raises(payload: bytes) -> None:
    h264.begins_keyframe(payload, len(payload), 12)
