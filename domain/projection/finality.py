"""When a session's statements are due, and whether they are whole then.

What the ledger holds cannot say that a node still has facts: only the table of rooms can, in which a node takes a
room's epoch before it records anything. So how many epochs were ever held is an argument here.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from domain.events.catalogue import AnyEvent
from domain.events.room import RoomClosed, SessionEnded
from domain.ledger.streams import epoch_of

PATIENCE = timedelta(hours=72)
"""How long after its end a session whose room's streams have not all closed is stated all the same."""
NEVER_HELD = timedelta(hours=2)
"""How long after its end a session for which no node ever held a room is final: nobody can come to it any more."""


class Finality(msgspec.Struct, frozen=True):
    """From when on a session is to be stated, and whether nothing that could change it is missing then."""

    due_at: datetime
    whole: bool

    def reached(self, now: datetime) -> bool:
        """Whether the session is final at `now`."""
        return self.whole and self.due_at <= now


def finality(events: Iterable[AnyEvent], end: datetime, cancelled_at: datetime | None, epochs_held: int) -> Finality:
    """By the session's facts, the end of its window, when the cancellation that stands was made, and how many epochs
    of its room nodes ever held.

    Epochs count up from 1; one is whole when its `room.closed` is here with as many facts as that counts. Nobody has
    to press "end": a room that closed at or after `end` has ended the session too.
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
