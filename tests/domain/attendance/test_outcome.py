"""The outcome of a session and each client's status: one story per sentence of the rules."""

import pytest

from domain.attendance.credit import attendance
from domain.attendance.outcome import cancellation
from domain.attendance.records import ClientRecord, SessionRecord
from domain.attendance.timeline import Act
from domain.events.schedule import RosterEntry
from domain.instants import second
from domain.policy import Policy
from tests.domain.timeline import clock, session

DANA = "09:00 dana joins as facilitator\n10:00 dana leaves\n"
STAY = DANA + "09:10 pat joins\n09:20 pat leaves\n"
LATE_DANA = "09:30 dana joins as facilitator\n10:00 dana leaves\n"
ROSTER = (RosterEntry("dana", "facilitator"), RosterEntry("pat"), RosterEntry("sam"))


def record_of(story: str, policy: Policy | None = None, now: str | None = None, **plan: object) -> SessionRecord:
    """The record of a session from nine to ten with Pat and Sam on its roster."""
    facts = session(story, "09:00", "10:00", policy, **({"roster": ROSTER} | plan))
    return attendance([facts], now=None if now is None else clock(now), explain=True)["G"]


def pat(story: str, policy: Policy | None = None, **plan: object) -> ClientRecord:
    return record_of(story, policy, **plan).clients["pat"]


# ---- cancelled, not held, held ----


@pytest.mark.parametrize(
    ("story", "outcome"),
    [
        pytest.param("08:00 session is cancelled", "cancelled", id="before the start"),
        pytest.param("08:59 session starts\n08:59:59 session is cancelled", "cancelled", id="started early"),
        pytest.param("09:00 session starts\n09:00:01 session is cancelled", "not_held", id="started, and begun"),
        pytest.param("09:20 session is cancelled", "cancelled", id="not started by then"),
        pytest.param("09:20 session is cancelled\n09:21 session starts", "cancelled", id="started only after that"),
        pytest.param(STAY + "09:10 session is cancelled", "cancelled", id="no second yet"),
        pytest.param(STAY + "09:10:01 session is cancelled", "held", id="one second"),
        pytest.param("09:20 session is cancelled\n09:30 session is reinstated", "not_held", id="reinstated"),
        pytest.param(
            "08:20 session is cancelled\n08:30 session is reinstated\n08:40 session is cancelled", "cancelled",
            id="and cancelled again",
        ),
        pytest.param("11:00 session is cancelled", "cancelled", id="after a session without people"),
    ],
)  # fmt: skip
def test_which_cancellation_counts(story: str, outcome: str) -> None:
    assert record_of(story).outcome == outcome


def test_a_cancellation_counts_whichever_node_holds_the_room() -> None:
    story = "08:30 room opens, epoch 1\n08:50 session is cancelled\n08:55 room closes"
    assert record_of(story).outcome == "cancelled"


def test_in_a_cancelled_session_nobody_is_credited_held_or_late() -> None:
    story = DANA + "08:00 session is cancelled\n09:20 pat joins\n10:00 pat leaves\n12:00 pat is credited 09:00 to 09:30"
    record = record_of(story, Policy(group_max=0))
    client = record.clients["pat"]
    assert (client.status, client.credited_s, client.holds, client.flags) == ("cancelled", 0, (), ())
    assert (client.connected_s, client.late_s, record.participant_count) == (2400, 1200, 0)
    [span] = client.derivation or ()
    assert (span.reason, span.seconds, span.facts, span.start.known) == ("cancelled", 3600, ("l3",), "cancelled")


def test_a_cancelled_session_takes_no_second_from_another() -> None:
    story = DANA + "08:00 session is cancelled\n09:00 pat joins\n10:00 pat leaves"
    called = session(story, "09:00", "10:00", session="A", pull_out=True)
    other = session(DANA + "09:00 pat joins\n10:00 pat leaves", "09:00", "10:00", session="B")
    assert attendance([called, other])["B"].clients["pat"].credited_s == 3600


def test_a_cancelled_session_that_took_place_is_flagged() -> None:
    assert record_of("08:00 session is cancelled\n09:00 session starts").flags == ("cancelled_in_use",)
    assert record_of("08:00 session is cancelled\n" + DANA + "09:00 pat joins\n09:10 pat leaves").flags == (
        "cancelled_in_use",
    )
    assert record_of("08:30 session starts\n08:40 session is cancelled").flags == ()


