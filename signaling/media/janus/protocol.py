"""Read Janus's messages: envelopes, and the few facts of the VideoRoom that the engine needs. Pure.

Source: the Janus documentation, "JSON-based API" and "VideoRoom" (multistream).
"""

from typing import Any

import msgspec

SUBPROTOCOL = "janus-protocol"
PLUGIN = "janus.plugin.videoroom"
NO_DESCRIPTION = 0
"""Our own code for an answer that lacks its session description; Janus's codes begin at 400."""


class JanusRefused(Exception):
    """Janus, or its VideoRoom, answered with an error. Its text may quote the request, so only the code is kept."""

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


class Jsep(msgspec.Struct, frozen=True, omit_defaults=True):
    """A session description in transit."""

    type: str
    sdp: str
    rid_order: str = ""
    """The order of a picture's qualities in it: `lmh`, smallest first, or `hml`."""


class Stream(msgspec.Struct, frozen=True):
    """One media section of a subscription; without a feed it is inactive."""

    mid: str
    feed_id: int | None = None
    feed_mid: str | None = None


class VideoRoom(msgspec.Struct, frozen=True):
    """The plugin's data."""

    videoroom: str = ""
    error_code: int = 0
    id: int = 0
    streams: tuple[Stream, ...] = ()
    level: float = msgspec.field(default=0.0, name="audio-level-dBov-avg")


class _PluginData(msgspec.Struct, frozen=True):
    data: VideoRoom = VideoRoom()


class _Made(msgspec.Struct, frozen=True):
    id: int = 0


class _Error(msgspec.Struct, frozen=True):
    code: int


class Said(msgspec.Struct, frozen=True):
    """One message of Janus: an answer when it has a transaction of ours, an event of the handle `sender` otherwise."""

    janus: str
    transaction: str = ""
    sender: int = 0
    data: _Made = _Made()
    plugindata: _PluginData = _PluginData()
    jsep: Jsep | None = None
    mid: str = ""
    substream: int = 0
    receiving: bool = False
    error: _Error | None = None

    @property
    def room(self) -> VideoRoom:
        """The plugin's part."""
        return self.plugindata.data

    @property
    def sdp(self) -> str:
        """The session description.

        Raises:
            JanusRefused: there is none
        """
        if self.jsep is None:
            raise JanusRefused(NO_DESCRIPTION)
        return self.jsep.sdp

    @property
    def refusal(self) -> JanusRefused | None:
        """The error, if this message is one."""
        if self.error is not None:
            return JanusRefused(self.error.code)
        return JanusRefused(self.room.error_code) if self.room.error_code else None


_said: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said)


def read(frame: str | bytes) -> Said:
    """A frame of Janus."""
    return _said.decode(frame)


def write(request: dict[str, Any]) -> str:
    """A frame to Janus."""
    return msgspec.json.encode(request).decode()
