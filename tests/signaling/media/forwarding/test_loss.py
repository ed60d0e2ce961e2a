"""A share of lost packets is given once enough packets were expected."""

from signaling.media.formats.rtcp import ReportBlock
from signaling.media.forwarding.loss import ENOUGH, LossShare


def block(ssrc: int, highest: int, lost: int) -> ReportBlock:
    return ReportBlock(ssrc, 0, lost, highest, 0, 0, 0)


def test_one_of_three_lost_says_nothing_yet() -> None:
    loss = LossShare()
    assert loss.of([block(1, 100, 0)]) is None
    assert loss.of([block(1, 103, 1)]) is None


def test_all_streams_of_a_path_count_by_their_packets() -> None:
    loss = LossShare()
    loss.of([block(1, 1_000, 0), block(2, 5_000, 40)])
    assert loss.of([block(1, 1_000 + ENOUGH, 10), block(2, 5_000 + ENOUGH, 40)]) == 0.05


def test_earlier_losses_are_not_counted_again() -> None:
    loss = LossShare()
    loss.of([block(1, 0, 0)])
    assert loss.of([block(1, ENOUGH, 50)]) == 0.5
    assert loss.of([block(1, 2 * ENOUGH, 50)]) == 0.0


def test_late_packets_make_no_negative_loss() -> None:
    loss = LossShare()
    loss.of([block(1, 0, 20)])
    assert loss.of([block(1, ENOUGH, 5)]) == 0.0
