"""How long a caller waits for the database, over all its transactions together."""

import asyncio
import contextlib
import math
from collections.abc import Callable, Iterator


class Patience:
    """`left` is in seconds; only time within transactions uses it up."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def deadline(self) -> float:
        """When patience ends for a transaction that begins now, by the running loop's clock."""
        return asyncio.get_running_loop().time() + self.left

    def spent(self, deadline: float) -> None:
        """Record that a transaction with this deadline ended now."""
        self.left = max(0.0, deadline - asyncio.get_running_loop().time())

    @contextlib.contextmanager
    def ending(self, end: Callable[[], None], deadline: float) -> Iterator[None]:
        """Call `end` at `deadline`, unless the block is over by then.

        `end` cuts the connection, so that a wait for its answer fails at once. Cancelling is not enough: the driver
        then waits for the database to confirm it.
        """
        timer = None if math.isinf(deadline) else asyncio.get_running_loop().call_at(deadline, end)
        try:
            yield
        finally:
            if timer is not None:
                timer.cancel()
            self.spent(deadline)
