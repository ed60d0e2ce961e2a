"""The path of every media packet, on one page: read, open, normalise, count, seal, send.

No task, queue or coroutine takes part. A packet is opened in the buffer it was read into. For each subscriber it is
copied once into an outgoing buffer, where a dozen bytes change and it is sealed; then one call sends all copies.
Malformed, unknown and unauthentic packets are dropped and counted.
"""

from collections.abc import Callable

from signaling.media.formats import rtp, vp8
from signaling.media.forwarding.fan_out import FanOut
from signaling.media.forwarding.ingress import Ingress
from signaling.media.transport.peer import Peer
from signaling.media.transport.srtp import Workbench, protect, unprotect, unprotect_rtcp
from signaling.media.transport.udp_port import UdpPort


class PacketPath:
    """Moves media from the port's publishers to their subscribers."""

    def __init__(self, port: UdpPort, clock: Callable[[], float]) -> None:
        self._port, self._clock = port, clock

    def drain(self) -> int:
        """Process the datagrams that the socket holds; returns their number."""
        peers, taken, arrival = self._port.peers, 0, self._clock()
        for bench, size, sender in self._port.wire.read():
            taken += 1
            first = bench.view[0]
            if size < rtp.HEADER.size or not 128 <= first <= 191:
                self._port.signal(bytes(bench.view[:size]), sender)
                continue
            peer = peers.get(sender)
            if peer is None:
                self._port.meet(bench.view[:size], sender, arrival)
            elif peer.receiving is None:
                self._port.dropped["stranger"] += 1
            elif 192 <= bench.view[1] <= 223:
                self._take_rtcp(peer, bench, size, arrival)
            else:
                self._take_rtp(peer, bench, size, arrival)
        return taken

    def _take_rtp(self, peer: Peer, bench: Workbench, size: int, arrival: float) -> None:
        view, ingress, length = bench.view, peer.owner, bench.length
        _, _, sequence, timestamp, ssrc = rtp.HEADER.unpack_from(view)
        length[0] = size
        if type(ingress) is not Ingress or not peer.admits(ssrc) or unprotect(peer.receiving, bench.buffer, length):
            self._port.dropped["rtp"] += 1
            return
        peer.witness(ssrc, arrival)
        size = length[0]
        header = rtp.normalise(view, size, ingress.translation)
        if not header:
            self._port.dropped["rtp"] += 1
            return
        if view[1] & 127 in rtp.REPAIRED:
            _take_repair(ingress, view, size, header, arrival)
            return
        bound = ingress.by_ssrc.get(ssrc) or ingress.bind(view, header, ssrc)
        if bound is None:
            self._port.dropped["unbound"] += 1
            return
        producer, layer = bound
        gap = layer.reception.note(sequence, timestamp, size - header, arrival)
        packet: bytes | memoryview
        if layer.is_video:
            rtp.stamp(view, header, arrival)
            packet = layer.keep(view[:size], sequence, gap)
        else:
            producer.hear(view, header)
            packet = view[:size]
        if gap < 0:
            layer.forward_late(bytes(packet))
            return
        if layer.waiting:
            layer.begin(packet, header)
        if layer.fan_out.targets:
            self._forward(layer.fan_out, packet, sequence, timestamp)

    def _take_rtcp(self, peer: Peer, bench: Workbench, size: int, arrival: float) -> None:
        bench.length[0], ssrc = size, int.from_bytes(bench.view[4:8], "big")
        if not peer.admits(ssrc) or unprotect_rtcp(peer.receiving, bench.buffer, bench.length):
            self._port.dropped["rtcp"] += 1
            return
        peer.witness(ssrc, arrival)
        peer.on_rtcp(bytes(bench.view[: bench.length[0]]), arrival)

    def _forward(self, fan_out: FanOut, packet: bytes | memoryview, sequence: int, timestamp: int) -> None:
        size, pack = len(packet), rtp.MUTABLE.pack_into
        picture = vp8.picture(packet, size, rtp.header_size(packet, size)) if fan_out.renumbers else None
        for view, buffer, length, session, later, delay, ssrc, pictures, temporals in fan_out.targets:
            view[:size] = packet
            pack(view, 2, sequence + later & 0xFFFF, timestamp + delay & 0xFFFFFFFF, ssrc)
            if picture is not None:
                vp8.renumber(view, picture, pictures, temporals)
            length[0] = size
            if protect(session, buffer, length):
                length[0] = 0
        fan_out.send()


def _take_repair(ingress: Ingress, view: memoryview, size: int, header: int, arrival: float) -> None:
    recovered = ingress.recover(view, size, header, arrival)
    if recovered is not None:
        layer, original = recovered
        layer.forward_late(original)
