"""Only text in the service's own form is an id."""

import pytest

from domain.ids import is_id
from runtime.clock import new_id


def test_an_id_is_one() -> None:
    assert is_id(new_id())


@pytest.mark.parametrize(
    "text", ["", "pat", "0" * 32, "A1A21E33-9AD7-7376-B036-3F3A56CAED15", "{01a21e33-9ad7-7376-b036-3f3a56caed15}"]
)
def test_what_is_written_otherwise_is_none(text: str) -> None:
    assert not is_id(text)


def test_nothing_may_stand_behind_it() -> None:
    assert not is_id(f"{new_id()}\n")
