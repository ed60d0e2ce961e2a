"""The stream of one epoch, and its hash chain, made by the stream's only writer."""

from collections.abc import Callable

import msgspec

from domain.events.catalogue import encode
from domain.ledger import chain
from signaling.journal.journal import Fact
from signaling.room.effects import Record
from store.ledger import facts as ledger

NEW = chain.End()


class Stream:
    """The facts that a room records, each chained to the one before."""

    def __init__(self, name: str, clinic: str, new_id: Callable[[], str], end: chain.End = NEW) -> None:
        """The stream up to the `end` of its chain; a new one by default."""
        self.name = name
        self._clinic = clinic
        self._new_id = new_id
        self._end = end

    def fact(self, effect: Record) -> Fact:
        """The journal entry of a recorded fact."""
        event = msgspec.structs.replace(effect.event, id=self._new_id())
        self._end = self._end.then(encode(event))
        return Fact(ledger.row(event, self._clinic, self.name, self._end.link, effect.subject))
