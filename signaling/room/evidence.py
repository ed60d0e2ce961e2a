"""Signs of life: how often the node asks for them, what silence means, and when a sign proves nothing.

Pings and packets are the room's only proof of presence; presence ends with the last of them.
"""

from datetime import datetime, timedelta

from domain.ledger.streams import LEASE

PING_SECONDS = 5.0
DEAD_SECONDS = 14.0
"""A socket that is silent for this long is dropped. The promise is fifteen seconds; one is left for a late machine."""
SILENT = timedelta(seconds=7)
"""A live client answers a ping sooner than this; one that is closed after a longer silence had been lost already."""
MISSED = timedelta(seconds=1.2)
"""Media gives a sign every second: a connection that sends media and is silent for longer is asked at once."""
SETTLING = timedelta(seconds=1)
"""How long a node that woke may still read messages that arrived while it slept."""


class Wakefulness:
    """Whether this node was awake, by its ticks. Messages read right after a sleep arrived at an unknown time."""

    def __init__(self) -> None:
        """Awake until a late tick."""
        self._ticked: datetime | None = None
        self._slept: tuple[datetime, datetime] | None = None

    def tick(self, now: datetime) -> None:
        """The node is awake at `now`; a tick more than a lease after the last ends a sleep."""
        if self._ticked is not None and now > self._ticked + LEASE:
            self._slept = (self._ticked, now + SETTLING)
        self._ticked = now

    def proved_by(self, at: datetime) -> datetime:
        """The latest moment that a sign read at `at` proves: `at`, or the node's last tick before a sleep."""
        if self._ticked is not None and at > self._ticked + LEASE:
            return self._ticked
        if self._slept is not None and self._slept[0] < at < self._slept[1]:
            return self._slept[0]
        return at
