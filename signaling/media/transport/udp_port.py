"""The UDP port: finds the peer of each datagram, and handles those that are not media."""

import asyncio
import logging
import socket
from collections import Counter
from collections.abc import Callable

from aioice import stun

from signaling.media.transport import wire
from signaling.media.transport.ice import Address, claimed_answer, claimed_ufrag
from signaling.media.transport.peer import Peer
from signaling.media.transport.srtp import Workbench, unprotect, unprotect_rtcp
from signaling.media.transport.wire import OpenWire, Sender

log = logging.getLogger(__name__)

SOCKET_BUFFER_BYTES = 4 << 20
"""The kernel's buffer, each way: a burst waits there while the loop does other work."""
BUSY = 4
"""Datagrams; a read that yields this many means that the port is busy, and the next read waits for the clock."""
REST_SECONDS = 0.001
"""Between two reads of a busy port. Waking up costs a process more than a packet does, because its caches go cold
while it sleeps: reading each packet as it comes would cost half as much again."""

STRANGER_SECONDS = 0.02
"""At most one packet from unknown addresses is examined in this interval, so that a flood cannot starve the rooms."""
MAX_ASKED = 64
"""Unanswered checks of new addresses; beyond this, the oldest is dropped."""


class UdpPort:
    """A bound socket and its peers, by ICE name and by every proved address."""

    def __init__(self, host: str, port: int, clock: Callable[[], float], open_wire: OpenWire = wire.best) -> None:
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BUFFER_BYTES)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER_BYTES)
        self._bind(host, port)
        self.peers: dict[Sender, Peer] = {}
        """By address, in both forms of `Sender`."""
        self.dropped: Counter[str] = Counter()
        self.wire = open_wire(self.socket, self.dropped)
        self._by_ufrag: dict[str, Peer] = {}
        self._asked: dict[bytes, Peer] = {}
        self._looked_at, self._workbench = 0.0, Workbench()
        self._clock = clock
        self._drain: Callable[[], int] = lambda: 0
        self._rest: asyncio.TimerHandle | None = None

    def _bind(self, host: str, port: int) -> None:
        try:
            self.socket.bind((host, port))
        except OSError:
            self.socket.close()
            raise

    @property
    def number(self) -> int:
        """The port number; the real one if 0 was asked for."""
        return int(self.socket.getsockname()[1])

    def read_with(self, drain: Callable[[], int]) -> None:
        """Call `drain` whenever the socket can be read; it returns how many datagrams it took."""
        self._drain = drain
        asyncio.get_running_loop().add_reader(self.socket, self._ready)

    def _ready(self) -> None:
        """Read when the socket can be read; under load, read by the clock instead."""
        if self._drain() >= BUSY:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self.socket)
            self._rest = loop.call_later(REST_SECONDS, self._rested)

    def _rested(self) -> None:
        taken, loop = self._drain(), asyncio.get_running_loop()
        if taken >= BUSY:
            self._rest = loop.call_later(REST_SECONDS if taken < wire.BURST else 0.0, self._rested)
        else:
            loop.add_reader(self.socket, self._ready)

    def close(self) -> None:
        """Stop reading and release the port; a second call is fine."""
        if self.socket.fileno() < 0:
            return
        if self._rest is not None:
            self._rest.cancel()
        asyncio.get_running_loop().remove_reader(self.socket)
        self.socket.close()

    def register(self, peer: Peer, forgotten: str | None = None) -> None:
        """Answer for this peer under its current ICE name, and no longer under `forgotten`."""
        self._by_ufrag[peer.ice.ufrag] = peer
        self._by_ufrag.pop(forgotten or "", None)

    def admit(self, address: Address, peer: Peer) -> None:
        """Assign this address to the peer."""
        self.peers[address] = self.peers[wire.name_of(address)] = peer

    def forget(self, peer: Peer) -> None:
        """Stop answering for this peer, and drop datagrams from its addresses."""
        for ufrag in peer.ice.ufrags:
            self._by_ufrag.pop(ufrag, None)
        self._asked = {asked: one for asked, one in self._asked.items() if one is not peer}
        for address in peer.ice.addresses:
            if self.peers.get(address) is peer:
                del self.peers[address], self.peers[wire.name_of(address)]

    def signal(self, datagram: bytes, sender: Sender) -> None:
        """Handle a datagram that is not media (RFC 7983): STUN from any address, DTLS from proved ones."""
        address = wire.address_of(sender)
        first = datagram[0] if datagram else 255
        if first < 4:
            self._take_stun(datagram, address)
        elif 20 <= first <= 63:
            self._take_dtls(datagram, address)
        else:
            self.dropped["unknown"] += 1

    def meet(self, datagram: memoryview, sender: Sender, at: float) -> None:
        """Handle media from an unknown address: if a peer sealed it, check whether the address is that peer's now."""
        self.dropped["stranger"] += 1
        if at - self._looked_at < STRANGER_SECONDS:
            return
        self._looked_at = at
        peer, address = self._sealed_by(bytes(datagram)), wire.address_of(sender)
        request = peer.ice.ask(address, at) if peer is not None else None
        if peer is not None and request is not None:
            if len(self._asked) >= MAX_ASKED:
                del self._asked[next(iter(self._asked))]
            self._asked[request.transaction_id] = peer
            self.wire.send(bytes(request), address)

    def _sealed_by(self, datagram: bytes) -> Peer | None:
        """The peer that sealed this packet, if it is authentic and not a replay; the packet's content is lost.

        Browsers that only receive use the same SSRC in their reports, so several peers may have to be tried.
        """
        is_report = 192 <= datagram[1] <= 223
        unseal, names_at = (unprotect_rtcp, 4) if is_report else (unprotect, 8)
        ssrc = int.from_bytes(datagram[names_at : names_at + 4], "big")
        claimed = (peer for peer in self._by_ufrag.values() if ssrc in peer.sources and peer.receiving is not None)
        return next((peer for peer in claimed if self._workbench.apply(unseal, peer.receiving, datagram)), None)

    def _take_answer(self, response: stun.Message, address: Address) -> None:
        peer, at = self._asked.pop(response.transaction_id, None), self._clock()
        if peer is None or not peer.ice.proves(response, address, at):
            self.dropped["stun"] += 1
            return
        self.admit(address, peer)
        peer.on_moved()

    def _take_stun(self, datagram: bytes, address: Address) -> None:
        answer = claimed_answer(datagram)
        if answer is not None:
            self._take_answer(answer, address)
            return
        check = claimed_ufrag(datagram)
        peer = self._by_ufrag.get(check[0]) if check else None
        if check is None or peer is None:
            self.dropped["stun"] += 1
            return
        before, at = peer.ice.chosen, self._clock()
        response = peer.ice.answer(check[1], address, at)
        if response is None:
            self.dropped["stun"] += 1
            return
        self.admit(address, peer)
        peer.heard_at = at
        self.wire.send(response, address)
        if peer.ice.chosen != before:
            peer.on_moved()

    def _take_dtls(self, datagram: bytes, address: Address) -> None:
        peer = self.peers.get(address)
        if peer is None or not peer.dtls.put(datagram):
            self.dropped["dtls"] += 1