def test_denied_seconds_still_prevent_a_cancellation() -> None:
    story = DANA + "09:20 pat joins\n09:40 pat leaves\n09:30 session is cancelled"
    assert record_of(story, Policy(late_effect="deny")).outcome == "held"
    assert record_of(story + "\n09:20 pat is judged without_credit").outcome == "held"


def test_nobody_is_late_for_a_session_that_was_not_held() -> None:
    client = pat("09:20 pat joins\n09:45 pat leaves")
    assert (client.status, client.late_s, client.holds, client.flags) == ("not_held", 1200, (), ())


def test_an_empty_window_is_not_held() -> None:
    assert record_of("08:00 dana joins as facilitator\n09:00 session ends\n10:00 dana leaves").outcome == "not_held"


def test_corrections_of_a_facilitator_make_a_session_held_or_not() -> None:
    assert record_of("12:00 dana is credited 09:00 to 09:30").outcome == "held"
    assert record_of(DANA + "12:00 dana is uncredited 09:00 to 10:00").outcome == "not_held"


@pytest.mark.parametrize(
    ("story", "now", "outcome"),
    [
        ("", "09:59:59", None),
        ("", "10:00", "not_held"),
        (DANA, "09:30", None),
        ("09:20 session ends", "09:20", "not_held"),
        ("08:00 session is cancelled", "08:00", "cancelled"),
        ("08:00 session is cancelled", "07:59", None),
        ("09:10 session is extended to 10:30", "10:00", None),
        ("09:10 session is extended to 09:30", "09:30", "not_held"),
        ("08:10 session is extended to 08:30", "08:59", None),
    ],
)
def test_a_session_has_no_outcome_until_it_is_over(story: str, now: str, outcome: str | None) -> None:
    record = record_of(story, now=now)
    assert (record.outcome, record.clients["pat"].status) == (outcome, outcome)


def test_so_far_lateness_counts_until_the_session_is_not_held() -> None:
    late = "09:20 pat joins"
    assert record_of(late, now="09:30").clients["pat"].holds == ("late_cutoff",)
    assert record_of(late, now="10:00").clients["pat"].holds == ()


def test_the_first_cancellation_in_force_counts() -> None:
    acts = [Act("cancelled", 5, "a"), Act("reinstated", 6, "b"), Act("cancelled", 7, "c"), Act("cancelled", 8, "d")]
    assert cancellation(acts, start=10, proven_from=None).in_force == acts[2]
    assert not cancellation(acts, start=10, proven_from=None).reinstated


# ---- a client's status ----


def test_a_client_who_lost_every_second_to_another_session_was_elsewhere() -> None:
    here = session(DANA + "09:10 pat joins\n09:20 pat leaves", "09:00", "10:00", session="A")
    pulled = session(DANA + "09:05 pat joins\n09:30 pat leaves", "09:00", "10:00", session="B", pull_out=True)
    assert attendance([here, pulled])["A"].clients["pat"].status == "elsewhere"


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(DANA + "09:16 pat joins\n10:00 pat leaves", id="lateness took it"),
        pytest.param(
            DANA + "09:00 pat joins\n10:00 pat leaves\n09:00 pat is judged without_credit", id="the door took it"
        ),
        pytest.param(
            DANA + "09:00 pat joins\n10:00 pat leaves\n12:00 pat is uncredited 09:00 to 10:00", id="a removal did"
        ),
        pytest.param(
            DANA + "09:01 pat waits\n09:02 pat is judged sent_away\n09:03 pat leaves", id="sent away by staff"
        ),
        pytest.param("09:00 dana joins as facilitator\n09:10 dana leaves", id="never came"),
    ],
)
def test_an_absence_caused_by_the_client_is_a_no_show(story: str) -> None:
    assert pat(story, Policy(late_effect="deny")).status == "no_show"


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(DANA + "09:01 pat waits\n09:01:01 pat leaves", id="a second in the lobby"),
        pytest.param(LATE_DANA + "09:00 pat joins\n09:20 pat leaves", id="before staff"),
        pytest.param(
            LATE_DANA + "09:01 pat waits\n09:02 pat is judged sent_away\n"
            "09:03 pat leaves", id="sent away with nobody there",
        ),
        pytest.param("09:00 dana joins as facilitator\n09:14:59 session ends\n10:00 dana leaves", id="ended early"),
        pytest.param(DANA + "09:01 pat waits\n09:05 pat is lost, last seen 09:01:01", id="lost, and seen for a second"),
        pytest.param(DANA + "09:01 pat waits\n09:01:30 pat is seen", id="never closed, and seen"),
    ],
)  # fmt: skip
def test_a_client_who_came_or_could_not_come_was_not_served(story: str) -> None:
    assert pat(story).status == "not_served"


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(DANA + "08:50 pat waits\n09:00 pat leaves", id="gone before it began"),
        pytest.param(DANA + "09:01 pat waits\n09:05 pat is lost", id="lost without a sign"),
        pytest.param(DANA + "09:01 pat waits", id="never closed, no sign"),
        pytest.param(DANA + "09:10 break starts\n09:11 pat waits\n09:19 pat leaves\n09:20 break ends", id="in a break"),
        pytest.param(
            "09:00 dana joins as facilitator\n09:15 session ends\n10:00 dana leaves", id="ended at the cut-off"
        ),
        pytest.param(
            DANA + "09:05 pat waits\n09:05:30 pat is judged sent_away\n09:06 pat leaves",
            id="sent away, and staff were there",
        ),
    ],
)
def test_a_client_who_did_not_come_is_a_no_show(story: str) -> None:
    assert pat(story).status == "no_show"


