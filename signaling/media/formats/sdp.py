"""Read session descriptions (RFC 8866, RFC 8829): the few facts the engine needs, or a refusal that names the fault.

Pure. Descriptions are not trusted: numbers are bounded, and every text that will be repeated is a plain token.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from domain.errors import MediaRefused

MAX_LENGTH = 60_000
MAX_SECTIONS = 64
MAX_VALUES = 64

MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid"
AUDIO_LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
RID_URI = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID_URI = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
SEND_TIME_URI = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"

Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]

_HEAD = re.compile(r"([a-z]{1,16}) (\d{1,5}) ([A-Z/]{1,32})((?: [A-Za-z0-9_.\-]{1,32}){1,64})")
_TOKEN = re.compile(r"[A-Za-z0-9_.\-]{1,16}")
_ICE_TEXT = re.compile(r"[A-Za-z0-9+/=\-_]{4,256}")
_DIGEST = re.compile(r"[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){31,63}")
_DIGESTS = ("sha-256", "sha-384", "sha-512")
_DIRECTIONS: tuple[Direction, ...] = ("sendrecv", "sendonly", "recvonly", "inactive")


class Fingerprint(msgspec.Struct, frozen=True):
    """What the other side's certificate must hash to."""

    algorithm: str
    value: str


class Secrets(msgspec.Struct, frozen=True):
    """One side's ICE credentials and certificate."""

    ufrag: str
    password: str
    fingerprints: tuple[Fingerprint, ...]
    setup: str


class Section(msgspec.Struct, frozen=True):
    """One media section (`m=`)."""

    kind: str
    protocol: str
    formats: tuple[str, ...]
    mid: str
    """Empty for a rejected section without one (RFC 8829 section 5.3.1 allows that)."""
    direction: Direction
    rejected: bool
    codecs: dict[int, str]
    """`name/rate[/channels]` in lower case by payload type, in order of preference."""
    repairs: dict[int, int]
    """The repeated payload type, by payload type of the retransmission."""
    extensions: dict[str, int]
    """Ids by URI of the header extensions that the describing side sends."""
    ssrcs: tuple[int, ...]
    repair_ssrcs: tuple[int, ...]
    rids: tuple[str, ...]
    """The rids that are sent (RFC 8853), in the describing side's names; none without simulcast."""
    feedback: dict[int, frozenset[str]]
    """The allowed feedback for each payload type (`a=rtcp-fb`, RFC 4585)."""
    parameters: dict[int, str]
    """The text of `a=fmtp` by payload type; `parameters` splits it."""

    @property
    def sends(self) -> bool:
        """True when media comes from the describing side."""
        return not self.rejected and self.direction in ("sendrecv", "sendonly")

    @property
    def receives(self) -> bool:
        """True when the describing side takes media."""
        return not self.rejected and self.direction in ("sendrecv", "recvonly")


class Description(msgspec.Struct, frozen=True):
    """A whole session description, all of it over one bundled transport."""

    secrets: Secrets
    sections: tuple[Section, ...]


class _Lines(msgspec.Struct):
    """The lines of the session part or of one media section."""

    head: str
    attributes: list[tuple[str, str]]

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name][:MAX_VALUES]

    def value(self, name: str) -> str | None:
        return next((value for key, value in self.attributes if key == name), None)


def read(text: str) -> Description:
    """The facts of an offer or an answer.

    Raises:
        MediaRefused: it is malformed or not bundled
    """
    session, *media = _split(text)
    if not media:
        raise MediaRefused("The session description has no media section.")
    if len(media) > MAX_SECTIONS:
        raise MediaRefused(f"The session description has more than {MAX_SECTIONS} media sections.")
    sections = tuple(_section(lines) for lines in media)
    mids = [section.mid for section in sections if section.mid]
    if len(set(mids)) != len(mids):
        raise MediaRefused("Two media sections share one a=mid.")
    bundled = _bundled(session)
    if len(sections) > 1 and any(not s.rejected and s.mid not in bundled for s in sections):
        raise MediaRefused("Every media section must be in the BUNDLE group; use bundlePolicy 'max-bundle'.")
    return Description(_secrets(session, media), sections)


def _split(text: str) -> list[_Lines]:
    if len(text) > MAX_LENGTH:
        raise MediaRefused("The session description is too long.")
    parts = [_Lines("", [])]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith("m="):
            parts.append(_Lines(line[2:], []))
        elif line.startswith("a="):
            name, _, value = line[2:].partition(":")
            parts[-1].attributes.append((name, value.strip()))
    return parts


def _bundled(session: _Lines) -> set[str]:
    groups = (group.split() for group in session.values("group"))
    return {mid for group in groups if group[:1] == ["BUNDLE"] for mid in group[1:]}


def _secrets(session: _Lines, media: list[_Lines]) -> Secrets:
    """The transport's secrets, from the first section that has them, otherwise from the session."""
    places = [*media, session]
    ufrag = _required(places, "ice-ufrag", _ICE_TEXT)
    password = _required(places, "ice-pwd", _ICE_TEXT)
    setup = _required(places, "setup", _TOKEN)
    found = next((values for place in places if (values := place.values("fingerprint"))), [])
    fingerprints = tuple(_fingerprints(found))
    if not fingerprints:
        raise MediaRefused("The session description has no usable a=fingerprint (sha-256, sha-384 or sha-512).")
    return Secrets(ufrag, password, fingerprints, setup)


