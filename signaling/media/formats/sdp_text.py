"""Write session descriptions: the engine's answers to publishers and its offers to subscribers. Pure."""

from collections.abc import Sequence

import msgspec

from domain.errors import MediaRefused
from signaling.media.engine import RIDS, MediaKind
from signaling.media.formats import h264, rtp, sdp
from signaling.media.formats.sdp import (
    AUDIO_LEVEL_URI,
    MID_URI,
    REPAIRED_RID_URI,
    RID_URI,
    SEND_TIME_URI,
    Description,
    Fingerprint,
    Section,
)

VIDEO_BITS_PER_SECOND = 2_500_000
"""The most a publisher may send of one picture, all qualities together."""
_PICTURES = {"vp8/90000": rtp.VP8, "h264/90000": rtp.H264}
"""The forwarded formats, preferred first."""
_FORMATS = {rtp.OPUS: "opus/48000/2"} | {canonical: name for name, canonical in _PICTURES.items()}
"""Names by canonical payload type."""
_EXTENSIONS = {
    MID_URI: rtp.MID,
    AUDIO_LEVEL_URI: rtp.AUDIO_LEVEL,
    RID_URI: rtp.RID,
    REPAIRED_RID_URI: rtp.REPAIRED_RID,
    SEND_TIME_URI: rtp.SEND_TIME,
}
_FEEDBACK = ("goog-remb", "nack", "nack pli", "ccm fir")
"""Feedback about pictures: an answer may name only what the offer names (RFC 4585 section 4.2)."""
_OPUS_PARAMETERS = "minptime=10;useinbandfec=1;usedtx=1"
_H264_PARAMETERS = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
_HOST_PREFERENCE = 126


class Endpoint(msgspec.Struct, frozen=True):
    """The engine's end of one peer connection: its addresses and credentials."""

    addresses: tuple[str, ...]
    port: int
    ufrag: str
    password: str
    fingerprint: Fingerprint


class Incoming(msgspec.Struct, frozen=True):
    """One accepted section of a publisher."""

    kind: MediaKind
    mid: str
    payload_types: dict[int, int]
    """From the publisher's to the canonical."""
    extension_ids: dict[int, int]
    ssrcs: tuple[int, ...]
    repair_ssrcs: tuple[int, ...]
    rids: tuple[str, ...] = ()
    """The rids that the engine takes, smallest first; none without simulcast."""
    parameters: str = ""
    """The publisher's parameters (`a=fmtp`) of the accepted format."""
    feedback: frozenset[str] = frozenset()
    """The feedback that the publisher may get for a picture."""

    @property
    def format(self) -> int:
        """Its canonical payload type."""
        return next(format_ for format_ in self.payload_types.values() if format_ not in rtp.REPAIRED)


class Outgoing(msgspec.Struct, frozen=True):
    """One section of a subscriber; without a stream it is inactive until it is used again."""

    kind: MediaKind
    mid: str
    stream: "OutgoingStream | None"


class OutgoingStream(msgspec.Struct, frozen=True):
    """The stream in a section of a subscriber; sound and picture of one connection are synchronised."""

    connection: str
    ssrc: int
    repair_ssrc: int


def incoming(offer: Description) -> tuple[Incoming, ...]:
    """The sections of a publisher's offer that the engine takes: one microphone, one camera, then one shared screen."""
    free: list[MediaKind] = ["audio", "video", "screen"]
    taken: list[Incoming] = []
    for section in offer.sections:
        kind = next((kind for kind in free if media_type(kind) == section.kind), None)
        accepted = _accept(section, kind) if kind is not None and section.sends else None
        if accepted is not None:
            taken.append(accepted)
            free.remove(accepted.kind)
    if not taken:
        raise MediaRefused(
            "The offer sends neither Opus sound nor VP8 or H.264 pictures, the formats this service forwards, "
            "or names its streams neither by a=ssrc nor by the header extension sdes:mid."
        )
    return tuple(taken)


def media_type(kind: MediaKind) -> str:
    """The kind in the words of a session description."""
    return "audio" if kind == "audio" else "video"


