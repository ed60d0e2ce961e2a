"""The journal's files: framed, checksummed records in numbered segments.

A frame is the payload's length and CRC-32 (each four bytes, little-endian), then the payload. Payloads are never empty,
so zeros are not frames. Bytes after the very last sound frame are a torn write of a process that died: it was never
confirmed. Unsound bytes before another sound frame, or before another segment, are damage: readers get them as they
are, and go on after them.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

_HEAD = struct.Struct("<II")
SUFFIX = ".journal"
CHUNK_BYTES = 4 * 1024 * 1024
"""Bytes per read; many times the largest frame, so a chunk always holds a whole one."""
LARGEST_BYTES = 1024 * 1024
"""The limit of a payload; the longest sealed note takes a fifth of it."""


class Position(msgspec.Struct, frozen=True, order=True):
    """Where one frame ends and the next begins."""

    segment: int
    offset: int


START = Position(1, 0)


class Damage(msgspec.Struct, frozen=True):
    """Bytes of a segment without the start of a sound frame."""

    raw: bytes


Piece = bytes | Damage
"""A payload, or damaged bytes."""


def frame(payload: bytes) -> bytes:
    """The payload as a frame, for a segment."""
    return _HEAD.pack(len(payload), zlib.crc32(payload)) + payload


def unframe(data: bytes, offset: int) -> tuple[bytes, int] | None:
    """`(payload, offset of the next frame)` for the frame at `offset`; None without a complete, sound frame there."""
    start = offset + _HEAD.size
    if start > len(data):
        return None
    length, checksum = _HEAD.unpack_from(data, offset)
    payload = data[start : start + length]
    if not length or len(payload) < length or zlib.crc32(payload) != checksum:
        return None
    return payload, start + length


def path_of(folder: Path, segment: int) -> Path:
    """The file of a segment."""
    return folder / f"{segment:08d}{SUFFIX}"


def segments_in(folder: Path) -> list[int]:
    """The numbers of the segments that exist, ascending."""
    return sorted(int(path.stem) for path in folder.glob(f"*{SUFFIX}") if path.stem.isdigit())


def frames_from(
    folder: Path, position: Position, limit: int, end: Position | None = None
) -> Iterator[tuple[Piece, Position]]:
    """At most `limit` pieces from `position` on, in order, each with the position after it.

    Reading stops at `end`, and everything before `end` was once complete. Without `end`, a writer may be at work in the
    last segment: an incomplete frame there ends the reading.
    """
    last = None if end is None else end.segment
    ahead = [segment for segment in segments_in(folder) if position.segment <= segment <= (last or segment)]
    for segment in ahead:
        path, offset = path_of(folder, segment), position.offset if segment == position.segment else 0
        size = end.offset if end is not None and segment == last else path.stat().st_size
        whole = end is not None or segment != ahead[-1]
        for piece, behind in _pieces(path, offset, size, whole=whole):
            if limit == 0:
                return
            limit -= 1
            yield piece, Position(segment, behind)


def _pieces(path: Path, offset: int, size: int, *, whole: bool) -> Iterator[tuple[Piece, int]]:
    """The payloads from `offset` to `size`, each with the offset after it; also damage, if the file was `whole`."""
    with path.open("rb") as file:
        while offset < size:
            file.seek(offset)
            data, at = file.read(min(CHUNK_BYTES, size - offset)), 0
            if not data:
                return
            while found := unframe(data, at):
                payload, at = found
                yield payload, offset + at
            if at == 0:  # the frame that begins here cannot be read
                if not whole:
                    return
                sound = next_sound(data, 1)
                at = len(data) if sound is None else sound
                yield Damage(data[:at]), offset + at
            offset += at


def next_sound(data: bytes, offset: int) -> int | None:
    """The offset of the first sound frame from `offset` on; None if there is none."""
    ends = len(data.rstrip(b"\0"))  # disks leave zeros after an incomplete write
    return next((at for at in range(offset, ends) if _is_plausible(data, at) and unframe(data, at)), None)


def _is_plausible(data: bytes, offset: int) -> bool:
    """Whether a frame may begin here, so that its checksum is worth computing."""
    return offset + _HEAD.size < len(data) and _HEAD.unpack_from(data, offset)[0] <= LARGEST_BYTES


def mend(folder: Path) -> int:
    """Cut the torn tail off the last segment, after its last sound frame; returns the number of bytes cut."""
    segments = segments_in(folder)
    if not segments:
        return 0
    path = path_of(folder, segments[-1])
    data = path.read_bytes()
    end, ahead = 0, next_sound(data, 0)
    while ahead is not None:
        end = ahead
        while found := unframe(data, end):
            end = found[1]
        ahead = next_sound(data, end)
    with path.open("r+b") as file:
        file.truncate(end)
    return len(data) - end
