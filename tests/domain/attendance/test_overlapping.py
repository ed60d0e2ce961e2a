"""One service at a time: which of two sessions keeps a doubly attended second."""

from domain.attendance.credit import attendance
from domain.events.schedule import RosterEntry
from domain.policy import Policy
from tests.domain.timeline import session

DANA = "09:00 dana joins as facilitator\n10:00 dana leaves\n"


def credited(*sessions) -> dict[str, int]:
    return {name: record.clients["pat"].credited_s for name, record in attendance(sessions).items()}


def with_dana(name: str, story: str, start: str = "09:00", **plan):
    return session(DANA + story, start, "10:00", session=name, **plan)


def test_the_session_whose_lobby_was_entered_first_keeps_the_seconds() -> None:
    first = with_dana("B", "09:00 pat waits\n09:10 pat is admitted\n10:00 pat leaves")
    second = with_dana("A", "09:05 pat joins\n09:40 pat leaves")
    assert credited(first, second) == {"A": 300, "B": 3000}


def test_a_pull_out_keeps_the_seconds_even_if_entered_later() -> None:
    group = with_dana("G", "09:00 pat joins\n10:00 pat leaves")
    pulled = with_dana("I", "09:20 pat joins\n09:40 pat leaves", "09:20", pull_out=True, parent="G", kind="individual")
    assert credited(group, pulled) == {"G": 2400, "I": 1200}


def test_a_tie_goes_to_the_earlier_start_then_to_the_smaller_id() -> None:
    early = with_dana("Z", "09:00 pat joins\n09:30 pat leaves", "08:00")
    late = with_dana("A", "09:00 pat joins\n09:30 pat leaves")
    assert credited(early, late) == {"A": 0, "Z": 1800}
    assert credited(with_dana("B", "09:00 pat joins\n09:30 pat leaves"), late) == {"A": 1800, "B": 0}


def test_a_session_known_only_from_a_correction_comes_last() -> None:
    by_correction = with_dana("A", "12:00 pat is credited 09:00 to 10:00", roster=(RosterEntry("pat"),))
    attended = with_dana("B", "09:50 pat joins\n10:00 pat leaves")
    assert credited(by_correction, attended) == {"A": 3000, "B": 600}


def test_the_other_session_loses_the_seconds_even_if_they_are_held() -> None:
    held = session(DANA + "09:20 pat joins\n10:00 pat leaves", "09:00", "10:00", session="A")
    other = with_dana("B", "09:30 pat joins\n10:00 pat leaves")
    records = attendance([held, other])
    assert (records["A"].clients["pat"].billable_s, records["A"].clients["pat"].holds) == (0, ("late_cutoff",))
    assert records["B"].clients["pat"].credited_s == 0


def test_a_client_who_was_denied_keeps_nothing_in_that_session() -> None:
    denied = session(
        DANA + "09:20 pat joins\n10:00 pat leaves", "09:00", "10:00", Policy(late_effect="deny"), session="A"
    )
    assert credited(denied, with_dana("B", "09:30 pat joins\n10:00 pat leaves")) == {"A": 0, "B": 1800}


def test_of_two_pull_outs_the_one_entered_first_keeps_the_seconds() -> None:
    first = with_dana("B", "09:00 pat joins\n09:30 pat leaves", pull_out=True)
    second = with_dana("A", "09:10 pat joins\n09:40 pat leaves", pull_out=True)
    assert credited(first, second) == {"A": 600, "B": 1800}


def test_a_client_who_lost_every_second_does_not_count_in_the_group() -> None:
    group = with_dana(
        "G", "09:00 pat joins\n10:00 pat leaves\n09:00 sam joins\n10:00 sam leaves", policy=Policy(group_max=1)
    )
    pulled = with_dana("I", "09:00 pat joins\n10:00 pat leaves", pull_out=True, kind="individual")
    records = attendance([group, pulled])
    assert (records["G"].participant_count, records["G"].clients["sam"].holds) == (1, ())


def test_three_sessions_at_once_are_credited_once() -> None:
    stories = [with_dana(name, f"09:0{n} pat joins\n09:30 pat leaves") for n, name in enumerate("CAB")]
    assert sum(credited(*stories).values()) == 1800


def test_so_far_nothing_is_given_up_and_both_are_marked() -> None:
    sessions = [
        with_dana("A", "09:00 pat joins\n09:30 pat leaves"),
        with_dana("B", "09:10 pat joins\n09:20 pat leaves"),
    ]
    records = attendance(sessions, now=sessions[0].plan.end)
    assert [records[name].clients["pat"].credited_s for name in "AB"] == [1800, 600]
    assert [records[name].clients["pat"].also_in for name in "AB"] == [("B",), ("A",)]
