"""When a session's statements are due, and whether the session is whole then.

The ledger cannot show that a node still holds unshipped facts. The table of rooms can: a node takes a room's epoch
there before it records anything. So the number of epochs ever held is an argument here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from domain.events.catalogue import AnyEvent
from domain.events.room import RoomClosed, SessionEnded
from domain.ledger.streams import epoch_of

PATIENCE = timedelta(hours=72)
"""How long after its end a session is stated although some stream of its room has not closed."""
NEVER_HELD = timedelta(hours=2)
"""How long after its end a session is final if no node ever held its room: nobody can enter it any more."""


class Finality(msgspec.Struct, frozen=True):
    """When a session is due to be stated, and whether it is whole then: no fact that could change it is missing."""

    due_at: datetime
    whole: bool

    def reached(self, now: datetime) -> bool:
        """Whether the session is final at `now`."""
        return self.whole and self.due_at <= now


def finality(events: Iterable[AnyEvent], end: datetime, cancelled_at: datetime | None, epochs_held: int) -> Finality:
    """The finality of a session with these facts.

    `end` is the end of its window; `cancelled_at` the time of the cancellation in force; `epochs_held` the number of
    epochs of its room that nodes ever held. Epochs count up from 1; one is whole if its `room.closed` is present, and
    as many facts as that counts. Nobody has to press "end": a room that closed at or after `end` ended the session too.
    """
    events = list(events)
    epochs = _epochs(events)
    held = max(epochs_held, max(epochs, default=0))
    if held == 0:
        return Finality(end + NEVER_HELD if cancelled_at is None else cancelled_at, whole=True)
    if len(epochs) < held or not all(_is_whole(facts) for facts in epochs.values()):
        return Finality(end + PATIENCE, whole=False)
    if cancelled_at is not None:
        return Finality(cancelled_at, whole=True)
    closings = (event.at for event in events if isinstance(event, RoomClosed))
    over = any(isinstance(event, SessionEnded) for event in events) or max(closings) >= end
    return Finality(end, whole=True) if over else Finality(end + PATIENCE, whole=False)


def _epochs(events: Iterable[AnyEvent]) -> dict[int, dict[str, AnyEvent]]:
    epochs: dict[int, dict[str, AnyEvent]] = {}
    for event in events:
        if epoch := epoch_of(event.seq):
            epochs.setdefault(epoch, {})[event.id] = event
    return epochs


def _is_whole(facts: dict[str, AnyEvent]) -> bool:
    return any(isinstance(event, RoomClosed) and event.count <= len(facts) for event in facts.values())
