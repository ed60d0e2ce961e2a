"""How a stream arrives: loss, late packets, restarts and jitter."""

from signaling.media.formats.rtcp import SenderReport
from signaling.media.forwarding.reception import Reception

VIDEO = 90_000


def receive(reception: Reception, *sequences: int) -> list[int]:
    """Packets 20 ms apart, as punctual as their timestamps."""
    return [reception.note(sequence, 1_800 * at, 100, at * 0.02) for at, sequence in enumerate(sequences)]


def test_a_stream_without_loss_has_no_gaps() -> None:
    reception = Reception(VIDEO)
    assert receive(reception, 10, 11, 12) == [0, 0, 0]
    assert (reception.packets, reception.lost, reception.octets) == (3, 0, 300)


def test_a_gap_is_counted_and_a_late_packet_fills_it() -> None:
    reception = Reception(VIDEO)
    assert receive(reception, 10, 13, 11) == [0, 2, -1]
    assert reception.lost == 1


def test_sequence_numbers_wrap() -> None:
    reception = Reception(VIDEO)
    assert receive(reception, 65_534, 65_535, 0, 1) == [0, 0, 0, 0]
    assert reception.report(1, 1.0).highest == 65_537


def test_a_wide_jump_is_a_restart_and_not_thousands_of_lost_packets() -> None:
    reception = Reception(VIDEO)
    receive(reception, 10, 20_000, 20_001)
    assert reception.lost == 0


def test_a_report_states_the_loss_since_the_report_before() -> None:
    reception = Reception(VIDEO)
    receive(reception, 0, 1, 2, 7)
    first, second = reception.report(5, 1.0), reception.report(5, 2.0)
    assert (first.ssrc, first.lost, first.fraction_lost) == (5, 4, 128)
    assert (second.lost, second.fraction_lost) == (4, 0)


def test_a_report_lets_the_publisher_work_out_the_round_trip() -> None:
    reception = Reception(VIDEO)
    receive(reception, 0)
    assert reception.report(5, 1.0).delay_since == 0
    reception.sender_reported(SenderReport(ssrc=5, ntp=0x1234_5678_9ABC_DEF0, timestamp=0, packets=1, octets=1), 10.0)
    report = reception.report(5, 10.5)
    assert (report.last_sender_report, report.delay_since) == (0x5678_9ABC, 32_768)


def test_punctual_packets_have_no_jitter_and_late_ones_have() -> None:
    punctual, late = Reception(VIDEO), Reception(VIDEO)
    receive(punctual, 0, 1, 2)
    assert punctual.report(1, 1.0).jitter == 0
    late.note(0, 0, 100, 0.0)
    late.note(1, 1_800, 100, 0.120)
    assert late.report(1, 1.0).jitter == 9_000 // 16
