"""Files that only their passphrase opens, whole or not at all."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InvalidInput
from runtime.secrets.sealed_files import PIECE, Recipient, Sealer, new_passphrase, opened, recipient

PASSPHRASE = new_passphrase()
TO = recipient(PASSPHRASE)


def sealed(*parts: bytes, to: Recipient = TO) -> bytes:
    sealer = Sealer(to)
    return b"".join([*map(sealer.take, parts), sealer.end()])


def read(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return b"".join(opened(io.BytesIO(content).read, passphrase))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 2 * PIECE), max_size=4))
def test_what_was_sealed_in_any_parts_opens_as_it_was(sizes: list[int]) -> None:
    parts = [bytes([number]) * size for number, size in enumerate(sizes)]
    assert read(sealed(*parts)) == b"".join(parts)


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(InvalidInput, match="does not open"):
        read(sealed(b"Pat"), new_passphrase())


def test_a_typed_passphrase_may_have_capitals_and_spaces_around() -> None:
    assert read(sealed(b"Pat"), f" {PASSPHRASE.upper()} ") == b"Pat"


def test_a_file_that_was_changed_or_cut_short_does_not_open() -> None:
    content = sealed(b"x" * (2 * PIECE + 5))
    for broken in (content[:-1], content[: PIECE + 200], content[:-9] + b"\x00" + content[-8:], b"PK" + content):
        with pytest.raises(InvalidInput):
            read(broken)


def test_nothing_of_the_content_can_be_read_in_it() -> None:
    assert b"Morrow" not in sealed(b"Pat Morrow" * 100)
