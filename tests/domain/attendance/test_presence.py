"""Stories of one person: when they were present, on what evidence, and which gaps are bridged (steps 1 to 3)."""

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.reasons import error_s
from domain.attendance.session import work_out
from domain.events.room import ConnectionClosed, ConnectionMedium, PersonRemoved, PersonReturned
from domain.instants import second
from domain.policy import Policy
from tests.domain.timeline import clock, session

DANA = "09:00 dana joins as facilitator\n11:00 dana leaves\n"


def pat(story: str, policy: Policy | None = None, **plan: object):
    """Pat's record of a session from nine to ten; Dana is there all the time."""
    facts = session(DANA + story, "09:00", "10:00", policy, **plan)
    return attendance([facts])["G"].clients["pat"]


def test_a_client_is_credited_from_joining_to_leaving() -> None:
    assert pat("09:05 pat joins\n09:15 pat leaves").credited_s == 600


def test_a_second_leave_adds_no_time() -> None:
    assert pat("09:00 pat joins\n09:10 pat leaves\n09:30 pat leaves").credited_s == 600


def test_the_lobby_is_not_presence() -> None:
    client = pat("09:00 pat waits\n09:20 pat is admitted\n09:30 pat leaves")
    assert (client.credited_s, client.late_s) == (600, 0)


def test_a_closed_connection_does_not_come_back() -> None:
    assert pat("09:00 pat joins\n09:10 pat leaves\n09:20 pat is admitted\n09:30 pat leaves").connected_s == 600


def test_two_devices_never_count_twice() -> None:
    story = "09:00 pat joins\n09:05 pat joins on phone\n09:10 pat leaves\n09:20 pat leaves on phone"
    assert pat(story).connected_s == 1200


def test_a_loss_is_dated_at_the_later_of_last_seen_and_seen() -> None:
    assert pat("09:00 pat joins\n09:12 pat is seen\n09:20 pat is lost, last seen 09:10").connected_s == 720
    assert pat("09:00 pat joins\n09:08 pat is seen\n09:20 pat is lost, last seen 09:10").connected_s == 600


@pytest.mark.parametrize(
    ("missed", "bound"),
    [("09:11", 60), (None, 600), ("09:09", 600), ("09:25", 600)],
    ids=["asked and not answered", "nobody asked", "it gave a sign after that", "never later than the close"],
)
def test_a_connection_that_was_missed_was_lost_by_then(missed: str | None, bound: int) -> None:
    facts = session(DANA + "09:00 pat joins\n09:20 pat is lost, last seen 09:10", "09:00", "10:00")
    missed_at = None if missed is None else clock(missed)
    events = [
        msgspec.structs.replace(event, missed_at=missed_at)
        if isinstance(event, ConnectionClosed) and event.cause == "lost"
        else event
        for event in facts.events
    ]
    (stay,) = work_out(msgspec.structs.replace(facts, events=events), None).clients["pat"].presence.stays
    assert error_s(stay, second(clock("10:00"))) == bound


def test_evidence_is_never_later_than_the_close() -> None:
    assert pat("09:00 pat joins\n09:20 pat is lost, last seen 09:30").connected_s == 1200


def test_a_loss_without_evidence_credits_nothing_after_the_last_admission() -> None:
    story = "09:00 pat joins\n09:10 pat is returned\n09:20 pat is admitted\n09:30 pat is lost"
    assert pat(story).connected_s == 600


def test_a_second_admission_is_no_evidence() -> None:
    assert pat("09:00 pat joins\n09:20 pat is admitted\n09:30 pat is lost").connected_s == 0


def test_a_loss_cuts_every_presence_of_the_connection() -> None:
    story = "09:00 pat joins\n09:10 pat is returned\n09:20 pat is admitted\n09:30 pat is lost, last seen 09:06"
    assert pat(story).connected_s == 360


def test_a_connection_that_was_never_closed_counts_to_its_last_evidence_and_is_flagged() -> None:
    client = pat("09:00 pat joins\n09:25 pat is seen")
    assert (client.connected_s, client.flags) == (1500, ("never_closed",))
    assert pat("09:00 pat joins").connected_s == 0


