"""The stream of one epoch, and the chain that its one writer makes."""

from collections.abc import Callable

import msgspec

from domain.events.catalogue import encode
from domain.ledger import chain
from signaling.journal.journal import Fact
from signaling.room.effects import Record
from store.ledger import facts as ledger

NEW = chain.End()


class Stream:
    """What a room records goes through here, each fact chained to the last."""

    def __init__(self, name: str, clinic: str, new_id: Callable[[], str], end: chain.End = NEW) -> None:
        """The stream as far as the `end` of its chain; new, if none is given."""
        self.name = name
        self._clinic = clinic
        self._new_id = new_id
        self._end = end

    def fact(self, effect: Record) -> Fact:
        """The journal's entry of a fact that was recorded."""
        event = msgspec.structs.replace(effect.event, id=self._new_id())
        self._end = self._end.then(encode(event))
        return Fact(ledger.row(event, self._clinic, self.name, self._end.link, effect.subject))
