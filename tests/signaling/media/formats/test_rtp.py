"""RTP packets are translated, read and wrapped byte by byte, and hostile ones never raise."""

from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensionsMap, RtpPacket, unwrap_rtx
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.formats import rtp
from signaling.media.formats.sdp import AUDIO_LEVEL_URI, MID_URI

THEIR_MID, THEIR_LEVEL, THEIR_OPUS = 4, 10, 63
TRANSLATION = rtp.translation({THEIR_OPUS: rtp.OPUS}, {THEIR_MID: rtp.MID, THEIR_LEVEL: rtp.AUDIO_LEVEL})


def extension_map(mid: int, level: int) -> HeaderExtensionsMap:
    mapped = HeaderExtensionsMap()
    extensions = [
        RTCRtpHeaderExtensionParameters(mid, MID_URI),
        RTCRtpHeaderExtensionParameters(level, AUDIO_LEVEL_URI),
    ]
    mapped.configure(RTCRtpParameters(headerExtensions=extensions))
    return mapped


def spoken_packet() -> bytearray:
    packet = RtpPacket(THEIR_OPUS, 1, 17, 960, 0xCAFE, b"opus")
    packet.extensions.mid = "sound"
    packet.extensions.audio_level = (True, 30)
    return bytearray(packet.serialize(extension_map(THEIR_MID, THEIR_LEVEL)))


def picture(payload: bytes) -> bytes:
    return RtpPacket(rtp.VP8, 1, 17, 3_000, 0xCAFE, payload).serialize(HeaderExtensionsMap())


def test_a_packet_is_translated_to_canonical_payload_type_and_extension_ids() -> None:
    packet = spoken_packet()
    header = rtp.normalise(packet, len(packet), TRANSLATION)
    read = RtpPacket.parse(bytes(packet), extension_map(rtp.MID, rtp.AUDIO_LEVEL))
    assert (read.payload_type, read.marker, read.payload) == (rtp.OPUS, 1, b"opus")
    assert (read.extensions.mid, read.extensions.audio_level) == ("sound", (True, 30))
    assert rtp.extension(packet, header, rtp.MID) == b"sound"
    assert rtp.extension(packet, header, rtp.AUDIO_LEVEL) == bytes([0x80 | 30])


def test_an_extension_that_was_not_negotiated_cannot_pass_for_a_canonical_one() -> None:
    packet = spoken_packet()
    header = rtp.normalise(packet, len(packet), rtp.translation({THEIR_OPUS: rtp.OPUS}, {}))
    assert rtp.extension(packet, header, rtp.MID) is None
    assert rtp.extension(packet, header, rtp.UNNEGOTIATED) == b"sound"


def test_a_payload_type_that_was_not_negotiated_is_dropped() -> None:
    packet = spoken_packet()
    assert rtp.normalise(packet, len(packet), rtp.translation({96: rtp.VP8}, {})) == 0


def test_two_byte_extensions_are_left_alone() -> None:
    packet = bytearray(b"\x90\x3f" + bytes(10) + b"\x10\x00\x00\x01" + b"\x04\x01x\x00" + b"opus")
    header = rtp.normalise(packet, len(packet), TRANSLATION)
    assert header == 20
    assert rtp.extension(packet, header, rtp.MID) is None


def test_the_sending_time_is_stamped_into_its_place_and_nowhere_else() -> None:
    packet = bytearray(b"\x90\x60" + bytes(10) + b"\xbe\xde\x00\x01" + b"\x52aaa" + b"frame")
    rtp.stamp(packet, 20, 64.0 + 1.5)
    assert bytes(packet[16:]) == b"\x52" + int(1.5 * 2**18).to_bytes(3, "big") + b"frame"
    without = spoken_packet()
    before = bytes(without)
    rtp.stamp(without, rtp.header_size(without, len(without)), 1.5)
    assert bytes(without) == before


def test_a_receiver_unwraps_a_wrapped_retransmission() -> None:
    packet = picture(b"frame")
    wrapped = rtp.wrap(packet, original=901, sequence=7, timestamp=4_000, ssrc=0xBEEF)
    read = RtpPacket.parse(wrapped)
    assert (read.payload_type, read.sequence_number, read.timestamp, read.ssrc) == (
        rtp.RETRANSMISSIONS[rtp.VP8],
        7,
        4_000,
        0xBEEF,
    )
    original = unwrap_rtx(read, rtp.VP8, 0xD00D)
    assert (original.sequence_number, original.payload, original.marker) == (901, b"frame", 1)
    assert rtp.unwrap(wrapped, len(wrapped), 12, 0xD00D) == original.serialize()


def test_a_retransmission_of_nothing_is_ignored() -> None:
    wrapped = rtp.wrap(picture(b""), original=901, sequence=7, timestamp=0, ssrc=1)
    assert rtp.unwrap(wrapped, len(wrapped), 12, 2) is None


@given(st.binary(max_size=200), st.integers(0, 15))
def test_no_packet_however_malformed_raises(data: bytes, wanted: int) -> None:
    packet = bytearray(data)
    header = rtp.normalise(packet, len(packet), rtp.translation(dict.fromkeys(range(128), rtp.VP8), {}))
    assert header <= len(packet)
    assert len(packet) == len(data)
    if header:
        rtp.extension(packet, header, wanted)
        rtp.stamp(packet, header, 1.0)
        packet[1] = packet[1] & 0x80 | rtp.RETRANSMISSIONS[rtp.VP8]
        rtp.unwrap(packet, len(packet), header, 1)