@pytest.mark.parametrize(
    ("how", "bridged"),
    [
        ("leaves", True),
        ("is lost, last seen 09:10", True),
        ("is removed", False),
        ("is ended", False),
        ("is returned", False),
    ],
)
def test_acts_of_staff_are_not_bridged(how: str, bridged: bool) -> None:
    story = f"09:00 pat joins\n09:10 pat {how}\n09:12 pat joins on phone\n09:20 pat leaves on phone\n09:40 pat leaves"
    assert pat(story).credited_s == (1200 if bridged else 1080)


def test_a_gap_of_121_seconds_is_not_bridged() -> None:
    story = "09:00 pat joins\n09:10 pat leaves\n09:12:01 pat joins\n09:20 pat leaves"
    assert pat(story).credited_s == 600 + 479


def test_when_two_connections_end_together_both_must_allow_the_bridge() -> None:
    both = "09:00 pat joins\n09:00 pat joins on phone\n09:10 pat leaves\n09:10 pat is removed on phone\n"
    assert pat(both + "09:11 pat joins\n09:20 pat leaves").credited_s == 600 + 540


def test_a_connection_of_no_length_does_not_affect_the_bridge() -> None:
    story = "09:00 pat joins\n09:10 pat joins on phone\n09:10 pat is removed on phone\n09:10 pat leaves\n"
    assert pat(story + "09:11 pat joins\n09:20 pat leaves").credited_s == 1200


def test_a_gap_that_overlaps_an_addition_is_not_bridged() -> None:
    story = "09:00 pat joins\n09:10 pat leaves\n09:12 pat joins\n09:20 pat leaves\n"
    assert pat(story + "12:00 pat is credited 09:11 to 09:11:30").credited_s == 1080 + 30
    assert pat(story + "12:00 pat is credited 09:05 to 09:10").credited_s == 1200


def test_an_addition_that_does_not_count_does_not_prevent_a_bridge() -> None:
    story = "09:00 pat joins\n09:10 pat leaves\n09:12 pat joins\n09:20 pat leaves\n"
    assert pat(story + "12:00 pat is credited 09:11 to 09:11").credited_s == 1200
    assert pat(story + "12:00 pat is uncredited 09:11 to 09:11:30").credited_s == 1200 - 30
    assert pat(story + "12:00 pat is credited 09:12 to 09:13").credited_s == 1200
    assert pat(story + "12:00 pat is credited 09:11:59 to 09:12").credited_s == 1080 + 1
    facts = session(DANA + story + "12:00 pat is credited 09:11 to 09:11:30", "09:00", "10:00")
    alone = [msgspec.structs.replace(event, by=None) if event.id == "l7" else event for event in facts.events]
    assert attendance([msgspec.structs.replace(facts, events=alone)])["G"].clients["pat"].credited_s == 1200


def test_a_loss_that_cuts_an_earlier_stay_leaves_a_gap_that_may_be_bridged() -> None:
    story = "09:00 pat joins\n09:10 pat is returned\n09:11 pat is admitted\n09:30 pat is lost, last seen 09:09\n"
    assert pat(story).connected_s == 540
    assert pat(story + "09:10:30 pat joins on phone\n09:20 pat leaves on phone").credited_s == 1200


def test_devices_that_left_in_the_same_second_are_bridged_unless_staff_removed_one() -> None:
    both = "09:00 pat joins\n09:00 pat joins on phone\n09:10 pat leaves\n09:14 pat is lost on phone, last seen 09:10\n"
    assert pat(both + "09:11 pat joins\n09:20 pat leaves").credited_s == 1200


def test_removing_another_person_in_the_same_second_does_not_prevent_a_bridge() -> None:
    story = "09:00 pat joins\n09:10 pat leaves\n09:11 pat joins\n09:20 pat leaves\n"
    beside = "09:00 pat joins on phone as observer\n09:10 pat is removed on phone"
    assert pat(story + beside).credited_s == 1200


