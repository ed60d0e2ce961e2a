"""The stream of one epoch: the name it goes by, and the chain that its one writer makes."""

from collections.abc import Callable

import msgspec

from domain import chain
from domain.events import encode
from signaling.effects import Record
from signaling.journal import Fact
from store import ledger


def stream_of(session: str, epoch: int) -> str:
    """The name of a room's stream, which is also the media room's opaque id."""
    return f"room:{session}:{epoch}"


class Stream:
    """What a room records goes through here, each fact chained to the last."""

    def __init__(self, name: str, clinic: str, new_id: Callable[[], str], link: bytes = chain.START) -> None:
        """The stream as far as `link`, the last fact's; new, if there is none."""
        self.name = name
        self._clinic = clinic
        self._new_id = new_id
        self._link = link

    def fact(self, effect: Record) -> Fact:
        """The journal's entry of a fact that was recorded."""
        event = msgspec.structs.replace(effect.event, id=self._new_id())
        self._link = chain.link(self._link, encode(event))
        return Fact(ledger.row(event, self._clinic, self.name, self._link, effect.subject))
