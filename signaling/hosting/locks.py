"""Locked sign-ins: their rooms go on, and until the person confirms who they are, a socket may only be there.

A node asks the database for the sign-ins in its rooms, every two seconds and whenever one is locked or unlocked by
hand. In between, and while the database is away, it works out from the last input when each one locks.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.access.standing import locks_at
from domain.errors import Locked
from signaling import messages as m
from store.access.sign_ins import Idle

_BEING_THERE = (m.Leave, m.Heartbeat, m.Publish, m.Accept, m.Resubscribe, m.View, m.SetDevices)
"""What a locked sign-in's socket may still ask: to leave, and for its own sound and pictures, which it may turn off."""


class Locks:
    """When each sign-in in this node's rooms locks, as last heard."""

    def __init__(self) -> None:
        self._locks_at: dict[str, datetime] = {}

    def learn(self, found: Iterable[Idle]) -> None:
        """Take in what the database says of all sign-ins in the rooms; others are forgotten."""
        self._locks_at = {one.id: locks_at(one.active_at, one.locked_at) for one in found}

    def check(self, sign_in: str | None, request: m.Request, now: datetime) -> None:
        """Refuse what a locked sign-in may not do. A sign-in of which nothing is known yet is open.

        Raises:
            Locked
        """
        at = self._locks_at.get(sign_in or "")
        if at is not None and now >= at and not isinstance(request, _BEING_THERE):
            raise Locked
