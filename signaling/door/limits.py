"""All limits on what one person may send. A person who sends more waits, and then is dismissed. Pure.

A page in use sends at most two messages per second, and a few dozen at once when a room fills up.
"""

from collections.abc import Hashable

import msgspec

from signaling import messages as m


class Limit(msgspec.Struct, frozen=True):
    """A long-run rate, and the burst that is allowed after a rest."""

    per_second: float
    burst: float


FRAMES = Limit(50, 100)
"""Frames of every kind that a socket may send, including pings, fragments and junk. This is fifty times what a page
needs; at this rate a connection costs the node a few thousandths of its processor."""
BYTES_PER_FRAME = 4_096
"""A larger frame counts as several, by its decompressed size. This allows 200 KiB per second: a long note at every
save."""
SLICE_BYTES = 2_048
"""Bytes read from a socket between two checks of its allowance: hundreds of the smallest frames, some ms of work."""
PATIENCE_SECONDS = 5.0
"""A connection whose allowance is overdrawn for this long is flooding. Messages that waited are late
evidence, so this stays far below the fifteen seconds after which a silent connection is lost."""

NEGOTIATIONS = Limit(1, 5)
"""Each costs the media engine a peer connection. A person clicks through their devices, or a network fails twice."""
ANSWERS = Limit(10, 30)
"""One per offer of the engine, which makes an offer whenever a person comes or goes."""
STATES = Limit(5, 10)
"""Each goes to the whole room, or makes the engine choose qualities again. People click and scroll this fast."""
OF_REQUEST: dict[type[m.Request], Limit] = {
    m.Publish: NEGOTIATIONS, m.Resubscribe: NEGOTIATIONS, m.Accept: ANSWERS, m.SetDevices: STATES, m.View: STATES,
}  # fmt: skip
"""Beyond these limits the newest request waits for its turn and replaces older ones that waited."""

ARRIVALS_OF_PERSON = Limit(1, 10)
"""Per session. Each arrival is a fact in the ledger; on a bad network a person with two devices needs a few per
minute."""
ARRIVALS_OF_NETWORK = Limit(100, 500)
"""Handshakes per address: after a restart everybody behind one clinic's router comes back within seconds."""


class Allowance:
    """The unspent part of a limit. It can be overdrawn: then nothing more may be spent until it is back at zero."""

    __slots__ = ("_at", "_left", "_limit", "_overdrawn_at")

    def __init__(self, limit: Limit, at: float) -> None:
        self._limit, self._left, self._at = limit, limit.burst, at
        self._overdrawn_at: float | None = None

    def spend(self, amount: float, at: float) -> None:
        """Spend this much, even if that overdraws the allowance."""
        self._refill(at)
        self._left -= amount
        if self._left < 0 and self._overdrawn_at is None:
            self._overdrawn_at = at

    def wait(self, at: float) -> float:
        """Seconds until nothing is overdrawn; 0 when that is so now."""
        return max(0.0, -self.left(at) / self._limit.per_second)

    def overdrawn_for(self, at: float) -> float:
        """Seconds since it was first overdrawn; a rest that restores half of the burst resets this to 0."""
        self._refill(at)
        return 0.0 if self._overdrawn_at is None else at - self._overdrawn_at

    def left(self, at: float) -> float:
        """What can be spent now without overdrawing."""
        self._refill(at)
        return self._left

    def _refill(self, at: float) -> None:
        self._left = min(self._limit.burst, self._left + (at - self._at) * self._limit.per_second)
        self._at = at
        if self._left >= self._limit.burst / 2:
            self._overdrawn_at = None


class Allowances:
    """One allowance per key; full ones are forgotten."""

    TIDY_AT = 1_000

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._by_key: dict[Hashable, Allowance] = {}
        self._tidy_at = self.TIDY_AT

    def __len__(self) -> int:
        return len(self._by_key)

    def grant(self, key: Hashable, at: float) -> bool:
        """Spend one of this key's allowance; False, and nothing is spent, when none is left."""
        allowance = self._by_key.get(key)
        if allowance is None:
            self._tidy(at)
            allowance = self._by_key[key] = Allowance(self._limit, at)
        if allowance.left(at) < 1:
            return False
        allowance.spend(1, at)
        return True

    def _tidy(self, at: float) -> None:
        if len(self._by_key) >= self._tidy_at:
            self._by_key = {key: kept for key, kept in self._by_key.items() if kept.left(at) < self._limit.burst}
            self._tidy_at = max(self.TIDY_AT, 2 * len(self._by_key))
