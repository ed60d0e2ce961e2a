"""Breakouts: one facilitator covers the whole session, unless the policy requires one in each."""

from domain.attendance.credit import attendance
from domain.attendance.records import ClientRecord
from domain.policy import Policy
from tests.domain.timeline import session

IN_EACH = Policy(facilitator_in="breakout")
STORY = """
09:00 dana joins as facilitator
11:00 dana leaves
09:00 pat joins
09:20 pat moves to blue
09:40 pat moves to red
10:00 pat leaves
"""


def pat(story: str, policy: Policy = IN_EACH) -> ClientRecord:
    return attendance([session(STORY + story, "09:00", "10:00", policy)], explain=True)["G"].clients["pat"]


def test_by_default_presence_goes_on_and_one_facilitator_is_enough() -> None:
    assert pat("", Policy()).credited_s == 3600


def test_a_policy_may_require_a_facilitator_in_each_breakout() -> None:
    client = pat("")
    assert client.credited_s == 1200
    assert [(span.reason, span.seconds) for span in client.derivation] == [("present", 1200), ("no_facilitator", 2400)]


def test_a_facilitator_in_the_same_breakout_counts() -> None:
    assert pat("09:25 ruth joins as facilitator\n09:25 ruth moves to blue\n11:00 ruth leaves").credited_s == 1200 + 900


def test_a_bridged_gap_belongs_to_the_breakout_before_it() -> None:
    story = "09:00 dana joins as facilitator\n11:00 dana leaves\n09:00 pat joins\n09:10 pat moves to blue\n"
    story += "09:10 ruth joins as facilitator\n09:10 ruth moves to blue\n11:00 ruth leaves\n"
    story += "09:20 pat leaves\n09:21 pat joins\n09:30 pat leaves"
    assert attendance([session(story, "09:00", "10:00", IN_EACH)])["G"].clients["pat"].credited_s == 1800


def test_time_known_only_from_a_correction_belongs_to_no_breakout() -> None:
    added = "12:00 pat is credited 10:00 to 10:10"
    assert attendance([session(STORY + added, "09:00", "10:30", IN_EACH)])["G"].clients["pat"].credited_s == 1800
    assert pat("12:00 dana is credited 09:30 to 09:45").credited_s == 1200 + 900
    assert pat("12:00 dana is uncredited 09:00 to 09:05").credited_s == 900


def test_a_facilitator_whose_presence_was_removed_covers_nobody() -> None:
    story = "09:00 ruth joins as facilitator\n09:00 ruth moves to blue\n11:00 ruth leaves\n"
    assert pat(story + "12:00 dana is uncredited 09:00 to 09:05").credited_s == 900 + 1200


def test_a_client_in_another_breakout_is_not_covered() -> None:
    assert pat("09:00 sam joins\n10:00 sam leaves\n09:00 ruth joins\n09:20 ruth moves to blue").credited_s == 1200


def test_a_move_at_the_end_of_a_stay_does_not_move_the_gap_after_it() -> None:
    story = "09:00 dana joins as facilitator\n11:00 dana leaves\n09:00 pat joins\n09:20 pat moves to blue\n"
    story += "09:20 pat leaves\n09:21 pat joins\n09:30 pat leaves"
    assert attendance([session(story, "09:00", "10:00", IN_EACH)])["G"].clients["pat"].credited_s == 1800