def _accept(section: Section, kind: MediaKind) -> Incoming | None:
    format_ = _sound(section) if kind == "audio" else _picture(section)
    if format_ is None or not (section.ssrcs or MID_URI in section.extensions):
        return None  # packets of a stream without a name could not be assigned to anything
    own, canonical = format_
    payload_types = {own: canonical}
    if kind != "audio":
        repair = rtp.RETRANSMISSIONS[canonical]
        payload_types |= {number: repair for number, original in section.repairs.items() if original == own}
    extension_ids = {section.extensions[uri]: own for uri, own in _EXTENSIONS.items() if uri in section.extensions}
    return Incoming(
        kind,
        section.mid,
        payload_types,
        extension_ids,
        section.ssrcs,
        section.repair_ssrcs,
        _qualities(section),
        section.parameters.get(own, ""),
        section.feedback.get(own, frozenset()) & set(_FEEDBACK) if kind != "audio" else frozenset(),
    )


def _qualities(section: Section) -> tuple[str, ...]:
    """The rids of the section, if all are known and each packet can name its own (RFC 8853)."""
    named = MID_URI in section.extensions and RID_URI in section.extensions
    return tuple(rid for rid in RIDS if rid in section.rids) if named and set(section.rids) <= set(RIDS) else ()


def _sound(section: Section) -> tuple[int, int] | None:
    return next(((own, rtp.OPUS) for own, codec in section.codecs.items() if codec == _FORMATS[rtp.OPUS]), None)


def _picture(section: Section) -> tuple[int, int] | None:
    for name, canonical in _PICTURES.items():
        for own, codec in section.codecs.items():
            if codec == name and (canonical != rtp.H264 or _is_plain_h264(section, own)):
                return own, canonical
    return None


def _is_plain_h264(section: Section, own: int) -> bool:
    return h264.is_plain(sdp.parameters(section.parameters.get(own, "")))


def agreed(section: Section) -> frozenset[int]:
    """The canonical payload types that a subscriber's answer accepts in a section; none if it rejects the section."""
    if not section.receives:
        return frozenset()
    taken = {own for own, codec in section.codecs.items() if _FORMATS.get(own) == codec}
    if not _is_plain_h264(section, rtp.H264):
        taken.discard(rtp.H264)
    repairs = {
        own for own, original in section.repairs.items() if original in taken and rtp.REPAIRED.get(own) == original
    }
    return frozenset(taken | repairs)


def answer(offer: Description, accepted: Sequence[Incoming], endpoint: Endpoint, session: int) -> str:
    """The answer to a publisher: accepted sections are received, all others rejected."""
    by_mid = {section.mid: section for section in accepted}
    lines = _session(session, 1, [section.mid for section in offer.sections if section.mid in by_mid])
    for section in offer.sections:
        own = by_mid.get(section.mid)
        lines += _rejected(section) if own is None else _received(own, endpoint)
    return _text(lines)


def _received(section: Incoming, endpoint: Endpoint) -> list[str]:
    names = {canonical: own for own, canonical in section.payload_types.items()}
    uris = {canonical: uri for uri, canonical in _EXTENSIONS.items()}
    return [
        f"m={media_type(section.kind)} {endpoint.port} UDP/TLS/RTP/SAVPF {' '.join(map(str, section.payload_types))}",
        *_connection(endpoint),
        *([] if section.kind == "audio" else [f"b=TIAS:{VIDEO_BITS_PER_SECOND}"]),
        *_transport(endpoint, section.mid, "passive"),
        "a=recvonly",
        *(f"a=extmap:{own} {uris[canonical]}" for own, canonical in section.extension_ids.items()),
        *_formats(names, section.parameters, section.feedback),
        *(f"a=rid:{rid} recv" for rid in section.rids),
        *([f"a=simulcast:recv {';'.join(section.rids)}"] if section.rids else []),
    ]


def _rejected(section: Section) -> list[str]:
    head = f"m={section.kind} 0 {section.protocol} {section.formats[0]}"
    return [head, "c=IN IP4 0.0.0.0", *([f"a=mid:{section.mid}"] if section.mid else []), "a=inactive"]


