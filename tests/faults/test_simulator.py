"""Whole evenings in virtual time, with everything going wrong: hundreds of people, and every credited second right."""

from collections.abc import Callable

import pytest

from signaling.room.evidence import PING_SECONDS
from tests.faults.simulated.clinic import Clinic, Scale
from tests.faults.simulated.figures import Figures, share
from tests.faults.simulated.simulator import simulate
from tests.faults.simulated.verdict import BY_WITNESS, FOUND_WITHIN_S, SLACK

SEEDS = (1, 3, 5, 81, 112)
"""Kept because each of them once found something."""
KEPT_EVERY_S = 5
SMALL = Scale(sessions=3, clients=8)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return Figures()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_credited_second_is_right_within_its_stated_bound(seed: int, figures: Figures) -> None:
    verdict = simulate(seed)
    figures.add(verdict)
    again = f"\nto see it again: .venv/bin/python -m tests.faults.soak --seed {seed}"
    assert verdict.wrong == [], "\n".join(verdict.wrong[:20]) + again
    assert verdict.people > 200 and verdict.within == verdict.intervals
    assert (verdict.lost_events, verdict.double_counted_s, verdict.unsupported_s) == (0, 0, 0)


def test_losses_are_dated_within_two_seconds_by_media_and_fifteen_by_socket(
    figures: Figures, summary_line: Callable[[str], None]
) -> None:
    assert figures.evenings == len(SEEDS), "the evenings above come first"
    summary_line(figures.text())
    for witness, promised in BY_WITNESS.items():
        assert max(figures.errors[witness]) <= promised + SLACK
        assert max(figures.bounds[witness]) <= FOUND_WITHIN_S[witness]
        died = figures.errors[f"{witness}, node died"]
        assert share(died, 0.5) <= KEPT_EVERY_S + PING_SECONDS, "what a node has seen outlives it"


def test_the_same_seed_is_the_same_evening() -> None:
    evenings = [Clinic(7, SMALL) for _ in range(2)]
    for evening in evenings:
        evening.live()
    one, other = (list(evening.fleet.database.rows.values()) for evening in evenings)
    assert one == other
    assert len(one) > 100
