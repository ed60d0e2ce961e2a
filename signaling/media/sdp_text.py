"""Session descriptions written: the engine's answers to publishers and its offers to subscribers. Pure."""

from collections.abc import Sequence

import msgspec

from domain.errors import MediaRefused
from signaling.media import rtp
from signaling.media.engine import MediaKind
from signaling.media.sdp import AUDIO_LEVEL_URI, MID_URI, Description, Fingerprint, Section

VIDEO_BITS_PER_SECOND = 900_000
"""What a publisher may send; there is no bandwidth estimation beyond its own."""
_CODECS: dict[str, tuple[MediaKind, int]] = {
    "opus/48000/2": ("audio", rtp.OPUS),
    "vp8/90000": ("video", rtp.VP8),
}
_EXTENSIONS = {MID_URI: rtp.MID, AUDIO_LEVEL_URI: rtp.AUDIO_LEVEL}
_OPUS_PARAMETERS = "minptime=10;useinbandfec=1;usedtx=1"
_HOST_PREFERENCE = 126


class Endpoint(msgspec.Struct, frozen=True):
    """How the engine is reached over one peer connection, and how it proves itself."""

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
    """The publisher's → canonical."""
    extension_ids: dict[int, int]
    ssrcs: tuple[int, ...]
    repair_ssrcs: tuple[int, ...]


class Outgoing(msgspec.Struct, frozen=True):
    """One section of a subscriber; without a stream it is inactive, waiting to be used again."""

    kind: MediaKind
    mid: str
    stream: "OutgoingStream | None"


class OutgoingStream(msgspec.Struct, frozen=True):
    """What a section of a subscriber carries; sound and picture of one connection are synchronised."""

    connection: str
    ssrc: int
    repair_ssrc: int


def incoming(offer: Description) -> tuple[Incoming, ...]:
    """The sections of a publisher's offer that the engine takes: the first sending one of each kind."""
    taken: dict[MediaKind, Incoming] = {}
    for section in offer.sections:
        accepted = _accept(section)
        if accepted is not None:
            taken.setdefault(accepted.kind, accepted)
    if not taken:
        raise MediaRefused("The offer sends neither Opus sound nor VP8 pictures, the formats this service forwards.")
    return tuple(taken.values())


def _accept(section: Section) -> Incoming | None:
    found = next((number for number, codec in section.codecs.items() if codec in _CODECS), None)
    if found is None or not section.sends:
        return None
    kind, canonical = _CODECS[section.codecs[found]]
    if kind != section.kind:
        return None
    payload_types = {found: canonical}
    if kind == "video":
        payload_types |= {own: rtp.RETRANSMISSION for own, original in section.repairs.items() if original == found}
    extension_ids = {section.extensions[uri]: own for uri, own in _EXTENSIONS.items() if uri in section.extensions}
    return Incoming(kind, section.mid, payload_types, extension_ids, section.ssrcs, section.repair_ssrcs)


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
        f"m={section.kind} {endpoint.port} UDP/TLS/RTP/SAVPF {' '.join(map(str, section.payload_types))}",
        *_connection(endpoint),
        *([f"b=TIAS:{VIDEO_BITS_PER_SECOND}"] if section.kind == "video" else []),
        *_transport(endpoint, section.mid, "passive"),
        "a=recvonly",
        *(f"a=extmap:{own} {uris[canonical]}" for own, canonical in section.extension_ids.items()),
        *_formats(section.kind, names),
    ]


def _rejected(section: Section) -> list[str]:
    head = f"m={section.kind} 0 {section.protocol} {section.formats[0]}"
    return [head, "c=IN IP4 0.0.0.0", f"a=mid:{section.mid}", "a=inactive"]


def offer(sections: Sequence[Outgoing], endpoint: Endpoint, session: int, version: int) -> str:
    """An offer to a subscriber, in canonical payload types."""
    lines = _session(session, version, [section.mid for section in sections])
    for section in sections:
        lines += _sent(section, endpoint)
    return _text(lines)


def _sent(section: Outgoing, endpoint: Endpoint) -> list[str]:
    names = {rtp.OPUS: rtp.OPUS} if section.kind == "audio" else {own: own for own in (rtp.VP8, rtp.RETRANSMISSION)}
    return [
        f"m={section.kind} {endpoint.port} UDP/TLS/RTP/SAVPF {' '.join(map(str, names))}",
        *_connection(endpoint),
        *_transport(endpoint, section.mid, "actpass"),
        *([f"a=extmap:{rtp.AUDIO_LEVEL} {AUDIO_LEVEL_URI}"] if section.kind == "audio" else []),
        *_formats(section.kind, names),
        *(["a=inactive"] if section.stream is None else ["a=sendonly", *_stream(section.kind, section.stream)]),
    ]


def _stream(kind: MediaKind, stream: OutgoingStream) -> list[str]:
    label = f"{stream.connection} {stream.connection}-{kind}"
    ssrcs = [stream.ssrc, stream.repair_ssrc] if kind == "video" else [stream.ssrc]
    group = [f"a=ssrc-group:FID {stream.ssrc} {stream.repair_ssrc}"] if kind == "video" else []
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


def _formats(kind: MediaKind, names: dict[int, int]) -> list[str]:
    """The formats under the payload types that the other side calls them by."""
    if kind == "audio":
        opus = names[rtp.OPUS]
        return [f"a=rtpmap:{opus} opus/48000/2", f"a=fmtp:{opus} {_OPUS_PARAMETERS}"]
    vp8, repair = names[rtp.VP8], names.get(rtp.RETRANSMISSION)
    lines = [f"a=rtpmap:{vp8} VP8/90000", *(f"a=rtcp-fb:{vp8} {what}" for what in ("nack", "nack pli", "ccm fir"))]
    return lines if repair is None else [*lines, f"a=rtpmap:{repair} rtx/90000", f"a=fmtp:{repair} apt={vp8}"]


def _text(lines: list[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
