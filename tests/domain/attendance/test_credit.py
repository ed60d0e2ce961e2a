"""The minute: worked cases, and generated evenings against an oracle that counts second by second."""

import copy
import random
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.attendance.credit import attendance
from domain.attendance.records import CREDITED, ClientRecord, SessionRecord
from domain.events.schedule import Block, RosterEntry
from domain.instants import second
from domain.policy import Policy
from domain.proof.cases import plain, read
from tests.domain import evenings
from tests.domain.oracle import attendance as oracle
from tests.domain.timeline import clock, session

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.json"))
NOT_HERE = ("never_came", "not_yet_here", "in_lobby", "left", "lost")
EXAMPLES = settings.default.max_examples * 5 // 2
generated = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


def worked_out(case: dict, **how: object) -> dict[str, SessionRecord]:
    return attendance(read(msgspec.json.encode(case)).sessions, **how)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_case_gives_the_exact_answer(path: Path) -> None:
    case = read(path.read_bytes())
    assert plain(attendance(case.sessions)) == case.expect


@given(evenings.cases())
@generated
def test_the_arithmetic_agrees_with_counting_second_by_second(case: dict) -> None:
    expect, reasons, further = oracle.answer(case)
    records = worked_out(case, explain=True)
    assert plain(records) == expect
    assert reasons_by_second(records) == reasons
    assert further_fields(records) == further


@given(evenings.cases(), st.integers(-20, evenings.LENGTH + 30))
@generated
def test_so_far_agrees_with_counting_second_by_second_up_to_now(case: dict, into_the_session: int) -> None:
    now = datetime.fromisoformat(case["sessions"][0]["start"]) + timedelta(seconds=into_the_session)
    expect, reasons, further = oracle.answer(case, second(now))
    records = worked_out(case, now=now, explain=True)
    assert plain(records) == expect
    assert reasons_by_second(records) == reasons
    assert further_fields(records) == further


@given(evenings.cases())
@generated
def test_so_far_at_the_end_equals_the_record(case: dict) -> None:
    (session, *_) = case["sessions"]
    session["events"] += closed_at_midnight(session)
    alone = case | {"sessions": [session]}
    after = datetime.fromisoformat(session["start"]) + timedelta(days=1)
    assert worked_out(alone, now=after, explain=True) == worked_out(alone, explain=True)


def closed_at_midnight(session: dict) -> list:
    """The last node closes the room, whether or not people are still in it."""
    epoch = max((event["seq"] >> 32 for event in session["events"]), default=0)
    at = datetime.fromisoformat(session["start"]) + timedelta(hours=23)
    return [{"type": "room.closed", "seq": (epoch << 32) + 999, "at": at.isoformat(), "count": 1}]


def reasons_by_second(records: dict[str, SessionRecord]) -> dict:
    return {(name, p): seconds_by_reason(client) for name, r in records.items() for p, client in r.clients.items()}


def further_fields(records: dict[str, SessionRecord]) -> dict:
    return {(name, p): further(record, p) for name, record in records.items() for p in record.clients}


def further(record: SessionRecord, person: str) -> dict:
    client = record.clients[person]
    flags = {"late": "late" in client.flags, "reinstated": "reinstated" in client.flags}
    said = {"outcome": record.outcome, "in_use": "cancelled_in_use" in record.flags}
    return said | flags | {"excused": client.excused, "stated": client.stated}


def seconds_by_reason(client) -> dict:
    """Each second's reason; a second with two reasons would show as an error."""
    found = {}
    for span in client.derivation:
        reason = "not_here" if span.reason in NOT_HERE else span.reason
        for t in range(span.start.at, span.end.at):
            assert t not in found
            found[t] = reason
    return found


@given(evenings.cases())
@generated
def test_the_credited_spans_of_a_derivation_sum_to_the_credit(case: dict) -> None:
    for record in worked_out(case, explain=True).values():
        for client in record.clients.values():
            credited = [span for span in client.derivation if span.reason in CREDITED]
            assert sum(span.seconds for span in credited) == client.credited_s
            assert sum(span.seconds for span in credited if not span.unbilled) == client.billable_s
            assert sum(block.credited_s for block in client.blocks) == client.credited_s


@given(evenings.cases(), st.randoms(use_true_random=False))
@generated
def test_shuffled_and_repeated_events_give_the_same_bytes(case: dict, chance: random.Random) -> None:
    shuffled = copy.deepcopy(case)
    for each in shuffled["sessions"]:
        each["events"] += chance.choices(each["events"], k=len(each["events"])) if each["events"] else []
        chance.shuffle(each["events"])
    chance.shuffle(shuffled["sessions"])
    before, after = worked_out(case, explain=True), worked_out(shuffled, explain=True)
    assert msgspec.json.encode(before) == msgspec.json.encode(after)


DANA = "09:00 dana joins as facilitator\n11:00 dana leaves\n"


def pat(story: str, policy: Policy | None = None, **plan: object) -> ClientRecord:
    """Pat's record of a session from nine to ten; Dana is there all the time."""
    return attendance([session(DANA + story, "09:00", "10:00", policy, **plan)])["G"].clients["pat"]


