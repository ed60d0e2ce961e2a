"""A bot's two peer connections: one that sends its clip, one that counts received packets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction
from typing import Any

from aiortc import MediaStreamTrack, RTCRtpSender
from aiortc.rtcrtpparameters import (
    RTCRtcpParameters,
    RTCRtpCodecParameters,
    RTCRtpHeaderExtensionParameters,
    RTCRtpSendParameters,
)
from av import Packet

from bots import descriptions
from bots.clip import Clip, Encoded
from bots.link import CountingTransport, Link
from signaling.media.formats import sdp

_CNAME = "bot"


class LoopingTrack(MediaStreamTrack):
    """Encoded packets in real time, in a loop."""

    def __init__(self, kind: str, stream: Encoded) -> None:
        super().__init__()
        self.kind = kind
        self._stream = stream
        self._sent = 0
        self._began: float | None = None

    async def recv(self) -> "Packet[Any]":
        """Wait until the next packet is due; returns it."""
        loop = asyncio.get_running_loop()
        if self._began is None:
            self._began = loop.time()
        due = self._began + float(self._sent * self._stream.packet_seconds)
        await asyncio.sleep(max(0.0, due - loop.time()))
        packet = Packet(self._stream.packets[self._sent % len(self._stream.packets)])
        packet.pts, packet.time_base = self._sent, Fraction(self._stream.packet_seconds)
        self._sent += 1
        return packet


class Publisher:
    """Sends a clip to the engine: send it `offer`, and pass its answer to `sending`."""

    def __init__(self, clip: Clip) -> None:
        self._clip, self._link = clip, Link()
        self.offer = descriptions.offer(self._link.credentials)

    @asynccontextmanager
    async def sending(self, answer: str) -> AsyncIterator[asyncio.Event]:
        """Send the clip inside the block; the event is set when the engine closes the connection.

        Raises `EngineUnreachable` when the engine cannot be reached.
        """
        remote = sdp.read(answer).secrets
        async with _secured(self._link, answer, remote) as transport:
            audio = RTCRtpSender(LoopingTrack("audio", self._clip.audio), transport)
            video = RTCRtpSender(LoopingTrack("video", self._clip.video), transport)
            await audio.send(_parameters(descriptions.AUDIO_MID, [_OPUS]))
            await video.send(_parameters(descriptions.VIDEO_MID, [_VP8, _RETRANSMISSION]))
            try:
                yield transport.closed
            finally:
                await audio.stop()
                await video.stop()


class Subscriber:
    """Counts the packets from the engine: send it `answer`, then enter `receiving`."""

    def __init__(self) -> None:
        self._link = Link()
        self._transport: CountingTransport | None = None
        self._mids: dict[int, str] = {}
        self._changed = asyncio.Event()

    @property
    def received(self) -> dict[str, int]:
        """Media packets received so far, by media id."""
        counted = self._transport.received if self._transport else {}
        return {mid: counted[ssrc] for ssrc, mid in self._mids.items() if counted.get(ssrc)}

    def answer(self, offer: str) -> str:
        """The answer to the engine's first or later offer."""
        offered = sdp.read(offer)
        self._mids |= {ssrc: section.mid for section in offered.sections for ssrc in section.ssrcs}
        return descriptions.answer(offered, self._link.credentials)

    @asynccontextmanager
    async def receiving(self, offer: str) -> AsyncIterator[None]:
        """Count packets inside the block; raises `EngineUnreachable` when the engine cannot be reached."""
        async with _secured(self._link, offer, sdp.read(offer).secrets) as transport:
            transport.on_received = self._changed.set
            self._transport = transport
            yield

    async def until_received(self, mid: str, more: int = 1) -> None:
        """Wait for `more` further packets of one media section."""
        wanted = self.received.get(mid, 0) + more
        while self.received.get(mid, 0) < wanted:
            self._changed.clear()
            await self._changed.wait()


@asynccontextmanager
async def _secured(link: Link, remote_text: str, remote: sdp.Secrets) -> AsyncIterator[CountingTransport]:
    transport = CountingTransport(link)
    try:
        await link.connect(descriptions.addresses(remote_text), remote)
        await transport.secure(remote)
        async with asyncio.TaskGroup() as tasks:
            keeping = tasks.create_task(link.keep(remote))
            yield transport
            keeping.cancel()
    finally:
        await transport.stop()
        link.close()


_OPUS = RTCRtpCodecParameters("audio/opus", 48_000, 2, descriptions.OPUS)
_VP8 = RTCRtpCodecParameters("video/VP8", 90_000, None, descriptions.VP8)
_RETRANSMISSION = RTCRtpCodecParameters(
    "video/rtx", 90_000, None, descriptions.RETRANSMISSION, parameters={"apt": descriptions.VP8}
)


def _parameters(mid: str, codecs: list[RTCRtpCodecParameters]) -> RTCRtpSendParameters:
    extension = RTCRtpHeaderExtensionParameters(descriptions.MID_EXTENSION, sdp.MID_URI)
    return RTCRtpSendParameters(codecs, [extension], mid, RTCRtcpParameters(cname=_CNAME))
