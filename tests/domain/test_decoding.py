"""What is wrong with a file is told with the path to the field, wherever in the file the text stands."""

from typing import Any

import msgspec
import pytest

from domain.decoding import decoded
from domain.errors import InvalidInput


class Thing(msgspec.Struct, forbid_unknown_fields=True):
    size: int
    more: Any = None


@pytest.mark.parametrize(
    ("body", "path", "sentence"),
    [
        (b'{"size": "x"}', "", "size: Expected `int`, got `str`"),
        (b'{"size": "x"}', "things[2]", "things[2].size: Expected `int`, got `str`"),
        (b"{}", "things[2]", "things[2].size: required, and not there"),
        (b'{"size": 1, "sice": 2}', "", "sice: no such field"),
        (b"[]", "", "the file: Expected `object`, got `array`"),
        (b"[]", "things[2]", "things[2]: Expected `object`, got `array`"),
        (b'{"size": 1', "", "the file: not JSON (Input data was truncated)"),
        (b'{"size": 1, "more": ' + b"[" * 100_000, "", "the file: nested too deeply to be read"),
    ],
)
def test_a_refusal_begins_with_the_path(body: bytes, path: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decoded(msgspec.json.Decoder(Thing).decode, body, path)
    assert refused.value.sentence == sentence


def test_what_is_right_is_returned() -> None:
    assert decoded(msgspec.json.Decoder(Thing).decode, b'{"size": 3}') == Thing(3)
