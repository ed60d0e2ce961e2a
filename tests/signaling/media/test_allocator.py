"""Speakers get the quality of their tile; others the best that the path allows; pictures off screen are not sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.media.allocator import Choice, allocate
from signaling.media.engine import FeedId, TileSize

LAYERS = (("l", 100_000.0), ("m", 350_000.0), ("h", 1_000_000.0))
LARGE, MEDIUM, SMALL = TileSize(1_280, 720), TileSize(480, 270), TileSize(240, 135)


def camera(name: str, tile: TileSize | None, current: str | None = None, layers=LAYERS) -> Choice:
    return Choice(FeedId(name, "video"), layers, tile, current)


def given_by_name(budget: float, *choices: Choice, speaking: tuple[str, ...] = ()) -> dict[str, str]:
    return {feed.connection: rid for feed, rid in allocate(budget, choices, speaking).items()}


@pytest.mark.parametrize(("tile", "rid"), [(LARGE, "h"), (MEDIUM, "m"), (SMALL, "l")])
def test_a_picture_gets_the_quality_of_its_tile(tile: TileSize, rid: str) -> None:
    assert given_by_name(9e6, camera("pat", tile)) == {"pat": rid}


def test_a_picture_off_screen_is_not_sent() -> None:
    assert given_by_name(9e6, camera("pat", None), camera("dana", SMALL)) == {"dana": "l"}


def test_a_narrow_path_gives_the_speaker_the_better_picture() -> None:
    choices = [camera(name, LARGE) for name in ("pat", "dana", "sam")]
    assert given_by_name(700_000, *choices, speaking=("dana",)) == {"dana": "m", "pat": "l", "sam": "l"}


def test_pictures_that_do_not_fit_pause_and_the_speaker_last() -> None:
    choices = [camera(name, SMALL) for name in ("pat", "dana", "sam")]
    assert given_by_name(120_000, *choices, speaking=("sam",)) == {"sam": "l"}


def test_one_picture_is_always_sent_and_it_is_the_speaker_s() -> None:
    choices = [camera(name, SMALL) for name in ("pat", "dana", "sam")]
    assert given_by_name(0, *choices, speaking=("sam",)) == {"sam": "l"}
    assert given_by_name(0, camera("pat", None)) == {}


def test_everybody_is_sent_small_before_anybody_is_sent_larger() -> None:
    assert given_by_name(460_000, camera("pat", LARGE), camera("dana", SMALL)) == {"pat": "l", "dana": "l"}


def test_a_shared_screen_is_large_and_comes_first() -> None:
    screen = Choice(FeedId("pat", "screen"), (("", 900_000.0),), SMALL)
    dana = camera("dana", LARGE)
    assert allocate(1_100_000, [dana, screen], ()) == {screen.feed: "", dana.feed: "l"}


def test_a_layer_that_is_sent_already_needs_no_headroom() -> None:
    assert given_by_name(1_010_000, camera("pat", LARGE)) == {"pat": "m"}
    assert given_by_name(1_010_000, camera("pat", LARGE, current="h")) == {"pat": "h"}


def test_a_feed_of_one_quality_is_sent_whatever_its_tile() -> None:
    assert given_by_name(9e6, camera("pat", SMALL, layers=(("", 600_000.0),))) == {"pat": ""}


def test_a_browser_that_stopped_its_largest_layer_is_shown_in_the_next() -> None:
    assert given_by_name(9e6, camera("pat", LARGE, layers=LAYERS[:2])) == {"pat": "m"}


tiles = st.none() | st.builds(TileSize, st.integers(1, 2_000), st.integers(1, 2_000))


@given(st.floats(0, 5e6), st.lists(tiles, max_size=12), st.sets(st.integers(0, 11)))
def test_a_budget_is_never_overdrawn_and_the_hidden_never_sent(budget, shown, speaking) -> None:
    choices = [camera(str(number), tile) for number, tile in enumerate(shown)]
    allocated = allocate(budget, choices, [str(number) for number in speaking])
    assert sum(dict(LAYERS)[rid] for rid in allocated.values()) <= max(budget, LAYERS[0][1])
    assert all(shown[int(feed.connection)] is not None for feed in allocated)