def test_being_sent_away_in_a_break_is_not_a_no_show() -> None:
    story = (
        DANA + "09:10 break starts\n09:15 pat waits\n09:16 pat is judged sent_away\n09:30 break ends\n09:31 pat leaves"
    )
    assert pat(story).status == "not_served"


def test_the_last_verdict_counts() -> None:
    story = DANA + "09:01 pat joins\n10:00 pat leaves\n09:00 pat is judged sent_away\n09:01 pat is judged let_in"
    assert (pat(story).status, pat(story).credited_s) == ("present", 3540)


def test_credit_denied_at_the_door_has_its_reason_and_no_hold() -> None:
    client = pat(DANA + "09:00 pat joins\n10:00 pat leaves\n09:00 pat is judged without_credit")
    assert ({span.reason for span in client.derivation or ()}, client.holds) == ({"denied"}, ())


def test_the_policy_says_how_long_a_client_must_stay_to_have_come() -> None:
    story = DANA + "09:01 pat waits\n09:02 pat leaves"
    assert pat(story, Policy(came_min_s=60)).status == "not_served"
    assert pat(story, Policy(came_min_s=61)).status == "no_show"


def test_removals_in_a_breakout_without_a_facilitator_take_nothing() -> None:
    policy = Policy(facilitator_in="breakout")
    story = DANA + "09:00 pat joins\n09:00 pat moves to blue\n10:00 pat leaves\n12:00 pat is uncredited 09:00 to 10:00"
    assert pat(story, policy).status == "not_served"


# ---- excused, reinstated, stated ----


def test_an_excuse_is_beside_a_no_show_until_it_is_withdrawn() -> None:
    assert (pat(DANA + "08:00 pat is excused").status, pat(DANA + "08:00 pat is excused").excused) == ("no_show", True)
    assert not pat(DANA + "08:00 pat is excused\n08:01 pat is unexcused").excused
    assert not pat(DANA + "08:00 pat is excused\n09:00 pat joins\n10:00 pat leaves").excused


def test_a_no_show_of_a_reinstated_session_is_flagged() -> None:
    story = "08:00 session is cancelled\n08:10 session is reinstated\n" + DANA
    record = record_of(story + "09:00 sam joins\n10:00 sam leaves")
    assert (record.clients["pat"].flags, record.clients["sam"].flags) == (("reinstated",), ())
    assert pat("08:10 session is reinstated\n" + DANA).flags == ()


def test_which_clients_are_stated_to_billing() -> None:
    story = DANA + "09:00 ivy waits\n09:10 ivy leaves\n09:00 lea joins\n09:00 lea leaves"
    stated = {person: client.stated for person, client in record_of(story).clients.items()}
    assert stated == {"ivy": False, "lea": True, "pat": True, "sam": True}
    pulled = {person: client.stated for person, client in record_of(story, pull_out=True).clients.items()}
    assert pulled == {"ivy": False, "lea": True, "pat": False, "sam": False}


def test_a_record_says_when_the_session_was_cancelled() -> None:
    assert record_of("08:00 session is cancelled").cancelled_at == second(clock("08:00"))
    assert record_of(DANA).cancelled_at is None
