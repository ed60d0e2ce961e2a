"""The session descriptions of a bot: its offer of a clip, its answer to the engine's offer. Pure.

The payload types are deliberately not the engine's own.
"""

import re

import msgspec

from signaling.media.formats.sdp import MID_URI, Description

OPUS, VP8, RETRANSMISSION = 109, 120, 124
MID_EXTENSION = 3
AUDIO_MID, VIDEO_MID = "sound", "picture"

_CANDIDATE = re.compile(r"^a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host", re.MULTILINE | re.IGNORECASE)


class Credentials(msgspec.Struct, frozen=True):
    """A bot's own credentials for one peer connection."""

    ufrag: str
    password: str
    fingerprint: str
    """Algorithm and value, as in `a=fingerprint`."""


def addresses(text: str) -> list[tuple[str, int]]:
    """The engine's addresses (host, port), best first."""
    return [(host, int(port)) for host, port in _CANDIDATE.findall(text)]


def offer(own: Credentials) -> str:
    """The offer that sends sound and picture."""
    repair = [f"a=rtpmap:{RETRANSMISSION} rtx/90000", f"a=fmtp:{RETRANSMISSION} apt={VP8}"]
    feedback = [f"a=rtcp-fb:{VP8} nack", f"a=rtcp-fb:{VP8} nack pli"]
    return _text(
        [
            *_session([AUDIO_MID, VIDEO_MID]),
            *_section("audio", AUDIO_MID, [OPUS], own, "actpass"),
            "a=sendonly",
            f"a=extmap:{MID_EXTENSION} {MID_URI}",
            f"a=rtpmap:{OPUS} opus/48000/2",
            *_section("video", VIDEO_MID, [VP8, RETRANSMISSION], own, "actpass"),
            "a=sendonly",
            f"a=extmap:{MID_EXTENSION} {MID_URI}",
            f"a=rtpmap:{VP8} VP8/90000",
            *feedback,
            *repair,
        ]
    )


def answer(offered: Description, own: Credentials) -> str:
    """The answer that takes everything offered."""
    lines = _session([section.mid for section in offered.sections])
    for section in offered.sections:
        lines += _section(section.kind, section.mid, list(section.codecs), own, "active")
        lines.append("a=recvonly" if section.sends else "a=inactive")
        lines += (f"a=rtpmap:{number} {name}" for number, name in section.codecs.items())
        lines += (f"a=fmtp:{number} {said}" for number, said in section.parameters.items())
    return _text(lines)


def _session(mids: list[str]) -> list[str]:
    return ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(mids)}"]


def _section(kind: str, mid: str, formats: list[int], own: Credentials, setup: str) -> list[str]:
    return [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {' '.join(map(str, formats))}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{mid}",
        "a=rtcp-mux",
        f"a=ice-ufrag:{own.ufrag}",
        f"a=ice-pwd:{own.password}",
        f"a=fingerprint:{own.fingerprint}",
        f"a=setup:{setup}",
    ]


def _text(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
