"""Decoding errors name the path to the wrong field, wherever in the file the text is."""

from typing import Any, Literal

import msgspec
import pytest

from domain.decoding import decoded, without_values
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


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["group", "individual"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"kind": "Pat Morrow"}', "Invalid enum value - at `$.kind`"),
        (b'{"kind": "Pat\\n\'Morrow"}', "Invalid enum value - at `$.kind`"),
        (b'{"kind": "group", "Pat Morrow": 1}', "Object contains an unknown field"),
        (b'{"kind": "group", "pat_morrow": true}', "Object contains an unknown field"),
        (b'{"kind": "group", "pat` - at `$.kind": true}', "Object contains an unknown field"),
        (b"{}", "Object missing required field `kind`"),
    ],
)
def test_an_error_does_not_repeat_what_was_sent(body: bytes, said: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=Choice)
    assert without_values(refused.value) == said


def test_a_valid_file_is_decoded() -> None:
    assert decoded(msgspec.json.Decoder(Thing).decode, b'{"size": 3}') == Thing(3)
