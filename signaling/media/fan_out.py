"""Who gets one incoming stream, as a list made ready: the hot path only walks it."""

from typing import Any

from signaling.media import rtp
from signaling.media.ice import Address
from signaling.media.peer import Peer
from signaling.media.reception import Reception

FIRST_SEQUENCE = 1_000
"""Far enough from 0 that a packet out of order never wraps below it: libsrtp would count that as a rollover."""

Target = tuple[Any, int, int, int, Address]
"""libsrtp handle, sequence offset, timestamp offset, SSRC, address. The handle is a bare pointer: its owner is the
consumer's peer, so a target never outlives its consumer."""


class Consumer:
    """One subscriber's copy of a stream: offsets keep its sequence and timestamp continuous when the source changes."""

    __slots__ = (
        "clock_rate", "octets_offset", "packets_offset", "peer", "repair_sequence", "repair_ssrc",
        "sequence_offset", "ssrc", "started", "stopped", "timestamp_offset",
    )  # fmt: skip

    def __init__(self, peer: Peer, clock_rate: int, ssrc: int, repair_ssrc: int) -> None:
        self.peer, self.clock_rate, self.ssrc, self.repair_ssrc = peer, clock_rate, ssrc, repair_ssrc
        self.sequence_offset = self.timestamp_offset = self.packets_offset = self.octets_offset = 0
        self.repair_sequence = FIRST_SEQUENCE
        self.started = False
        self.stopped: tuple[int, int, float] | None = None

    def start(self, sequence: int, timestamp: int, source: Reception) -> None:
        """Continue after the last packet sent with this one, or begin."""
        last, last_timestamp, last_arrival = self.stopped or (FIRST_SEQUENCE, timestamp, source.arrival)
        elapsed = max(0, int((source.arrival - last_arrival) * self.clock_rate)) + bool(self.stopped)
        self.sequence_offset = last + 1 - sequence & 0xFFFF
        self.timestamp_offset = last_timestamp + elapsed - timestamp & 0xFFFFFFFF
        self.started = True
        self.packets_offset -= source.packets - 1
        self.octets_offset -= source.octets

    def stop(self, source: Reception) -> None:
        """Remember where the copy stands."""
        sequence = source.highest + self.sequence_offset & 0xFFFF
        self.stopped = sequence, source.timestamp + self.timestamp_offset & 0xFFFFFFFF, source.arrival
        self.started = False
        self.packets_offset += source.packets
        self.octets_offset += source.octets

    def forwarded(self, source: Reception | None) -> int:
        """Packets sent so far, while `source` is what is copied."""
        return self.packets_offset + (source.packets if source and self.started else 0)

    def retransmission(self, packet: bytes, sequence: int) -> bytes:
        """A packet of the source as this subscriber gets it for the second time; it knows it as `sequence`."""
        timestamp = int.from_bytes(packet[4:8], "big") + self.timestamp_offset & 0xFFFFFFFF
        self.repair_sequence = self.repair_sequence + 1 & 0xFFFF
        return rtp.wrap(
            packet, original=sequence, sequence=self.repair_sequence, timestamp=timestamp, ssrc=self.repair_ssrc
        )


class FanOut:
    """The consumers of one stream: some attached, some waiting for the packet they can begin with."""

    __slots__ = ("attached", "targets", "waiting")

    def __init__(self) -> None:
        self.waiting: list[Consumer] = []
        self.attached: list[Consumer] = []
        self.targets: list[Target] = []

    def join(self, consumer: Consumer) -> None:
        """Wait for a packet to begin with."""
        self.waiting.append(consumer)

    def part(self, consumer: Consumer, source: Reception) -> None:
        """Get no more; unknown consumers are fine."""
        if consumer in self.waiting:
            self.waiting.remove(consumer)
        if consumer in self.attached:
            self.attached.remove(consumer)
            consumer.stop(source)
            self.refresh()

    def attach(self, sequence: int, timestamp: int, source: Reception) -> None:
        """All who wait begin with this packet."""
        for consumer in self.waiting:
            consumer.start(sequence, timestamp, source)
        self.attached += self.waiting
        self.waiting = []
        self.refresh()

    def rewind(self, source: Reception) -> None:
        """The stream begins anew: all wait again."""
        for consumer in list(self.attached):
            self.part(consumer, source)
            self.join(consumer)

    def refresh(self) -> None:
        """Make the list anew: after a change of consumers, or of an address."""
        self.targets = [
            (each.peer.sending, each.sequence_offset, each.timestamp_offset, each.ssrc, each.peer.ice.chosen)
            for each in self.attached
            if each.peer.secured and each.peer.ice.chosen is not None
        ]
