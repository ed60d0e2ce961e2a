"""What is stated about a client, and what is stated again: only differences."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from domain.attendance.records import ClientRecord, SessionRecord
from domain.billing import statements
from domain.billing.statements import Stated
from domain.events.billing import AttendanceStated
from domain.events.room import ConnectionSeen
from domain.events.schedule import PolicyReference

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)
NINE = SIX + timedelta(hours=3)


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


def following(last: AttendanceStated | None, now: AttendanceStated) -> AttendanceStated:
    following = statements.following(last, now)
    assert following is not None
    return msgspec.structs.replace(following, id=f"statement-{following.version}")


def test_the_first_statement_is_all_delta() -> None:
    first = following(None, statement(10_725))
    assert (first.version, first.supersedes, first.delta_credited_s) == (1, None, 10_725)


def test_nothing_new_is_not_stated() -> None:
    assert statements.following(following(None, statement(10_725)), statement(10_725)) is None


def test_late_facts_state_the_difference_and_what_they_supersede() -> None:
    first = following(None, statement(10_800))
    second = following(first, statement(10_725))
    assert (second.version, second.supersedes, second.credited_s) == (2, first.id, 10_725)
    assert (second.delta_credited_s, second.delta_billable_s) == (-75, -75)
    third = following(second, statement(10_800))
    assert (third.version, third.supersedes, third.delta_credited_s) == (3, second.id, 75)


@pytest.mark.parametrize("changes", [{"incomplete": True}, {"participant_count": 4}])
def test_a_change_of_the_claim_without_seconds_is_stated_too(changes: dict[str, object]) -> None:
    first = following(None, statement(10_800, msgspec.structs.replace(STATED, **changes)))
    second = following(first, statement(10_800))
    assert (second.version, second.delta_credited_s) == (2, 0)


def test_a_client_removed_from_the_roster_is_stated_with_zero() -> None:
    first = following(None, statement(10_800))
    gone = following(first, statements.first(STATED, "pat", statements.withdrawn(first), NINE))
    assert (gone.status, gone.credited_s, gone.delta_credited_s, gone.units) == ("withdrawn", 0, -10_800, {"Q15F": 0})


def test_the_latest_statement_of_each_client_counts() -> None:
    first = following(None, statement(10_800))
    second = following(first, statement(10_725))
    assert statements.latest([second, first, ConnectionSeen(at=SIX, connection="c")]) == {"pat": second}


def of_the_first_release(credited_s: int, **changes: object) -> AttendanceStated:
    """A statement in the shape of the first release."""
    old = following(None, statement(credited_s))
    return msgspec.structs.replace(old, v=1, outcome=None, **changes)


NOW = msgspec.structs.replace(STATED, outcome="held")


def test_a_field_that_the_first_release_lacked_is_no_change() -> None:
    assert statements.following(of_the_first_release(10_725), statement(10_725, NOW)) is None
    assert statements.following(of_the_first_release(10_725), statement(10_725, NOW), "rule_changed") is None


def test_an_excuse_is_stated_even_after_a_statement_of_the_first_release() -> None:
    absent = msgspec.structs.replace(record(0), status="no_show", excused=True)
    last = of_the_first_release(0, status="no_show")
    assert following(last, statements.first(NOW, "pat", absent, NINE)).excused


def test_a_later_field_is_compared_between_statements_that_have_it() -> None:
    last = following(None, statement(10_725, NOW))
    assert following(last, statement(10_725, msgspec.structs.replace(NOW, outcome="cancelled"))).outcome == "cancelled"


def test_after_a_change_of_rules_only_a_different_claim_is_stated_with_its_cause() -> None:
    last = of_the_first_release(0, status="no_show", holds=("late_cutoff",), incomplete=True)
    not_held = msgspec.structs.replace(record(0), status="not_held")
    again = statements.following(last, statements.first(NOW, "pat", not_held, NINE), "rule_changed")
    assert again is not None
    assert (again.status, again.holds, again.cause, again.version) == ("not_held", (), "rule_changed", 2)
    same = statements.first(msgspec.structs.replace(NOW, participant_count=9), "pat", record(10_725), NINE)
    assert statements.following(of_the_first_release(10_725, incomplete=True), same, "rule_changed") is None


def test_a_first_statement_has_no_cause() -> None:
    first = statements.following(None, statement(10_725), "rule_changed")
    assert first is not None
    assert (first.version, first.cause) == (1, None)


def test_a_client_who_is_not_to_be_stated_is_withdrawn_if_stated_before() -> None:
    at_the_door = msgspec.structs.replace(record(0), stated=False)
    session = SessionRecord(
        service_date=date(2026, 9, 15), start=0, end=0, net_s=0, facilitator_gap_s=0, participant_count=1,
        clients={"pat": record(900), "sam": at_the_door, "zoe": at_the_door},
    )  # fmt: skip
    stated = {"zoe": following(None, statements.first(STATED, "zoe", record(0), NINE))}
    found = statements.stated_clients(session, stated)
    assert {client: one.status for client, one in found.items()} == {"pat": "present", "zoe": "withdrawn"}


def test_a_session_that_is_not_over_has_no_statement() -> None:
    with pytest.raises(ValueError, match="not over"):
        statements.first(STATED, "pat", msgspec.structs.replace(record(0), status=None), NINE)
