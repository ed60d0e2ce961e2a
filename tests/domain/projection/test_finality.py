"""When a session is final: whole, cancelled, or without a room; and how long missing facts are awaited."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from domain.events.catalogue import AnyEvent
from domain.events.room import ConnectionSeen, RoomClosed, RoomOpened, SessionEnded
from domain.ledger.streams import numbered
from domain.projection.finality import Finality, finality

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
NINE = SIX + timedelta(hours=3)
FIVE = SIX - timedelta(hours=1)
WAITING = Finality(NINE + timedelta(hours=72), whole=False)


def epoch(number: int, *, ended: bool = False, closed_at: datetime | None = None, count: int = 3) -> list[AnyEvent]:
    """One epoch of a room: opened, one fact in it, and (if a time is given) closed with a `count` of facts."""
    middle = SessionEnded(at=SIX) if ended else ConnectionSeen(at=SIX, connection="c")
    facts: list[AnyEvent] = [RoomOpened(at=SIX, node="n", epoch=number), middle]
    if closed_at is not None:
        facts.append(RoomClosed(at=closed_at, count=count))
    return [
        msgspec.structs.replace(fact, id=f"{number}-{n}", seq=numbered(number, n))
        for n, fact in enumerate(facts, start=1)
    ]


@pytest.mark.parametrize(
    ("facts", "final"),
    [
        pytest.param(epoch(1, ended=True, closed_at=NINE), True, id="ended by staff, and all there"),
        pytest.param(epoch(1, ended=True), False, id="its room not closed"),
        pytest.param(epoch(1, ended=True, closed_at=NINE, count=4), False, id="a fact still missing"),
        pytest.param(epoch(1, closed_at=NINE), True, id="nobody pressed end, the room closed after the end"),
        pytest.param(epoch(1, closed_at=SIX), False, id="the room closed early and may open again"),
        pytest.param(epoch(1) + epoch(2, ended=True, closed_at=NINE), False, id="a dead node's epoch never closed"),
        pytest.param(epoch(1, closed_at=SIX) + epoch(2, ended=True, closed_at=NINE), True, id="both epochs whole"),
        pytest.param(epoch(2, ended=True, closed_at=NINE), False, id="the first epoch not here at all"),
        pytest.param(
            epoch(1, closed_at=SIX) + epoch(3, ended=True, closed_at=NINE), False, id="the one between not here"
        ),
    ],
)
def test_when_a_session_is_final(facts: list[AnyEvent], final: bool) -> None:
    expected = Finality(NINE, whole=True) if final else WAITING
    assert finality(facts, NINE, None, 0) == expected
    assert finality([*reversed(facts), *facts], NINE, None, 0) == expected


def test_a_session_for_which_no_node_ever_held_a_room_is_final_two_hours_after_its_end() -> None:
    found = finality([SessionEnded(id="e", at=SIX)], NINE, None, 0)
    assert found == Finality(NINE + timedelta(hours=2), whole=True)
    assert (found.reached(NINE), found.reached(NINE + timedelta(hours=2))) == (False, True)


def test_missing_facts_prove_nothing_if_a_node_held_the_room() -> None:
    assert finality([], NINE, None, epochs_held=1) == WAITING
    assert finality([], NINE, FIVE, epochs_held=1) == WAITING
    assert not WAITING.reached(NINE + timedelta(days=9))


def test_a_later_epoch_that_a_node_held_delays_finality() -> None:
    whole = epoch(1, ended=True, closed_at=NINE)
    assert finality(whole, NINE, None, epochs_held=2) == WAITING
    assert finality(whole, NINE, None, epochs_held=1) == Finality(NINE, whole=True)


def test_a_cancelled_session_without_a_room_is_final_at_the_cancellation() -> None:
    assert finality([], NINE, FIVE, 0) == Finality(FIVE, whole=True)
    assert finality(epoch(1, closed_at=SIX), NINE, FIVE, 1) == Finality(FIVE, whole=True)
    assert finality(epoch(1), NINE, FIVE, 1) == WAITING
