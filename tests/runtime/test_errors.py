"""An error that the operator can fix becomes a sentence; every other keeps its traceback."""

import errno

import pytest

from domain.errors import DatabaseAway
from runtime.errors import CannotStart, for_operator


def test_a_taken_port_is_named() -> None:
    found = for_operator(OSError(errno.EADDRINUSE, "address ('127.0.0.1', 8080) already in use"))
    assert isinstance(found, CannotStart)
    assert "8080" in str(found) and "choose another" in str(found)


def test_a_missing_folder_is_named() -> None:
    assert "/gone: no such file" in str(for_operator(FileNotFoundError(errno.ENOENT, "No such file", "/gone")))


def test_errors_in_task_groups_are_found() -> None:
    away = DatabaseAway()
    assert for_operator(BaseExceptionGroup("outer", [ExceptionGroup("inner", [ValueError(), away])])) is away


@pytest.mark.parametrize("bug", [ValueError("x"), ConnectionResetError(errno.ECONNRESET, "reset"), OSError("odd")])
def test_a_bug_is_not_turned_into_a_sentence(bug: Exception) -> None:
    assert for_operator(bug) is None
