"""A room on a simulated node, with the devices that are connected to it."""

from datetime import datetime

from domain import chain
from domain.events import encode
from signaling.effects import CloseRoom, Effect, KeepEvidence, Record
from signaling.journal import ClosedRoom, Entry, Evidence, Fact
from signaling.room import Room
from signaling.stream import stream_of
from store import ledger
from tests.faults.device import Device

CLINIC = "00000000-0000-4000-8000-00000000c11c"


class LiveRoom:
    """The real room, and where its stream has got to."""

    def __init__(self, room: Room, link: bytes = chain.START) -> None:
        self.room = room
        self.stream = stream_of(room.session, room.epoch)
        self.link = link
        self.devices: dict[str, Device] = {}

    def entry(self, effect: Effect, now: datetime) -> Entry | None:
        """What the journal is given of an effect, a fact being chained to the last."""
        match effect:
            case Record():
                self.link = chain.link(self.link, encode(effect.event))
                return Fact(ledger.row(effect.event, CLINIC, self.stream, self.link, effect.subject))
            case KeepEvidence():
                about = (CLINIC, self.room.session, self.room.epoch)
                return Evidence(*about, effect.connection, effect.last_seen, effect.witness)
            case CloseRoom():
                return ClosedRoom(self.room.session, self.room.epoch, now)
            case _:
                return None
