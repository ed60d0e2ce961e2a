"""Bots read their links from text."""

import pytest

from bots.party import Invitation
from runtime.errors import CannotStart
from vesper.invitations import read_invitations


def test_one_link_per_line() -> None:
    lines = ["http://localhost:8080/join#one\n", "\n", "https://vesper.example.org/join#two"]
    assert read_invitations(lines) == [
        Invitation("http://localhost:8080", "one"),
        Invitation("https://vesper.example.org", "two"),
    ]


@pytest.mark.parametrize("line", ["dana@demo.example", "http://localhost:8080/join", "ftp://x/join#s"])
def test_a_line_that_is_no_link_is_named_by_its_number_and_not_repeated(line: str) -> None:
    with pytest.raises(CannotStart, match="Line 2 is not a personal join link") as refused:
        read_invitations(["http://localhost:8080/join#one", line])
    assert line not in str(refused.value)


def test_empty_input_is_refused() -> None:
    with pytest.raises(CannotStart, match="no link on standard input"):
        read_invitations(["\n"])
