"""The way of every media packet, on one page: read, open, normalise, account, seal, send.

No task, queue or coroutine takes part. A packet is opened in the buffer it was read into; for each subscriber its
bytes are copied once into an outgoing buffer, a dozen of them changed, and sealed there; then one call sends them all.
Whatever is malformed, unknown or not authentic is dropped and counted.
"""

from collections.abc import Callable

from signaling.media import rtp, vp8
from signaling.media.fan_out import FanOut
from signaling.media.peer import Peer
from signaling.media.srtp import Workbench, protect, unprotect, unprotect_rtcp
from signaling.media.udp_port import UdpPort


class PacketPath:
    """Moves media from the port's publishers to their subscribers."""

    def __init__(self, port: UdpPort, clock: Callable[[], float]) -> None:
        self._port, self._clock = port, clock
        self._length = Workbench().length

    def drain(self) -> None:
        """Take what the socket holds."""
        peers = self._port.peers
        for bench, size, sender in self._port.wire.read():
            first = bench.view[0]
            if size < rtp.HEADER.size or not 128 <= first <= 191:
                self._port.signal(bytes(bench.view[:size]), sender)
                continue
            peer = peers.get(sender)
            if peer is None or peer.receiving is None:
                self._port.dropped["stranger"] += 1
            elif 192 <= bench.view[1] <= 223:
                self._take_rtcp(peer, bench, size)
            else:
                self._take_rtp(peer, bench, size)

    def _take_rtp(self, peer: Peer, bench: Workbench, size: int) -> None:
        view, ingress = bench.view, peer.ingress
        if ingress is None or not self._open(unprotect, peer, bench, int.from_bytes(view[8:12], "big"), size):
            self._port.dropped["rtp"] += 1
            return
        size, arrival = bench.length[0], peer.heard_at
        header = rtp.normalise(view, size, ingress.translation)
        if not header:
            self._port.dropped["rtp"] += 1
            return
        _, kind, sequence, timestamp, ssrc = rtp.HEADER.unpack_from(view)
        if kind & 127 in rtp.REPAIRED:
            recovered = ingress.recover(view, size, header, arrival)
            if recovered is not None:
                recovered[0].forward_late(recovered[1])
            return
        bound = ingress.by_ssrc.get(ssrc) or ingress.bind(view, header, ssrc)
        if bound is None:
            self._port.dropped["unbound"] += 1
            return
        producer, layer = bound
        gap = layer.reception.note(sequence, timestamp, size - header, arrival)
        packet: bytes | memoryview = view[:size]
        if layer.is_video:
            rtp.stamp(view, header, arrival)
            packet = layer.keep(view[:size], sequence, gap)
        else:
            producer.hear(view, header)
        if gap < 0:
            layer.forward_late(bytes(packet))
            return
        if layer.waiting:
            layer.begin(packet, header)
        if layer.fan_out.targets:
            self._forward(layer.fan_out, packet, sequence, timestamp)

    def _take_rtcp(self, peer: Peer, bench: Workbench, size: int) -> None:
        if self._open(unprotect_rtcp, peer, bench, int.from_bytes(bench.view[4:8], "big"), size):
            peer.on_rtcp(bytes(bench.view[: bench.length[0]]), peer.heard_at)
        else:
            self._port.dropped["rtcp"] += 1

    def _open(self, unseal: Callable[..., int], peer: Peer, bench: Workbench, ssrc: int, size: int) -> bool:
        """True when the datagram was authentic; it is then open in place."""
        bench.length[0] = size
        if not peer.admits(ssrc) or unseal(peer.receiving, bench.buffer, bench.length):
            return False
        peer.sources.add(ssrc)
        peer.heard_at = self._clock()
        return True

    def _forward(self, fan_out: FanOut, packet: bytes | memoryview, sequence: int, timestamp: int) -> None:
        size, length, pack = len(packet), self._length, rtp.MUTABLE.pack_into
        picture = vp8.picture(packet, size, rtp.header_size(packet, size)) if fan_out.renumbers else None
        for view, buffer, vector, session, later, delay, ssrc, pictures, temporals in fan_out.targets:
            view[:size] = packet
            pack(view, 2, sequence + later & 0xFFFF, timestamp + delay & 0xFFFFFFFF, ssrc)
            if picture is not None:
                vp8.renumber(view, picture, pictures, temporals)
            length[0] = size
            vector.iov_len = 0 if protect(session, buffer, length) else length[0]
        fan_out.send()