def test_being_sent_back_before_a_loss_remains_an_act_of_staff() -> None:
    story = "09:00 pat joins\n09:10 pat is returned\n09:11 pat is admitted\n"
    assert pat(story + "09:30 pat is lost, last seen 09:25").credited_s == 600 + 840
    assert pat(story + "09:30 pat is lost, last seen 09:10\n09:12 pat joins\n09:20 pat leaves").credited_s == 600 + 480


def test_an_opening_names_its_connection_in_any_order() -> None:
    facts = session(DANA + "09:00 pat joins\n09:30 pat leaves", "09:00", "10:00")
    *dana, opened, admitted, left = facts.events
    late = msgspec.structs.replace(opened, at=clock("09:40"))
    client = attendance([msgspec.structs.replace(facts, events=[*dana, late, admitted, left])])["G"].clients["pat"]
    assert (client.credited_s, client.late_s) == (1800, 2400)


def test_a_connection_closed_before_its_admission_was_never_present() -> None:
    facts = session(DANA + "09:00 pat waits\n09:10 pat leaves\n09:20 pat is admitted", "09:00", "10:00")
    *dana, opened, closed, admitted = facts.events
    late = msgspec.structs.replace(opened, at=clock("09:15"))
    client = attendance([msgspec.structs.replace(facts, events=[*dana, late, closed, admitted])])["G"].clients["pat"]
    assert (client.connected_s, client.late_s, client.status, client.flags) == (0, 900, "no_show", ())


def test_a_sign_of_life_after_a_loss_counts_up_to_the_close() -> None:
    assert pat("09:00 pat joins\n09:20 pat is lost, last seen 09:10\n09:25 pat is seen").connected_s == 1200


def test_the_medium_changes_no_second() -> None:
    facts = session(DANA + "09:00 pat joins\n09:30 pat leaves", "09:00", "10:00")
    phone = ConnectionMedium(id="m", seq=99, at=clock("09:10"), connection="pat-laptop-3", medium="phone")
    assert attendance([msgspec.structs.replace(facts, events=[*facts.events, phone])]) == attendance([facts])


def test_a_move_to_another_node_is_bridged() -> None:
    facts = session(DANA + "09:00 pat joins\n09:10 pat leaves\n09:12 pat joins\n09:20 pat leaves", "09:00", "10:00")
    moved = [
        msgspec.structs.replace(event, cause="moved") if isinstance(event, ConnectionClosed) else event
        for event in facts.events
    ]
    assert attendance([msgspec.structs.replace(facts, events=moved)])["G"].clients["pat"].credited_s == 1200


def test_being_sent_back_is_no_evidence_for_an_unclosed_connection() -> None:
    assert pat("09:00 pat joins\n09:20 pat is returned").connected_s == 0


@pytest.mark.parametrize(("at", "credited"), [("09:10:30", 3540), ("09:10", 3540), ("09:11", 3600), ("09:30", 3600)])
@pytest.mark.parametrize("act", [PersonRemoved, PersonReturned])
def test_a_gap_in_which_staff_sent_the_person_out_is_not_bridged(act: type, at: str, credited: int) -> None:
    facts = session(
        DANA + "09:00 pat joins\n09:10 pat is lost, last seen 09:10\n09:11 pat joins\n10:00 pat leaves",
        "09:00",
        "10:00",
    )
    sent_off = act(id="sent off", seq=3, at=clock(at), person="pat", by="dana")
    changed = msgspec.structs.replace(facts, events=[*facts.events, sent_off])
    assert attendance([changed])["G"].clients["pat"].credited_s == credited


def test_a_gap_in_which_staff_removed_a_silent_connection_is_not_bridged() -> None:
    facts = session(
        DANA + "09:00 pat joins\n09:10:20 pat is lost, last seen 09:10\n09:11 pat joins\n10:00 pat leaves",
        "09:00", "10:00",
    )  # fmt: skip
    for act, credited in (("removed", 3540), (None, 3600)):
        events = [
            msgspec.structs.replace(event, act=act)
            if isinstance(event, ConnectionClosed) and event.cause == "lost"
            else event
            for event in facts.events
        ]
        changed = msgspec.structs.replace(facts, events=events)
        assert attendance([changed])["G"].clients["pat"].credited_s == credited
