"""A publisher may send less when its packets get lost, and more again when they do not."""

import pytest

from signaling.media.formats.rtcp import ReportBlock
from signaling.media.forwarding.uplink import LEAST, MOST, Uplink


def report(uplink: Uplink, share: float, arriving: float) -> None:
    """A thousand packets, of which this share is lost."""
    uplink.reported([ReportBlock(1, 0, 0, 0, 0, 0, 0)], arriving)
    uplink.reported([ReportBlock(1, 0, int(1_000 * share), 1_000, 0, 0, 0)], arriving)
    uplink.reported([ReportBlock(1, 0, 0, 0, 0, 0, 0)], arriving)


def test_half_of_everything_lost_takes_a_quarter_away() -> None:
    uplink = Uplink()
    report(uplink, 0.5, arriving=1_000_000)
    assert uplink.bits_per_second == pytest.approx(750_000, rel=0.01)


def test_a_little_loss_is_repaired_and_changes_nothing() -> None:
    uplink = Uplink()
    report(uplink, 0.05, arriving=1_000_000)
    assert uplink.bits_per_second == MOST


def test_without_loss_it_climbs_back() -> None:
    uplink = Uplink()
    report(uplink, 0.9, arriving=10_000)
    assert uplink.bits_per_second == LEAST
    for _ in range(60):
        report(uplink, 0.0, arriving=100_000)
    assert uplink.bits_per_second == MOST
