"""Only text in the service's own form is an id."""

import pytest

from domain.ids import is_id
from runtime.clock import new_id


def test_a_new_id_is_an_id() -> None:
    assert is_id(new_id())


@pytest.mark.parametrize(
    "text", ["", "pat", "0" * 32, "A1A21E33-9AD7-7376-B036-3F3A56CAED15", "{01a21e33-9ad7-7376-b036-3f3a56caed15}"]
)
def test_other_text_is_not_an_id(text: str) -> None:
    assert not is_id(text)


def test_an_id_with_a_line_break_after_it_is_not_an_id() -> None:
    assert not is_id(f"{new_id()}\n")
