"""Two checkouts restate the same facts in turns."""

import os

from bench.minutes.against import HERE, compare


async def test_a_checkout_that_is_compared_with_itself_credits_the_same_seconds() -> None:
    environ = dict(os.environ) | {"EVENTS": "200", "PAIRS": "2"}  # noqa: TID251  what it starts needs to find the same
    ratios = await compare(HERE, environ)
    assert len(ratios) == 2 and all(ratio > 0 for ratio in ratios)
