"""Stories of a room: where its window ends, and what breaks remove (steps 5 and 7)."""

import pytest

from domain.attendance.credit import attendance
from domain.policy import Policy
from tests.domain.timeline import session

DANA = "09:00 dana joins as facilitator\n11:00 dana leaves\n"


def pat(story: str, policy: Policy | None = None, **plan: object):
    """Pat's record of a session from nine to ten; Dana is there all the time."""
    facts = session(DANA + story, "09:00", "10:00", policy, **plan)
    return attendance([facts])["G"].clients["pat"]


def test_declared_breaks_replace_planned_breaks() -> None:
    whole = "09:00 pat joins\n10:00 pat leaves\n"
    planned = session(DANA + whole, "09:00", "10:00").plan.start
    breaks = ((planned, planned.replace(minute=15)),)
    assert pat(whole, breaks=breaks).credited_s == 2700
    assert pat(whole + "09:30 break starts\n09:40 break ends", breaks=breaks).credited_s == 3000
    assert pat(whole + "09:30 break starts\n09:30 break ends", breaks=breaks).credited_s == 3600
    assert pat(whole + "10:30 break starts", breaks=breaks).credited_s == 3600
    assert pat(whole + "09:50 break starts", breaks=breaks).credited_s == 3000
    assert pat(whole + "09:50 break ends", breaks=breaks).credited_s == 2700


def test_the_window_ends_where_staff_ended_or_extended_the_session() -> None:
    whole = "09:00 pat joins\n11:00 pat leaves\n"
    assert pat(whole).credited_s == 3600
    assert pat(whole + "09:40 session ends\n09:50 session ends").credited_s == 2400
    assert pat(whole + "09:40 session is extended to 10:30").credited_s == 5400
    assert pat(whole + "09:40 session is extended to 10:30\n09:45 session is extended to 09:50").credited_s == 3000
    assert pat(whole + "09:40 session ends\n09:45 session is extended to 10:30").credited_s == 2400
    assert pat(whole + "08:40 session ends").credited_s == 0


@pytest.mark.parametrize(
    ("story", "end"),
    [
        ("08:40 session ends", "10:00"),
        ("09:00 session ends", "10:00"),
        ("08:30 session is extended to 08:50", "10:00"),
        ("", "09:00"),
    ],
)
def test_in_an_empty_window_nobody_is_credited_or_absent(story: str, end: str) -> None:
    facts = session("08:50 pat joins\n09:30 pat leaves\n" + story, "09:00", end)
    record = attendance([facts], explain=True)["G"]
    assert (record.start, record.end) == (record.start, record.start)
    assert (record.net_s, record.facilitator_gap_s, record.participant_count) == (0, 0, 0)
    client = record.clients["pat"]
    assert (client.connected_s, client.credited_s, client.billable_s, client.status) == (2400, 0, 0, "not_held")
    assert (client.late_s, client.derivation, set(client.units.values())) == (0, (), {0})


def test_an_extension_in_the_second_of_the_end_counts_when_it_was_recorded_before_it() -> None:
    whole = "09:00 pat joins\n11:00 pat leaves\n"
    assert pat(whole + "09:40 session is extended to 09:30\n09:40 session ends").credited_s == 1800
    assert pat(whole + "09:40 session ends\n09:40 session is extended to 09:30").credited_s == 2400


def test_a_second_start_or_end_of_a_break_changes_nothing_and_there_may_be_several() -> None:
    whole = "09:00 pat joins\n10:00 pat leaves\n"
    assert pat(whole + "09:10 break starts\n09:15 break starts\n09:20 break ends\n09:25 break ends").credited_s == 3000
    assert pat(whole + "09:10 break starts\n09:20 break ends\n09:30 break starts\n09:40 break ends").credited_s == 2400
