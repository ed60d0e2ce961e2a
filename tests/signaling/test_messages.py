"""The protocol's manual and its Structs agree."""

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from signaling import messages as m

MANUAL = Path(__file__).parents[2] / "docs" / "protocol.md"
EXAMPLES = re.findall(r"```json\n(.*?)```", MANUAL.read_text(), re.S)
ALL = msgspec.json.Decoder(m.Request | m.NodeMessage)


def tag(kind: type[m.Message]) -> str:
    return str(kind.__struct_config__.tag)


@pytest.mark.parametrize("example", EXAMPLES, ids=[json.loads(example)["type"] for example in EXAMPLES])
def test_each_example_is_a_message(example: str) -> None:
    message = ALL.decode(example)
    again = json.loads(msgspec.json.encode(message))
    assert again.keys() == json.loads(example).keys(), "an example shows every field"


def test_each_message_has_one_example() -> None:
    shown = sorted(json.loads(example)["type"] for example in EXAMPLES)
    assert shown == sorted(tag(kind) for kind in get_args(m.Request | m.NodeMessage))


def test_each_message_is_in_the_union_of_its_direction() -> None:
    """A message in no union can be neither asked nor sent, and no other test would notice."""
    written = {kind for kind in vars(m).values() if isinstance(kind, type) and issubclass(kind, m.Message)}
    assert written - {m.Message} == set(get_args(m.Request | m.NodeMessage))


@pytest.mark.parametrize("kind", get_args(m.Request | m.NodeMessage), ids=tag)
def test_no_message_takes_a_field_it_does_not_know(kind: type[m.Message]) -> None:
    example = next(example for example in map(json.loads, EXAMPLES) if example["type"] == tag(kind))
    with pytest.raises(msgspec.ValidationError, match="unknown field `admin`"):
        ALL.decode(json.dumps(example | {"admin": True}))
