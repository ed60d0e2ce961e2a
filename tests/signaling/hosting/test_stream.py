"""A stream is chained from its first fact, across writers."""

from domain.events.room import RoomClosed, RoomOpened
from domain.ledger import chain
from domain.ledger.streams import room_stream
from runtime.clock import new_id
from signaling.hosting.stream import Stream
from signaling.room.effects import Record
from tests.signaling.stories import at


def test_a_writer_that_continues_a_stream_keeps_the_chain_whole() -> None:
    name, clinic, session = room_stream("evening", 3), new_id(), new_id()
    opened = RoomOpened(at=at(0), session=session, seq=1, node="node-a", epoch=3)
    first = Stream(name, clinic, new_id).fact(Record(opened, None)).row
    closed = Record(RoomClosed(at=at(9), session=session, seq=2, count=2), None)
    last = Stream(name, clinic, new_id, chain.End(first.hash)).fact(closed).row
    assert (first.stream, last.stream) == ("room:evening:3", "room:evening:3")
    assert chain.first_broken([(row.body, row.hash) for row in (first, last)]) is None
