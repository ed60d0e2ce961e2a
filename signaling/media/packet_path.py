"""The way of every media packet, on one page: read, open, normalise, account, seal, send.

No task, queue or coroutine takes part. A packet is opened in the buffer it was read into; for each subscriber its
bytes are copied once into the outgoing buffer, eight of them changed, and sealed there. Whatever is malformed, unknown
or not authentic is dropped and counted.
"""

from collections.abc import Callable

from signaling.media import rtp
from signaling.media.fan_out import Target
from signaling.media.ingress import Ingress
from signaling.media.peer import Peer
from signaling.media.srtp import DATAGRAM_BYTES, Workbench, protect, unprotect, unprotect_rtcp
from signaling.media.udp_port import UdpPort

BURST = 64
"""Datagrams taken before the loop gets a turn."""


class PacketPath:
    """Moves media from the port's publishers to their subscribers."""

    def __init__(self, port: UdpPort, clock: Callable[[], float]) -> None:
        self._port, self._clock = port, clock
        self._opened, self._sealed = Workbench(), Workbench()
        self._datagram = self._opened.view[:DATAGRAM_BYTES]

    def drain(self) -> None:
        """Take what the socket holds."""
        receive, datagram, peers = self._port.socket.recvfrom_into, self._datagram, self._port.peers
        for _ in range(BURST):
            try:
                size, address = receive(datagram)
            except BlockingIOError:
                return
            if size < rtp.HEADER.size or not 128 <= datagram[0] <= 191:
                self._port.signal(bytes(datagram[:size]), address)
                continue
            peer = peers.get(address)
            if peer is None or peer.receiving is None:
                self._port.dropped["stranger"] += 1
            elif 192 <= datagram[1] <= 223:
                self._take_rtcp(peer, size)
            else:
                self._take_rtp(peer, size)

    def _take_rtp(self, peer: Peer, size: int) -> None:
        view, ingress = self._opened.view, peer.ingress
        if ingress is None or not self._open(unprotect, peer, int.from_bytes(view[8:12], "big"), size):
            self._port.dropped["rtp"] += 1
            return
        size, arrival = self._opened.length[0], peer.heard_at
        header = rtp.normalise(view, size, ingress.translation)
        if not header:
            self._port.dropped["rtp"] += 1
            return
        _, kind, sequence, timestamp, ssrc = rtp.HEADER.unpack_from(view)
        if kind & 127 == rtp.RETRANSMISSION:
            self._take_retransmission(ingress, size, header, arrival)
            return
        producer = ingress.by_ssrc.get(ssrc) or ingress.bind(view, header, ssrc)
        if producer is None:
            self._port.dropped["unbound"] += 1
            return
        gap = producer.reception.note(sequence, timestamp, size - header, arrival)
        packet = producer.account(view[:size], header, sequence, gap)
        fan_out = producer.fan_out
        if fan_out.waiting and gap >= 0 and producer.may_begin(packet, header):
            fan_out.attach(sequence, timestamp, producer.reception)
        if fan_out.targets:
            self._forward(fan_out.targets, packet, sequence, timestamp)

    def _take_retransmission(self, ingress: Ingress, size: int, header: int, arrival: float) -> None:
        recovered = ingress.recover(self._opened.view, size, header, arrival)
        if recovered is not None:
            producer, packet = recovered
            _, _, sequence, timestamp, _ = rtp.HEADER.unpack_from(packet)
            self._forward(producer.fan_out.targets, packet, sequence, timestamp)

    def _take_rtcp(self, peer: Peer, size: int) -> None:
        view = self._opened.view
        if self._open(unprotect_rtcp, peer, int.from_bytes(view[4:8], "big"), size):
            peer.on_rtcp(bytes(view[: self._opened.length[0]]), peer.heard_at)
        else:
            self._port.dropped["rtcp"] += 1

    def _open(self, unseal: Callable[..., int], peer: Peer, ssrc: int, size: int) -> bool:
        """True when the datagram was authentic; it is then open in place."""
        self._opened.length[0] = size
        if not peer.admits(ssrc) or unseal(peer.receiving, self._opened.buffer, self._opened.length):
            return False
        peer.sources.add(ssrc)
        peer.heard_at = self._clock()
        return True

    def _forward(self, targets: list[Target], packet: bytes | memoryview, sequence: int, timestamp: int) -> None:
        view, buffer, length, size = self._sealed.view, self._sealed.buffer, self._sealed.length, len(packet)
        pack, send = rtp.MUTABLE.pack_into, self._port.send
        for session, sequence_offset, timestamp_offset, ssrc, address in targets:
            view[:size] = packet
            pack(view, 2, sequence + sequence_offset & 0xFFFF, timestamp + timestamp_offset & 0xFFFFFFFF, ssrc)
            length[0] = size
            if not protect(session, buffer, length):
                send(view[: length[0]], address)
