"""The offers and reports of a room's member: sound with its level, pictures with retransmission. Pure."""

from bots.descriptions import Credentials
from signaling.media.formats.sdp import AUDIO_LEVEL_URI, MID_URI

OPUS, VP8, RETRANSMISSION = 111, 96, 97
MID_EXTENSION, LEVEL_EXTENSION = 4, 1
AUDIO_MID, VIDEO_MID = "0", "1"
BANDWIDTH = 20_000_000
"""Bits per second that every subscriber reports as its bandwidth: more than a room sends."""


def offer(own: Credentials, audio_ssrc: int, video_ssrc: int) -> str:
    """The offer that sends sound and pictures."""
    return "".join(
        f"{line}\r\n"
        for line in (
            *("v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {AUDIO_MID} {VIDEO_MID}"),
            "a=msid-semantic:WMS *",
            *_section("audio", AUDIO_MID, (OPUS,), own),
            f"a=extmap:{LEVEL_EXTENSION} {AUDIO_LEVEL_URI}",
            f"a=rtpmap:{OPUS} opus/48000/2",
            *_stream(audio_ssrc),
            *_section("video", VIDEO_MID, (VP8, RETRANSMISSION), own),
            f"a=rtpmap:{VP8} VP8/90000",
            *(f"a=rtcp-fb:{VP8} {what}" for what in ("goog-remb", "ccm fir", "nack", "nack pli")),
            f"a=rtpmap:{RETRANSMISSION} rtx/90000",
            f"a=fmtp:{RETRANSMISSION} apt={VP8}",
            *_stream(video_ssrc),
        )
    )


def extension(mid: str, level: int | None = None) -> bytes:
    """The header extension of each packet: its section, and its audio level (-dBov)."""
    items = bytes([MID_EXTENSION << 4 | len(mid) - 1]) + mid.encode()
    if level is not None:
        items += bytes([LEVEL_EXTENSION << 4, 0x80 | level])
    items += bytes(-len(items) % 4)
    return b"\xbe\xde" + (len(items) // 4).to_bytes(2, "big") + items


def bandwidth_report(ssrcs: tuple[int, ...]) -> bytes:
    """An empty receiver report and the available bandwidth (draft-alvestrand-rmcat-remb-03), as browsers send."""
    exponent = max(0, BANDWIDTH.bit_length() - 18)
    remb = b"REMB" + bytes([len(ssrcs)]) + (exponent << 18 | BANDWIDTH >> exponent).to_bytes(3, "big")
    remb += b"".join(ssrc.to_bytes(4, "big") for ssrc in ssrcs)
    return _report(0x80, 201, b"") + _report(0x8F, 206, bytes(4) + remb)


def _report(first: int, kind: int, body: bytes) -> bytes:
    words = 1 + len(body) // 4
    return bytes([first, kind]) + words.to_bytes(2, "big") + (1).to_bytes(4, "big") + body


def _section(kind: str, mid: str, formats: tuple[int, ...], own: Credentials) -> tuple[str, ...]:
    return (
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {' '.join(map(str, formats))}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{mid}",
        "a=rtcp-mux",
        f"a=ice-ufrag:{own.ufrag}",
        f"a=ice-pwd:{own.password}",
        f"a=fingerprint:{own.fingerprint}",
        "a=setup:actpass",
        "a=sendonly",
        f"a=extmap:{MID_EXTENSION} {MID_URI}",
    )


def _stream(ssrc: int) -> tuple[str, ...]:
    return f"a=ssrc:{ssrc} cname:member", f"a=ssrc:{ssrc} msid:member {ssrc}"
