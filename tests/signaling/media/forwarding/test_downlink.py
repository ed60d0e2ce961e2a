"""A budget falls at signs of trouble, rests, and grows again."""

from signaling.media.forwarding.downlink import CAUTION_SECONDS, FIRST, LEAST, Downlink


def test_an_estimate_that_falls_is_the_new_budget() -> None:
    path = Downlink()
    path.estimated(700_000, sent=600_000, at=1.0)
    path.estimated(580_000, sent=600_000, at=2.0)
    assert path.bits_per_second == 580_000


def test_an_estimate_that_climbs_slowly_from_below_says_nothing() -> None:
    path = Downlink()
    for second in range(60):
        path.estimated(80_000 * 1.02**second, sent=400_000, at=float(second))
    assert path.bits_per_second == FIRST


def test_a_fall_far_below_the_arriving_rate_is_only_partly_believed() -> None:
    path = Downlink()
    path.estimated(700_000, sent=600_000, at=1.0)
    path.estimated(100_000, sent=600_000, at=2.0)
    assert path.bits_per_second > 500_000


def test_much_loss_lowers_the_budget_and_a_little_does_not() -> None:
    path = Downlink()
    path.lost(0.05, sent=1_000_000, at=1.0)
    assert path.bits_per_second == FIRST
    path.lost(0.4, sent=1_000_000, at=1.0)
    assert path.bits_per_second == 800_000


def test_after_trouble_the_budget_rests_and_then_grows() -> None:
    path = Downlink()
    path.estimated(900_000, sent=500_000, at=0.5)
    path.estimated(500_000, sent=500_000, at=1.0)
    path.grow(1.0 + CAUTION_SECONDS / 2)
    assert path.bits_per_second == 500_000
    path.grow(1.0 + CAUTION_SECONDS)
    assert path.bits_per_second > 500_000


def test_there_is_always_enough_for_one_voice() -> None:
    path = Downlink()
    path.estimated(2, sent=1, at=0.5)
    path.estimated(1, sent=1, at=1.0)
    assert path.bits_per_second == LEAST
