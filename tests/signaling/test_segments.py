"""Frames survive whole, or are known to be torn."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from signaling import segments
from signaling.segments import START, Place

PAYLOADS = st.lists(st.binary(max_size=60), max_size=12)


def written(folder: Path, payloads: list[bytes], segment: int = 1) -> bytes:
    data = b"".join(segments.frame(payload) for payload in payloads)
    segments.path_of(folder, segment).write_bytes(data)
    return data


@given(payloads=PAYLOADS, cut=st.integers(0, 1000))
def test_whatever_is_torn_off_the_end_only_whole_frames_are_read(
    tmp_path_factory: object, payloads: list[bytes], cut: int
) -> None:
    folder = Path(tmp_path_factory.mktemp("journal"))  # type: ignore[attr-defined]  # a fixture, untyped under @given
    data = written(folder, payloads)
    torn = data[: max(0, len(data) - cut)]
    segments.path_of(folder, 1).write_bytes(torn)
    read = [payload for payload, _ in segments.frames_from(folder, START, 1000)]
    assert read == payloads[: len(read)]
    gone = segments.mend(folder)
    assert segments.path_of(folder, 1).stat().st_size == len(torn) - gone
    assert [payload for payload, _ in segments.frames_from(folder, START, 1000)] == read


@given(payloads=st.lists(st.binary(min_size=1, max_size=40), min_size=2, max_size=8), flip=st.integers(0, 10_000))
def test_a_flipped_bit_ends_the_reading(tmp_path_factory: object, payloads: list[bytes], flip: int) -> None:
    folder = Path(tmp_path_factory.mktemp("journal"))  # type: ignore[attr-defined]  # a fixture, untyped under @given
    data = bytearray(written(folder, payloads))
    data[flip % len(data)] ^= 1 << (flip % 8)
    segments.path_of(folder, 1).write_bytes(data)
    read = [payload for payload, _ in segments.frames_from(folder, START, 1000)]
    assert read == payloads[: len(read)]
    assert len(read) < len(payloads)


def test_reading_goes_on_where_it_stopped_across_segments(tmp_path: Path) -> None:
    written(tmp_path, [b"one", b"two"])
    written(tmp_path, [b"three"], segment=2)
    first = list(segments.frames_from(tmp_path, START, 2))
    assert [payload for payload, _ in first] == [b"one", b"two"]
    rest = list(segments.frames_from(tmp_path, first[-1][1], 10))
    assert [payload for payload, _ in rest] == [b"three"]
    assert rest[-1][1] == Place(2, len(segments.frame(b"three")))
