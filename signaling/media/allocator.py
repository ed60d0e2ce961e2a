"""The quality in which a subscriber gets each picture, within its budget. Pure.

Sound comes first. Then come speakers and shared screens, as large as they are shown; then the other pictures, small;
then the others as large as they are shown, as far as the budget lasts. A picture that does not fit, or is off screen,
pauses; but one picture is always sent, since only traffic shows what a path carries.
"""

from collections.abc import Mapping, Sequence

import msgspec

from signaling.media.engine import RIDS, FeedId, TileSize

AUDIO_BITS = 40_000.0
"""One sound: Opus, its headers, and retransmissions."""
HEADROOM = 1.15
"""A larger layer starts only if this many times its rate fits, so that it need not stop again at once."""
SHOWN_SMALL, SHOWN_MEDIUM = 200, 400
"""Height of a tile in pixels; up to these, it gets the smallest and the middle layer."""


class Choice(msgspec.Struct, frozen=True):
    """One picture as a subscriber could have it."""

    feed: FeedId
    layers: Sequence[tuple[str, float]]
    """`(rid, bits per second)` of each layer that its publisher sends now, the smallest first."""
    tile: TileSize | None
    """How large it is shown; None: off screen."""
    current: str | None = None
    """The rid of the layer that is sent now."""


def allocate(budget: float, choices: Sequence[Choice], speaking: Sequence[str]) -> dict[FeedId, str]:
    """The rid of each picture to send, by feed; paused pictures are left out. `budget` (bits per second) is for
    pictures alone."""
    shown = [choice for choice in choices if choice.tile is not None and choice.layers]
    first = [choice for choice in shown if _comes_first(choice, speaking)]
    rest = [choice for choice in shown if choice not in first]
    given: dict[FeedId, str] = {}
    spent = 0.0
    for candidates, small in ((first, False), (rest, True), (rest, False)):
        for choice in sorted(candidates, key=_size, reverse=True):
            refund = dict(choice.layers)[given[choice.feed]] if choice.feed in given else 0.0
            found = _largest(choice, budget - spent + refund, small=small)
            if found is not None:
                spent += found[1] - refund
                given[choice.feed] = found[0]
    if not given and shown:
        important = max(first or rest, key=_size)
        given[important.feed] = important.layers[0][0]
    return given


def _comes_first(choice: Choice, speaking: Sequence[str]) -> bool:
    return choice.feed.kind == "screen" or choice.feed.connection in speaking


def _size(choice: Choice) -> int:
    return choice.tile.width * choice.tile.height if choice.tile else 0


def _largest(choice: Choice, budget: float, *, small: bool) -> tuple[str, float] | None:
    """The best layer that fits and is not larger than the tile, as `(rid, bits per second)`; None if none fits."""
    rates: Mapping[str, float] = dict(choice.layers)
    now = rates.get(choice.current or "", 0.0)
    for rid, rate in reversed(choice.layers[:1] if small else _useful(choice)):
        if rate * (HEADROOM if rate > now else 1.0) <= budget:
            return rid, rate
    return None


def _useful(choice: Choice) -> Sequence[tuple[str, float]]:
    """The layers that are worth their bits at the size of the tile."""
    height = choice.tile.height if choice.tile else 0
    largest = 0 if height <= SHOWN_SMALL else 1 if height <= SHOWN_MEDIUM else 2
    useful = [layer for layer in choice.layers if layer[0] not in RIDS[largest + 1 :]]
    return choice.layers if choice.feed.kind == "screen" else useful or choice.layers[:1]