def offer(sections: Sequence[Outgoing], endpoint: Endpoint, session: int, version: int) -> str:
    """An offer to a subscriber, in canonical payload types."""
    lines = _session(session, version, [section.mid for section in sections])
    for section in sections:
        lines += _sent(section, endpoint)
    return _text(lines)


def _sent(section: Outgoing, endpoint: Endpoint) -> list[str]:
    formats = [rtp.OPUS] if section.kind == "audio" else [*_PICTURES.values(), *rtp.REPAIRED]
    extension = (rtp.AUDIO_LEVEL, AUDIO_LEVEL_URI) if section.kind == "audio" else (rtp.SEND_TIME, SEND_TIME_URI)
    return [
        f"m={media_type(section.kind)} {endpoint.port} UDP/TLS/RTP/SAVPF {' '.join(map(str, formats))}",
        *_connection(endpoint),
        *_transport(endpoint, section.mid, "actpass"),
        f"a=extmap:{extension[0]} {extension[1]}",
        *_formats({own: own for own in formats}, _H264_PARAMETERS, frozenset(_FEEDBACK)),
        *(["a=inactive"] if section.stream is None else ["a=sendonly", *_stream(section.kind, section.stream)]),
    ]


def _stream(kind: MediaKind, stream: OutgoingStream) -> list[str]:
    label = f"{stream.connection} {stream.connection}-{kind}"
    ssrcs = [stream.ssrc] if kind == "audio" else [stream.ssrc, stream.repair_ssrc]
    group = [] if kind == "audio" else [f"a=ssrc-group:FID {stream.ssrc} {stream.repair_ssrc}"]
    named = [f"a=ssrc:{ssrc} {text}" for ssrc in ssrcs for text in (f"cname:{stream.connection}", f"msid:{label}")]
    return [f"a=msid:{label}", *group, *named]


def _session(session: int, version: int, bundled: Sequence[str]) -> list[str]:
    return [
        "v=0",
        f"o=- {session} {version} IN IP4 0.0.0.0",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {' '.join(bundled)}",
        "a=msid-semantic:WMS *",
    ]


def _connection(endpoint: Endpoint) -> list[str]:
    address = endpoint.addresses[0]
    return [f"c=IN {'IP6' if ':' in address else 'IP4'} {address}"]


def _transport(endpoint: Endpoint, mid: str, setup: str) -> list[str]:
    return [
        f"a=mid:{mid}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=ice-ufrag:{endpoint.ufrag}",
        f"a=ice-pwd:{endpoint.password}",
        f"a=fingerprint:{endpoint.fingerprint.algorithm} {endpoint.fingerprint.value}",
        f"a=setup:{setup}",
        *(_candidate(rank, address, endpoint.port) for rank, address in enumerate(endpoint.addresses)),
        "a=end-of-candidates",
    ]


def _candidate(rank: int, address: str, port: int) -> str:
    """A host candidate (RFC 8445 section 5.1.2.1), the first address preferred."""
    priority = _HOST_PREFERENCE << 24 | (65_535 - rank) << 8 | 255
    return f"a=candidate:{rank + 1} 1 udp {priority} {address} {port} typ host"


def _formats(names: dict[int, int], h264_parameters: str, feedback: frozenset[str]) -> list[str]:
    """The lines of these formats; `names` gives the other side's payload type for each canonical one."""
    lines = []
    for canonical, own in names.items():
        lines += _format(canonical, own, names, h264_parameters)
        if canonical in rtp.RETRANSMISSIONS:
            lines += [f"a=rtcp-fb:{own} {what}" for what in _FEEDBACK if what in feedback]
    return lines


def _format(canonical: int, own: int, names: dict[int, int], h264_parameters: str) -> list[str]:
    if canonical == rtp.OPUS:
        return [f"a=rtpmap:{own} opus/48000/2", f"a=fmtp:{own} {_OPUS_PARAMETERS}"]
    if canonical in rtp.REPAIRED:
        return [f"a=rtpmap:{own} rtx/90000", f"a=fmtp:{own} apt={names[rtp.REPAIRED[canonical]]}"]
    if canonical == rtp.H264:
        return [f"a=rtpmap:{own} H264/90000", f"a=fmtp:{own} {h264_parameters}"]
    return [f"a=rtpmap:{own} VP8/90000"]


def _text(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
