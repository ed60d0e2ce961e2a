"""A stream is valid if it has no gaps, its chain is intact, and its rows match their bodies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.events.catalogue import encode
from domain.events.fact import Event
from domain.events.room import BreakStarted, RoomClosed, RoomOpened
from domain.ledger import chain
from domain.ledger.chain import Rule
from domain.ledger.streams import first_seq
from domain.ledger.verification import Fault, Filed, faults, first_fault

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
ROOM = "room:evening:2"


def stream(name: str = ROOM, count: int = 4) -> list[Filed]:
    """The stream of a room that opened, had two breaks and closed."""
    events: list[Event] = [RoomOpened(at=SIX, node="n", epoch=2), *[BreakStarted(at=SIX)] * 2]
    events.append(RoomClosed(at=SIX, count=count))
    return written(name, events)


def written(name: str, events: list[Event], rule: Rule = chain.NEWEST) -> list[Filed]:
    filed, link = [], chain.START
    for place, event in enumerate(events):
        fact = msgspec.structs.replace(event, id=f"{name}/{place}", session="evening", seq=first_seq(name) + place)
        link = chain.link(link, encode(fact), rule)
        filed.append(
            Filed(
                position=place + 1, stream=name, seq=fact.seq, event_id=fact.id, session="evening",
                type=str(type(fact).__struct_config__.tag), at=fact.at, body=encode(fact), hash=link,
            )
        )  # fmt: skip
    return filed


def altered(facts: list[Filed], place: int, **changes: Any) -> list[Filed]:
    return [*facts[:place], msgspec.structs.replace(facts[place], **changes), *facts[place + 1 :]]


def fault(facts: list[Filed]) -> Fault:
    found = first_fault(facts)
    assert found is not None
    return found


def test_unaltered_streams_have_no_fault() -> None:
    assert first_fault([*stream(), *stream("plan:evening")]) is None
    assert first_fault([]) is None


def test_an_older_stream_is_valid_only_by_its_own_rule() -> None:
    old = written("plan:evening", [BreakStarted(at=SIX)] * 4, rule=1)
    assert first_fault([*old, *stream()]) is None
    other = chain.link(old[2].hash, old[3].body, 2)
    assert fault(altered(old, 3, hash=other)).wrong.startswith("its hash does not follow")


def test_each_altered_fact_is_reported_once_and_no_other() -> None:
    facts = altered(altered(stream(count=4), 1, hash=bytes(32)), 3, body=stream(count=4)[3].body + b" ")
    assert [fault.position for fault in faults(facts)] == [2, 4]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"event_id": "another"}, "its column event_id is another, but its body says room:evening:2/1"),
        ({"session": "another"}, "its column session_id is another, but its body says evening"),
        ({"type": "break.ended"}, "its column type is break.ended, but its body says break.started"),
        ({"at": SIX + timedelta(seconds=1)}, "its column at is 2026-09-15 22:00:01+00:00, but its body says"),
        ({"seq": 7}, "its column seq is 7, but its body says 8589934594"),
        ({"body": b"{}"}, "its body is not a fact"),
        ({"hash": bytes(32)}, "its hash does not follow"),
    ],
)
def test_an_altered_row_is_reported(changes: dict[str, Any], wrong: str) -> None:
    found = fault(altered(stream(), 1, **changes))
    assert (found.position, found.stream, found.seq) == (2, ROOM, changes.get("seq", (2 << 32) + 2))
    assert found.wrong.startswith(wrong)


def test_a_reformatted_body_is_an_altered_body() -> None:
    facts = stream()
    assert "does not follow" in fault(altered(facts, 2, body=facts[2].body.replace(b",", b", ", 1))).wrong


@pytest.mark.parametrize(("gone", "named"), [(0, 2), (1, 3), (2, 4)])
def test_a_missing_row_is_reported_at_the_next_row(gone: int, named: int) -> None:
    facts = stream()
    found = fault(facts[:gone] + facts[gone + 1 :])
    assert found.position == named
    assert found.wrong.startswith(f"fact {facts[gone].seq} of the stream should precede it")


def test_a_room_with_a_wrong_count_of_facts_is_reported() -> None:
    assert fault(stream(count=5)).wrong == "it says that the stream holds 5 facts, but it is number 4"