def _required(places: list[_Lines], name: str, shape: re.Pattern[str]) -> str:
    value = next((value for place in places if (value := place.value(name)) is not None), None)
    if value is None or not shape.fullmatch(value):
        raise MediaRefused(f"The session description has no valid a={name}.")
    return value


def _fingerprints(values: Iterable[str]) -> Iterable[Fingerprint]:
    for value in values:
        algorithm, _, digest = value.partition(" ")
        if algorithm.lower() in _DIGESTS and _DIGEST.fullmatch(digest.strip()):
            yield Fingerprint(algorithm.lower(), digest.strip().upper())


def _section(lines: _Lines) -> Section:
    head = _HEAD.fullmatch(lines.head)
    if head is None:
        raise MediaRefused("A media section does not begin with a valid m= line.")
    kind, port, protocol, formats = head.groups()
    rejected = int(port) == 0 and lines.value("bundle-only") is None
    mid = lines.value("mid") or ""
    if not _TOKEN.fullmatch(mid) and (mid or not rejected):
        raise MediaRefused("Every media section needs an a=mid of at most 16 plain characters.")
    repair_ssrcs = _repair_ssrcs(lines)
    return Section(
        kind=kind,
        protocol=protocol,
        formats=tuple(formats.split()),
        mid=mid,
        direction=_direction(lines),
        rejected=rejected,
        codecs=_codecs(lines, formats.split()),
        repairs=_repairs(lines),
        extensions=_extensions(lines),
        ssrcs=tuple(ssrc for ssrc in _ssrcs(lines) if ssrc not in repair_ssrcs),
        repair_ssrcs=repair_ssrcs,
        rids=_rids(lines),
        feedback=_feedback(lines, formats.split()),
        parameters=dict(_numbered(lines.values("fmtp"))),
    )


def _direction(lines: _Lines) -> Direction:
    return next((d for d in _DIRECTIONS if lines.value(d) is not None), "sendrecv")


def _codecs(lines: _Lines, formats: list[str]) -> dict[int, str]:
    mapped = dict(_numbered(lines.values("rtpmap")))
    return {number: mapped[number].lower() for text in formats if (number := _number(text, 127)) in mapped}


def _feedback(lines: _Lines, formats: list[str]) -> dict[int, frozenset[str]]:
    """By payload type; `*` means all of them."""
    parted = [value.split(maxsplit=1) for value in lines.values("rtcp-fb")]
    said = [(words[0], " ".join(words[1].split())) for words in parted if len(words) == 2]
    numbers = [number for text in formats if (number := _number(text, 127)) is not None]
    return {own: frozenset(what for text, what in said if text in ("*", str(own))) for own in numbers}


def _repairs(lines: _Lines) -> dict[int, int]:
    formats = _numbered(lines.values("fmtp"))
    repeated = ((own, _number(parameters(text).get("apt", ""), 127)) for own, text in formats)
    return {own: original for own, original in repeated if original is not None}


def _rids(lines: _Lines) -> tuple[str, ...]:
    sent = {words[0] for value in lines.values("rid") if (words := value.split())[1:2] == ["send"]}
    words = (lines.value("simulcast") or "").split()
    listed = words[words.index("send") + 1] if "send" in words[:-1] else ""
    named = (alternatives.split(",")[0].lstrip("~") for alternatives in listed.split(";")[:MAX_VALUES])
    return tuple(dict.fromkeys(rid for rid in named if rid in sent and _TOKEN.fullmatch(rid)))


def _numbered(values: list[str]) -> list[tuple[int, str]]:
    """`96 VP8/90000` → (96, "VP8/90000"); values without a payload type in front are left out."""
    parted = (value.partition(" ") for value in values)
    return [(number, rest.strip()) for text, _, rest in parted if (number := _number(text, 127)) is not None]


def parameters(text: str) -> dict[str, str]:
    """The values of an `a=fmtp` (RFC 8866 section 6.15) by name in lower case; order and spacing do not matter."""
    parted = (part.partition("=") for part in text.split(";")[:MAX_VALUES])
    return {name.strip().lower(): value.strip() for name, _, value in parted if name.strip()}


def _extensions(lines: _Lines) -> dict[str, int]:
    """The extensions that the describing side sends: ids by URI, from 1 to 14, all that a one-byte header can carry."""
    found: dict[str, int] = {}
    for value in lines.values("extmap"):
        identifier, *rest = value.split()[:2] or [""]
        text, _, direction = identifier.partition("/")
        number = _number(text, 14)
        if number and rest and direction in ("", "sendrecv", "sendonly"):
            found.setdefault(rest[0], number)
    return found


def _ssrcs(lines: _Lines) -> tuple[int, ...]:
    numbers = (_number(value.partition(" ")[0], 0xFFFFFFFF) for value in lines.values("ssrc"))
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _repair_ssrcs(lines: _Lines) -> tuple[int, ...]:
    groups = (value.split() for value in lines.values("ssrc-group"))
    numbers = (_number(group[2], 0xFFFFFFFF) for group in groups if group[:1] == ["FID"] and len(group) == 3)
    return tuple(number for number in numbers if number is not None)


def _number(text: str, limit: int) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= 10 and (number := int(text)) <= limit:
        return number
    return None
