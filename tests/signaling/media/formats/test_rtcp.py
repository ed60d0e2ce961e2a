"""RTCP is read and written by the standards; aiortc's own reader and writer confirm it."""

from aiortc import rtp as theirs
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.formats import rtcp

WORD = st.integers(0, 2**32 - 1)


def test_the_reports_of_a_compound_packet_are_read() -> None:
    info = theirs.RtcpSenderInfo(ntp_timestamp=(5 << 32) + 7, rtp_timestamp=900, packet_count=3, octet_count=70)
    compound = b"".join(
        bytes(part)
        for part in (
            theirs.RtcpSrPacket(ssrc=1, sender_info=info),
            theirs.RtcpSdesPacket([theirs.RtcpSourceInfo(ssrc=1, items=[(1, b"somebody")])]),
            theirs.RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=2, lost=[5, 9, 100]),
            theirs.RtcpPsfbPacket(fmt=1, ssrc=1, media_ssrc=3),
            theirs.RtcpPsfbPacket(fmt=4, ssrc=1, media_ssrc=0, fci=b"\0\0\0\4\0\0\0\0\0\0\0\5\1\0\0\0"),
        )
    )
    assert rtcp.read(compound) == [
        rtcp.SenderReport(ssrc=1, ntp=(5 << 32) + 7, timestamp=900, packets=3, octets=70),
        rtcp.ReceiverReport(ssrc=1, blocks=()),
        rtcp.Nack(ssrc=2, sequences=(5, 9, 100)),
        rtcp.KeyframeRequest(ssrc=3),
        rtcp.KeyframeRequest(ssrc=4),
        rtcp.KeyframeRequest(ssrc=5),
    ]


def test_one_report_asks_for_a_bounded_number_of_packets() -> None:
    everything = b"".join(sequence.to_bytes(2, "big") + b"\xff\xff" for sequence in range(0, 6_000, 17))
    packet = b"\x81\xcd" + (2 + len(everything) // 4).to_bytes(2, "big") + bytes(8) + everything
    (nack,) = rtcp.read(packet)
    assert isinstance(nack, rtcp.Nack)
    assert len(nack.sequences) == rtcp.MAX_SEQUENCES


def test_lost_packets_are_read_across_the_end_of_the_numbers() -> None:
    assert rtcp.read(rtcp.nack(1, 2, [65_535, 0])) == [rtcp.Nack(ssrc=2, sequences=(65_535, 0))]


def test_requests_are_understood() -> None:
    (nack,) = theirs.RtcpPacket.parse(rtcp.nack(1, 2, [9, 10]))
    assert (nack.fmt, nack.ssrc, nack.media_ssrc, nack.lost) == (theirs.RTCP_RTPFB_NACK, 1, 2, [9, 10])
    (pli,) = theirs.RtcpPacket.parse(rtcp.keyframe_request(1, 2))
    assert (pli.fmt, pli.media_ssrc) == (theirs.RTCP_PSFB_PLI, 2)


def test_a_receiver_report_is_understood() -> None:
    block = rtcp.ReportBlock(
        ssrc=2, fraction_lost=26, lost=-1, highest=70_000, jitter=12, last_sender_report=99, delay_since=65_536
    )
    (report,) = theirs.RtcpPacket.parse(rtcp.receiver_report(1, [block]))
    (read,) = report.reports
    assert (report.ssrc, read.ssrc, read.fraction_lost, read.packets_lost) == (1, 2, 26, -1)
    assert (read.highest_sequence, read.jitter, read.lsr, read.dlsr) == (70_000, 12, 99, 65_536)


@given(
    st.builds(
        rtcp.SenderReport, *[st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)] + [st.integers(0, 2**32 - 1)] * 3
    )
)
def test_a_sender_report_survives_writing_and_reading(report: rtcp.SenderReport) -> None:
    assert rtcp.read(rtcp.sender_report(report)) == [report, rtcp.ReceiverReport(report.ssrc, ())]


@given(st.builds(rtcp.ReportBlock, WORD, st.integers(0, 255), st.integers(-(2**23), 2**23 - 1), *[WORD] * 4))
def test_a_receiver_report_survives_writing_and_reading(block: rtcp.ReportBlock) -> None:
    assert rtcp.read(rtcp.receiver_report(1, [block])) == [rtcp.ReceiverReport(1, (block,))]


@given(st.integers(0, 10**10))
def test_an_estimate_survives_to_within_its_precision(bits: int) -> None:
    (read,) = rtcp.read(rtcp.estimate(1, bits, [2, 3]))
    assert isinstance(read, rtcp.Estimate)
    assert 0 <= bits - read.bits_per_second <= bits / 2**17


def test_an_estimate_is_understood() -> None:
    (remb,) = theirs.RtcpPacket.parse(rtcp.estimate(1, 640_000, [2, 3]))
    assert (remb.fmt, theirs.unpack_remb_fci(remb.fci)) == (theirs.RTCP_PSFB_APP, (640_000, [2, 3]))


@given(st.binary(max_size=300))
def test_no_report_however_malformed_raises(data: bytes) -> None:
    rtcp.read(data)


@given(st.binary(max_size=60), st.sampled_from([200, 201, 205, 206]), st.integers(0, 31))
def test_no_body_however_malformed_raises(body: bytes, kind: int, fmt: int) -> None:
    body += bytes(-len(body) % 4)
    rtcp.read(bytes([0x80 | fmt, kind]) + (len(body) // 4).to_bytes(2, "big") + body)
