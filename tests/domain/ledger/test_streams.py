"""A stream's name says what it holds; a room's facts are numbered within their epoch."""

import pytest

from domain.ledger.streams import (
    KINDS,
    Named,
    closing_stream,
    epoch_of,
    first_seq,
    note_stream,
    numbered,
    parsed,
    plan_stream,
    room_stream,
    statement_stream,
)


def test_a_stream_name_gives_its_parts() -> None:
    made = {
        plan_stream("s"): Named("plan", "s"),
        room_stream("s", 7): Named("room", "s", 7),
        statement_stream("s"): Named("statement", "s"),
        note_stream("s"): Named("note", "s"),
        closing_stream("c"): Named("closing", "c"),
    }
    assert {name: parsed(name) for name in made} == made
    assert room_stream("s", 7) == "room:s:7"
    assert {named.kind for named in made.values()} <= KINDS


@pytest.mark.parametrize("name", ["", "plan", "plan:", "room:s", "room:s:", "room:s:x", "room::1", "evening:s"])
def test_a_name_that_no_stream_can_have_gives_none(name: str) -> None:
    assert parsed(name) is None


def test_a_rooms_facts_are_numbered_within_their_epoch() -> None:
    assert first_seq(room_stream("evening", 2)) == numbered(2, 1) == (2 << 32) + 1
    assert (epoch_of(numbered(2, 9)), epoch_of(9)) == (2, 0)
    assert first_seq("plan:evening") == first_seq("statement:room:7") == first_seq("anything") == 1
