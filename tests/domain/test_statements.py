"""A session is stated once when it is whole, and again only when something came out otherwise."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from domain import statements
from domain.events import (
    AnyEvent,
    AttendanceStated,
    ConnectionSeen,
    PolicyReference,
    RoomClosed,
    RoomOpened,
    SessionEnded,
)
from domain.facts import EPOCH_BITS
from domain.records import ClientRecord
from domain.statements import Stated

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
NINE = SIX + timedelta(hours=3)


def epoch(number: int, *, ended: bool = False, closed_at: datetime | None = None, count: int = 3) -> list[AnyEvent]:
    """One epoch of a room: opened, something in it, and (given when) closed, counting `count` facts."""
    middle = SessionEnded(at=SIX) if ended else ConnectionSeen(at=SIX, connection="c")
    facts: list[AnyEvent] = [RoomOpened(at=SIX, node="n", epoch=number), middle]
    if closed_at is not None:
        facts.append(RoomClosed(at=closed_at, count=count))
    return [
        msgspec.structs.replace(fact, id=f"{number}-{n}", seq=(number << EPOCH_BITS) | n)
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
        pytest.param([SessionEnded(id="e", at=SIX)], False, id="no room at all"),
        pytest.param(epoch(1) + epoch(2, ended=True, closed_at=NINE), False, id="a dead node's epoch never closed"),
        pytest.param(epoch(1, closed_at=SIX) + epoch(2, ended=True, closed_at=NINE), True, id="both epochs whole"),
        pytest.param(epoch(2, ended=True, closed_at=NINE), False, id="the first epoch not here at all"),
        pytest.param(
            epoch(1, closed_at=SIX) + epoch(3, ended=True, closed_at=NINE), False, id="the one between not here"
        ),
    ],
)
def test_when_a_session_is_final(facts: list[AnyEvent], final: bool) -> None:
    assert statements.is_final(facts, NINE) is final
    assert statements.is_final([*reversed(facts), *facts], NINE) is final


STATED = Stated(
    session="s", service_date=date(2026, 9, 15), participant_count=3, policy=PolicyReference("p", 1, "d"),
    incomplete=False,
)  # fmt: skip


def record(credited_s: int) -> ClientRecord:
    return ClientRecord(
        connected_s=credited_s, credited_s=credited_s, billable_s=credited_s, status="present", holds=(), late_s=0,
        units={"Q15F": credited_s // 900},
    )  # fmt: skip


def statement(credited_s: int, stated: Stated = STATED) -> AttendanceStated:
    return statements.first(stated, "pat", record(credited_s), NINE)


def told(last: AttendanceStated | None, now: AttendanceStated) -> AttendanceStated:
    following = statements.following(last, now)
    assert following is not None
    return msgspec.structs.replace(following, id=f"statement-{following.version}")


def test_the_first_statement_is_all_delta() -> None:
    first = told(None, statement(10_725))
    assert (first.version, first.supersedes, first.delta_credited_s) == (1, None, 10_725)


def test_nothing_new_is_not_stated() -> None:
    assert statements.following(told(None, statement(10_725)), statement(10_725)) is None


def test_late_facts_state_the_difference_and_what_they_supersede() -> None:
    first = told(None, statement(10_800))
    second = told(first, statement(10_725))
    assert (second.version, second.supersedes, second.credited_s) == (2, first.id, 10_725)
    assert (second.delta_credited_s, second.delta_billable_s) == (-75, -75)
    third = told(second, statement(10_800))
    assert (third.version, third.supersedes, third.delta_credited_s) == (3, second.id, 75)


@pytest.mark.parametrize("changes", [{"incomplete": True}, {"participant_count": 4}])
def test_what_changes_a_claim_without_a_second_is_stated_too(changes: dict[str, object]) -> None:
    first = told(None, statement(10_800, msgspec.structs.replace(STATED, **changes)))
    second = told(first, statement(10_800))
    assert (second.version, second.delta_credited_s) == (2, 0)


def test_a_client_taken_off_the_roster_is_stated_with_nothing() -> None:
    first = told(None, statement(10_800))
    gone = told(first, statements.first(STATED, "pat", statements.withdrawn(first), NINE))
    assert (gone.status, gone.credited_s, gone.delta_credited_s, gone.units) == ("no_show", 0, -10_800, {"Q15F": 0})


def test_the_latest_statement_of_each_client_counts() -> None:
    first = told(None, statement(10_800))
    second = told(first, statement(10_725))
    assert statements.latest([second, first, ConnectionSeen(at=SIX, connection="c")]) == {"pat": second}
