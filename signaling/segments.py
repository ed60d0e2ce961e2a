"""The journal's files: framed, checksummed records in numbered segments.

A frame is the payload's length and CRC-32 (each four bytes, little-endian), then the payload. Whatever follows the
first frame that is short or does not check is a torn write of a process that died: nobody was told of it.
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

_HEAD = struct.Struct("<II")
SUFFIX = ".journal"
CHUNK_BYTES = 4 * 1024 * 1024
"""Read at a time; many times the largest frame, so a chunk always holds a whole one."""


class Place(msgspec.Struct, frozen=True, order=True):
    """A place between two frames."""

    segment: int
    offset: int


START = Place(1, 0)


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
    if len(payload) < length or zlib.crc32(payload) != checksum:
        return None
    return payload, start + length


def path_of(folder: Path, segment: int) -> Path:
    """The file of a segment."""
    return folder / f"{segment:08d}{SUFFIX}"


def segments_in(folder: Path) -> list[int]:
    """The numbers of the segments that exist, ascending."""
    return sorted(int(path.stem) for path in folder.glob(f"*{SUFFIX}") if path.stem.isdigit())


def frames_from(folder: Path, place: Place, limit: int) -> Iterator[tuple[bytes, Place]]:
    """At most `limit` payloads behind `place`, in order, each with the place behind it."""
    for segment in segments_in(folder):
        if segment < place.segment:
            continue
        base = place.offset if segment == place.segment else 0
        data, offset = _chunk(path_of(folder, segment), base), 0
        while limit > 0 and (found := unframe(data, offset)):
            payload, offset = found
            limit -= 1
            yield payload, Place(segment, base + offset)
        if offset < len(data):
            return  # the limit is reached, or the rest is still being written


def _chunk(path: Path, offset: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(CHUNK_BYTES)


def damage_behind(folder: Path, place: Place) -> tuple[bytes, Place] | None:
    """The rest of a segment in which no sound frame stands behind `place` though its writer has gone on to another
    one, and where that begins; None when what stands there is sound, or still being written."""
    ahead = [segment for segment in segments_in(folder) if segment >= place.segment]
    for segment, following in pairwise(ahead):
        with path_of(folder, segment).open("rb") as file:
            file.seek(place.offset if segment == place.segment else 0)
            rest = file.read()
        if rest:
            return (rest, Place(following, 0)) if unframe(rest, 0) is None else None
    return None


def mend(folder: Path) -> int:
    """Cut the torn tail off the last segment; returns how many bytes went."""
    segments = segments_in(folder)
    if not segments:
        return 0
    path = path_of(folder, segments[-1])
    data = path.read_bytes()
    end = 0
    while found := unframe(data, end):
        end = found[1]
    with path.open("r+b") as file:
        file.truncate(end)
    return len(data) - end
