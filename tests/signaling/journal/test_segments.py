"""Frames are read whole, or recognised as torn or damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signaling.journal import segments
from signaling.journal.segments import START, Damage, Position

PAYLOADS = st.lists(st.binary(min_size=1, max_size=60), max_size=12)


def written(folder: Path, payloads: list[bytes], segment: int = 1) -> bytes:
    data = b"".join(segments.frame(payload) for payload in payloads)
    segments.path_of(folder, segment).write_bytes(data)
    return data


@given(payloads=PAYLOADS, cut=st.integers(0, 1000))
def test_every_frame_that_ends_before_the_tear_survives_and_no_other(
    tmp_path_factory: object, payloads: list[bytes], cut: int
) -> None:
    folder = Path(tmp_path_factory.mktemp("journal"))  # type: ignore[attr-defined]  # a fixture, untyped under @given
    data = written(folder, payloads)
    torn = data[: max(0, len(data) - cut)]
    segments.path_of(folder, 1).write_bytes(torn)
    whole = [payload for number, payload in enumerate(payloads) if start_of(number + 1, payloads) <= len(torn)]
    assert [payload for payload, _ in segments.frames_from(folder, START, 1000)] == whole
    assert segments.mend(folder) == len(torn) - start_of(len(whole), payloads)
    assert segments.path_of(folder, 1).read_bytes() == data[: start_of(len(whole), payloads)]
    assert [payload for payload, _ in segments.frames_from(folder, START, 1000)] == whole


@given(payloads=st.lists(st.binary(min_size=1, max_size=40), min_size=2, max_size=8), flip=st.integers(0, 10_000))
def test_a_flipped_bit_costs_its_own_frame_alone(tmp_path_factory: object, payloads: list[bytes], flip: int) -> None:
    """In an older segment, the frames after it are read too; in the last segment, a start keeps them."""
    folder = Path(tmp_path_factory.mktemp("journal"))  # type: ignore[attr-defined]  # a fixture, untyped under @given
    data = bytearray(written(folder, payloads))
    data[flip % len(data)] ^= 1 << (flip % 8)
    segments.path_of(folder, 1).write_bytes(data)
    hit = hit_by(flip % len(data), payloads)
    cut = segments.mend(folder)
    assert cut == (len(segments.frame(payloads[-1])) if hit == len(payloads) - 1 else 0)
    written(folder, [b"behind"], segment=2)
    read = [piece for piece, _ in segments.frames_from(folder, START, 1000)]
    damaged = [] if cut else [Damage(bytes(data[start_of(hit, payloads) :][: len(segments.frame(payloads[hit]))]))]
    assert read == [*payloads[:hit], *damaged, *payloads[hit + 1 :], b"behind"]


def start_of(number: int, payloads: list[bytes]) -> int:
    """The offset of the frame with this number, counted from 0."""
    return sum(len(segments.frame(payload)) for payload in payloads[:number])


def hit_by(offset: int, payloads: list[bytes]) -> int:
    """The number of the frame that holds this byte."""
    return max(number for number in range(len(payloads)) if start_of(number, payloads) <= offset)


def test_zeros_at_the_end_are_a_torn_tail(tmp_path: Path) -> None:
    written(tmp_path, [b"one", b"two"])
    with segments.path_of(tmp_path, 1).open("ab") as file:
        file.write(bytes(5_000))
    assert segments.mend(tmp_path) == 5_000
    assert [payload for payload, _ in segments.frames_from(tmp_path, START, 10)] == [b"one", b"two"]


def test_reading_goes_on_after_a_chunk_that_ends_with_a_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "CHUNK_BYTES", 2 * len(segments.frame(b"one")))
    payloads = [b"one", b"two", b"six", b"ten", b"end"]
    written(tmp_path, payloads)
    written(tmp_path, [b"behind"], segment=2)
    assert [payload for payload, _ in segments.frames_from(tmp_path, START, 10)] == [*payloads, b"behind"]


def test_reading_stops_at_the_end_and_reports_damage_before_it(tmp_path: Path) -> None:
    data = written(tmp_path, [b"one", b"two", b"six"])
    segments.path_of(tmp_path, 1).write_bytes(data.replace(b"two", b"too"))
    end = Position(1, 2 * len(segments.frame(b"one")))
    found = [piece for piece, _ in segments.frames_from(tmp_path, START, 10, end)]
    assert found == [b"one", Damage(segments.frame(b"two").replace(b"two", b"too"))]


def test_reading_goes_on_where_it_stopped_across_segments(tmp_path: Path) -> None:
    written(tmp_path, [b"one", b"two"])
    written(tmp_path, [b"three"], segment=2)
    first = list(segments.frames_from(tmp_path, START, 2))
    assert [payload for payload, _ in first] == [b"one", b"two"]
    rest = list(segments.frames_from(tmp_path, first[-1][1], 10))
    assert [payload for payload, _ in rest] == [b"three"]
    assert rest[-1][1] == Position(2, len(segments.frame(b"three")))
