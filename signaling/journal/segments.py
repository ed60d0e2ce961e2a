"""The journal's files: framed, checksummed records in numbered segments.

A frame is the payload's length and CRC-32 (each four bytes, little-endian), then the payload; no payload is empty, so
that zeros are no frames. What stands behind the last sound frame of all is a torn write of a process that died: nobody
was told of it. Between two sound frames, or where the writer has gone on, the same bytes are damage: they are handed
out as they are, and reading goes on behind them.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

_HEAD = struct.Struct("<II")
SUFFIX = ".journal"
CHUNK_BYTES = 4 * 1024 * 1024
"""Read at a time; many times the largest frame, so a chunk always holds a whole one."""
LARGEST_BYTES = 1024 * 1024
"""No payload is longer: the longest note, sealed, takes a fifth of it."""


class Position(msgspec.Struct, frozen=True, order=True):
    """Where one frame ends and the next begins."""

    segment: int
    offset: int


START = Position(1, 0)


class Damage(msgspec.Struct, frozen=True):
    """Bytes of a segment in which no sound frame begins."""

    raw: bytes


Piece = bytes | Damage
"""A payload, or what is damaged."""


def frame(payload: bytes) -> bytes:
    """The payload as it stands in a segment."""
    return _HEAD.pack(len(payload), zlib.crc32(payload)) + payload


def unframe(data: bytes, offset: int) -> tuple[bytes, int] | None:
    """The payload at `offset` and where the next frame begins; None where no whole, sound frame stands."""
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
    """At most `limit` payloads behind `position`, in order, each with the position behind it; what is damaged as it is.

    Nothing behind `end` is read, and all before it is known to have been whole. Without it, the last segment may still
    be written: what is not whole there ends the reading.
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
    """The payloads from `offset` to `size`, each with the offset behind it; damage too where the file was `whole`."""
    with path.open("rb") as file:
        while offset < size:
            file.seek(offset)
            data, at = file.read(min(CHUNK_BYTES, size - offset)), 0
            if not data:
                return
            while found := unframe(data, at):
                payload, at = found
                yield payload, offset + at
            if at == 0:  # a frame begins here and cannot be read
                if not whole:
                    return
                sound = next_sound(data, 1)
                at = len(data) if sound is None else sound
                yield Damage(data[:at]), offset + at
            offset += at


def next_sound(data: bytes, offset: int) -> int | None:
    """Where the first sound frame at or behind `offset` begins; None where there is none."""
    ends = len(data.rstrip(b"\0"))  # disks leave zeros behind what they did not write
    return next((at for at in range(offset, ends) if _is_plausible(data, at) and unframe(data, at)), None)


def _is_plausible(data: bytes, offset: int) -> bool:
    """Whether it is worth while to check the sum of a frame here."""
    return offset + _HEAD.size < len(data) and _HEAD.unpack_from(data, offset)[0] <= LARGEST_BYTES


def mend(folder: Path) -> int:
    """Cut the torn tail off the last segment, behind its last sound frame; returns how many bytes went."""
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
