"""A room on a simulated node, with the devices that are connected to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain.events.catalogue import encode
from domain.ledger import chain
from domain.ledger.streams import room_stream
from signaling.journal.journal import ClosedRoom, Entry, Fact
from signaling.room.effects import CloseRoom, Effect, KeepEvidence, Record
from signaling.room.room import Room
from store.ledger import facts as ledger
from store.room.liveness import Liveness
from tests.faults.simulated.device import Device

CLINIC = "00000000-0000-4000-8000-00000000c11c"


class LiveRoom:
    """The real room, and the end of its stream."""

    def __init__(self, room: Room, link: bytes = chain.START) -> None:
        self.room = room
        self.stream = room_stream(room.session, room.epoch)
        self.link = link
        self.devices: dict[str, Device] = {}

    def hear_all(self, now: datetime, at: float) -> None:
        """Give the room each witness's last sign; in a real node they come one by one. `at` is now in virtual time."""
        for device in self.devices.values():
            if sign := device.next_sign(at):
                self.room.witness(device.connection, now - timedelta(seconds=at - sign[0]), sign[1])

    def hear_answer(self, asked: Device, now: Callable[[], datetime]) -> None:
        """Give the sign of a device that was asked for one, if it is alive."""
        if asked.gone is None:
            self.room.witness(asked.connection, now(), "socket")

    def entry(self, effect: Effect, now: datetime) -> Entry | None:
        """The journal entry of an effect, if it has one; a fact is chained to the one before."""
        match effect:
            case Record():
                self.link = chain.link(self.link, encode(effect.event))
                return Fact(ledger.row(effect.event, CLINIC, self.stream, self.link, effect.subject))
            case KeepEvidence():
                about = (CLINIC, self.room.session, self.room.epoch)
                return Liveness(*about, effect.connection, effect.last_seen, effect.witness)
            case CloseRoom():
                return ClosedRoom(self.room.session, self.room.epoch, now, CLINIC)
            case _:
                return None
