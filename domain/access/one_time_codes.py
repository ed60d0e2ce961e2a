"""One-time codes (RFC 6238): which step a code is of, and whether it may still be used."""

import hmac
from collections.abc import Callable
from datetime import datetime

STEP_SECONDS = 30
WINDOW = 1
"""Steps before and after the current one that count too: the clocks of phones are off."""


def step_at(now: datetime) -> int:
    """The number of the step in which `now` lies."""
    return int(now.timestamp()) // STEP_SECONDS


def step_of(code: str, code_of: Callable[[int], str], now: datetime, last_step: int) -> int | None:
    """The step that the code is of, if it lies in the window and after `last_step`; None: it does not count.

    `code_of` gives the right code of a step. All steps are compared, so that the time says nothing.
    """
    found = None
    for step in range(step_at(now) - WINDOW, step_at(now) + WINDOW + 1):
        right = hmac.compare_digest(code.encode(), code_of(step).encode())
        if right and step > last_step:
            found = step
    return found