@pytest.mark.parametrize(
    ("effect", "answer"),
    [
        ("credit_not_bill", (2699, 0, ("late_cutoff",))),
        ("warn", (2699, 2699, ())),
        ("deny", (0, 0, ())),
    ],
)
def test_one_second_over_the_cutoff_has_the_policys_effect(effect: str, answer: tuple) -> None:
    client = pat("09:15:01 pat joins\n10:00 pat leaves", Policy(late_effect=effect))
    assert (client.credited_s, client.billable_s, client.holds) == answer
    assert (client.late_s, client.flags) == (901, ("late",))


def test_exactly_fifteen_minutes_is_not_late() -> None:
    client = pat("09:15 pat waits\n09:20 pat is admitted\n10:00 pat leaves")
    assert (client.late_s, client.holds, client.flags) == (900, (), ())


def test_early_clients_are_not_late_and_absent_clients_are_neither() -> None:
    assert pat("08:50 pat joins\n10:00 pat leaves").late_s == 0
    assert pat("", roster=(RosterEntry("pat"),)).late_s is None


def test_a_late_client_who_was_never_admitted_is_held_too() -> None:
    client = pat("09:30 pat waits\n09:40 pat leaves")
    assert (client.status, client.holds) == ("not_served", ("late_cutoff",))


@pytest.mark.parametrize(
    ("credited", "status"),
    [("09:53:59", "partial"), ("09:54", "present"), ("09:00:01", "partial"), ("09:00", "no_show")],
)
def test_status_is_measured_exactly_against_the_scheduled_length(credited: str, status: str) -> None:
    assert pat(f"09:00 pat joins\n{credited} pat leaves").status == status


def test_status_is_measured_against_the_schedule_not_the_actual_window() -> None:
    whole = "09:00 pat joins\n11:00 pat leaves\n"
    assert pat(whole + "09:50 session ends").status == "partial"
    assert pat(whole + "09:05 break starts\n09:20 break ends").status == "partial"
    start = clock("09:00")
    planned = ((start, start.replace(minute=10)), (start.replace(minute=5), start.replace(minute=15)))
    assert pat(whole + "09:00 break starts\n09:19:30 break ends", breaks=planned).status == "present"


def test_seconds_are_divided_among_blocks_and_add_up_to_the_session() -> None:
    start = clock("09:00")
    blocks = (
        Block("education", start.replace(minute=30), start.replace(minute=50)),
        Block("group", start, start.replace(minute=25)),
    )
    story = "09:10 pat joins\n11:00 pat leaves\n09:40 session is extended to 10:10"
    client = pat(story, blocks=blocks)
    assert [(block.kind, block.credited_s) for block in client.blocks] == [("group", 1200), ("education", 2400)]
    assert sum(block.credited_s for block in client.blocks) == client.credited_s == 3600


def test_a_session_without_blocks_is_one_block() -> None:
    (block,) = pat("09:15:01 pat joins\n10:00 pat leaves").blocks
    assert (block.kind, block.credited_s, block.billable_s) == ("group", 2699, 0)
    assert (block.start, block.end) == (second(clock("09:00")), second(clock("10:00")))


def test_each_block_has_billable_seconds_too() -> None:
    start = clock("09:00")
    blocks = (
        Block("group", start, start.replace(minute=30)),
        Block("skills", start.replace(minute=30), clock("10:00")),
    )
    crowded = Policy(group_max=1, group_count="concurrent")
    story = "09:00 pat joins\n10:00 pat leaves\n09:40 sam joins\n10:00 sam leaves"
    assert [block.billable_s for block in pat(story, crowded, blocks=blocks).blocks] == [1800, 600]


def test_a_record_has_the_window_and_credited_seconds_and_reasons_only_if_asked() -> None:
    facts = session(DANA + "09:10 pat joins\n09:20 pat leaves\n09:50 session ends", "09:00", "10:00")
    record = attendance([facts])["G"]
    assert (record.start, record.end) == (second(clock("09:00")), second(clock("09:50")))
    assert record.clients["pat"].credited == ((second(clock("09:10")), second(clock("09:20"))),)
    assert (record.clients["pat"].derivation, record.clients["pat"].outside) == (None, None)


def test_the_service_date_is_the_local_date_of_the_scheduled_start() -> None:
    facts = session("", "02:30", "05:45", timezone="America/New_York")
    assert str(attendance([facts])["G"].service_date) == "2026-09-14"


def test_staff_on_the_roster_are_clients_only_if_they_join_as_clients() -> None:
    roster = (RosterEntry("dana", "facilitator"), RosterEntry("pat"), RosterEntry("zoe", "observer"))
    story = DANA + "09:10 ruth joins\n09:20 ruth leaves"
    assert list(attendance([session(story, "09:00", "10:00", roster=roster)])["G"].clients) == ["pat", "ruth"]


def test_a_facilitator_who_is_also_a_client_has_separate_connections_for_each() -> None:
    story = "09:00 dana joins as facilitator\n10:00 dana leaves\n09:30 dana joins on phone\n09:40 dana leaves on phone"
    record = attendance([session(story, "09:00", "10:00")])["G"]
    assert (record.clients["dana"].connected_s, record.clients["dana"].late_s, record.facilitator_gap_s) == (
        600,
        1800,
        0,
    )
