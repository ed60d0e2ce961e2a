"""Stories of one session: facilitators, corrections, takeovers, and the answer so far (steps 4 and 6)."""

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.events.attendance import AttendanceCorrected
from domain.events.schedule import RosterEntry
from domain.policy import Policy
from tests.domain.timeline import session

DANA = "09:00 dana joins as facilitator\n11:00 dana leaves\n"


def pat(story: str, policy: Policy | None = None, **plan: object):
    """Pat's record of a session from nine to ten; Dana is there all the time."""
    facts = session(DANA + story, "09:00", "10:00", policy, **plan)
    return attendance([facts])["G"].clients["pat"]


def test_clients_are_bridged_only_by_policy_and_facilitators_always() -> None:
    story = "09:00 dana joins as facilitator\n09:10 dana leaves\n09:11 dana joins as facilitator\n09:30 dana leaves\n"
    pats = "09:00 pat joins\n09:20 pat leaves\n09:21 pat joins\n09:30 pat leaves"
    facts = session(story + pats, "09:00", "10:00", Policy(bridge_credit=False))
    assert attendance([facts])["G"].clients["pat"].credited_s == 1800 - 60


def test_a_hand_over_between_two_facilitators_is_not_bridged() -> None:
    story = "09:00 dana joins as facilitator\n09:10 dana leaves\n09:11 ruth joins as co_facilitator\n10:00 ruth leaves"
    record = attendance([session(story, "09:00", "10:00")])["G"]
    assert record.facilitator_gap_s == 60


def test_a_facilitator_in_two_roles_is_one_person() -> None:
    story = "09:00 dana joins as facilitator\n09:10 dana leaves\n09:11 dana joins as co_facilitator\n10:00 dana leaves"
    assert attendance([session(story, "09:00", "10:00")])["G"].facilitator_gap_s == 0


def test_additions_come_before_removals() -> None:
    story = "12:00 pat is credited 09:00 to 09:30\n11:00 pat is uncredited 09:10 to 09:20"
    assert pat(story, roster=(RosterEntry("pat"),)).credited_s == 1200


def test_a_correction_can_make_a_facilitator_present() -> None:
    story = "09:00 pat joins\n10:00 pat leaves\n12:00 ruth is credited 09:00 to 09:30"
    facts = session(story, "09:00", "10:00", roster=(RosterEntry("ruth", "facilitator"),))
    assert attendance([facts])["G"].clients["pat"].credited_s == 1800


@pytest.mark.parametrize(("maker", "approver"), [("dana", "dana"), ("dana", None), (None, "dana"), ("", "dana")])
def test_a_correction_without_two_people_does_not_count_and_is_flagged(maker: str | None, approver: str | None) -> None:
    facts = session(DANA + "09:00 pat joins\n09:10 pat leaves\n12:00 pat is credited 09:10 to 09:30", "09:00", "10:00")
    *others, correction = facts.events
    assert isinstance(correction, AttendanceCorrected)
    alone = msgspec.structs.replace(correction, by=maker, approved_by=approver)
    record = attendance([msgspec.structs.replace(facts, events=[*others, alone])])["G"]
    assert record.clients["pat"].credited_s == 600
    assert record.clients["pat"].flags == record.flags == ("correction_not_counted",)
    assert record.ignored == (correction.id,)


def test_a_correction_of_a_stranger_does_not_count_and_is_flagged() -> None:
    record = attendance([session(DANA + "12:00 zoe is credited 09:10 to 09:30", "09:00", "10:00")])["G"]
    assert (record.clients, record.flags) == ({}, ("correction_not_counted",))


def test_facts_of_an_old_epoch_dated_after_the_takeover_do_not_count() -> None:
    story = "08:00 room opens, epoch 1\n09:00 dana joins as facilitator\n09:00 pat joins\n09:20 pat is seen\n"
    late = "09:30 pat leaves\n"
    takeover = "09:25 room opens, epoch 2\n09:26 pat joins\n09:26 ruth joins as facilitator\n"
    takeover += "10:00 pat leaves\n10:00 ruth leaves"
    events = session(story + late, "09:00", "10:00").events
    record = attendance([session(story + late + takeover, "09:00", "10:00")])["G"]
    assert record.ignored == (events[-1].id,)
    assert "stale_facts" in record.flags
    assert record.clients["pat"].connected_s == 1200 + 34 * 60


@pytest.mark.parametrize(
    ("skew_ms", "flags"), [(1000, ()), (-1000, ()), (1001, ("clock_skew",)), (-1001, ("clock_skew",))]
)
def test_a_node_whose_clock_was_off_flags_the_session(skew_ms: int, flags: tuple) -> None:
    facts = session("08:00 room opens, epoch 1\n" + DANA, "09:00", "10:00")
    opened, *others = facts.events
    skewed = msgspec.structs.replace(opened, skew_ms=skew_ms)
    record = attendance([msgspec.structs.replace(facts, events=[skewed, *others])])["G"]
    assert record.flags == flags


def test_one_node_whose_clock_was_off_is_enough() -> None:
    facts = session("08:00 room opens, epoch 1\n08:30 room opens, epoch 2\n" + DANA, "09:00", "10:00")
    first, *others = facts.events
    skewed = msgspec.structs.replace(first, skew_ms=5000)
    assert attendance([msgspec.structs.replace(facts, events=[skewed, *others])])["G"].flags == ("clock_skew",)


def test_the_clock_of_a_node_whose_opening_does_not_count_does_not_matter() -> None:
    facts = session("08:30 room opens, epoch 1\n08:00 room opens, epoch 2\n" + DANA, "09:00", "10:00")
    opened, *others = facts.events
    skewed = msgspec.structs.replace(opened, skew_ms=5000)
    record = attendance([msgspec.structs.replace(facts, events=[skewed, *others])])["G"]
    assert record.flags == ("stale_facts",)


def test_a_role_that_only_a_newer_release_knows_is_neither_client_nor_facilitator_and_is_flagged() -> None:
    story = "09:00 pat joins\n10:00 pat leaves\n09:00 ruth joins as art_therapist\n10:00 ruth leaves"
    record = attendance([session(story, "09:00", "10:00")])["G"]
    assert (list(record.clients), record.facilitator_gap_s, record.flags) == (["pat"], 3600, ("unknown_role",))
    expected = attendance([session(DANA, "09:00", "10:00", roster=(RosterEntry("ruth", "art_therapist"),))])["G"]
    assert (expected.clients, expected.flags) == ({}, ("unknown_role",))


def test_a_facilitators_connection_that_was_never_closed_flags_the_session_and_no_client() -> None:
    story = "09:00 dana joins as facilitator\n09:30 dana joins on phone\n09:40 dana leaves on phone"
    record = attendance([session(story, "09:00", "10:00")])["G"]
    assert (record.flags, record.clients["dana"].flags) == (("never_closed",), ())


def test_a_correction_that_does_not_count_flags_only_its_own_client() -> None:
    facts = session(DANA + "09:00 sam joins\n10:00 sam leaves\n12:00 pat is credited 09:00 to 09:30", "09:00", "10:00")
    record = attendance([facts])["G"]
    assert (record.clients["sam"].flags, record.flags) == ((), ("correction_not_counted",))


def test_so_far_an_open_connection_counts_while_its_node_holds_the_room() -> None:
    story = "08:00 room opens, epoch 1\n09:00 dana joins as facilitator\n09:00 pat joins\n09:10 pat is seen\n"
    facts = session(story, "09:00", "10:00")
    now = facts.plan.start.replace(minute=30)
    assert attendance([facts], now=now)["G"].clients["pat"].credited_s == 1800
    superseded = session(story + "09:20 room opens, epoch 2", "09:00", "10:00")
    assert attendance([superseded], now=now)["G"].clients["pat"].connected_s == 600


def test_so_far_nobody_is_present_after_their_node_closed_the_room() -> None:
    story = "08:00 room opens, epoch 1\n09:00 dana joins as facilitator\n09:00 pat joins\n09:10 pat is seen\n"
    facts = session(story + "09:20 room closes", "09:00", "10:00")
    client = attendance([facts], now=facts.plan.start.replace(minute=30))["G"].clients["pat"]
    assert (client.connected_s, client.flags) == (600, ("never_closed",))


def test_so_far_a_waiting_client_is_in_the_lobby_until_now() -> None:
    facts = session("08:00 room opens, epoch 1\n" + DANA + "09:10 pat waits", "09:00", "10:00")
    client = attendance([facts], now=facts.plan.start.replace(minute=30), explain=True)["G"].clients["pat"]
    assert [(span.reason, span.seconds) for span in client.derivation] == [("not_yet_here", 600), ("in_lobby", 1200)]


def test_so_far_an_open_break_lasts_until_now_and_later_facts_are_ignored() -> None:
    story = DANA + "09:00 pat joins\n09:20 break starts\n09:40 session ends\n12:00 pat is uncredited 09:00 to 09:10"
    facts = session(story, "09:00", "10:00")
    record = attendance([facts], now=facts.plan.start.replace(minute=30))["G"]
    assert (record.net_s, record.clients["pat"].credited_s) == (1200, 1200)


def test_so_far_equals_the_record_once_everyone_has_left() -> None:
    story = DANA + "09:05 pat joins\n09:30 pat is lost, last seen 09:29\n09:31 pat joins\n10:00 pat leaves"
    facts = session(story, "09:00", "10:00")
    assert attendance([facts], now=facts.plan.end.replace(hour=12)) == attendance([facts])


def test_a_facilitator_who_comes_back_in_another_qualified_role_is_bridged() -> None:
    story = "09:00 dana joins as facilitator\n09:10 dana leaves\n09:11 dana joins as co_facilitator\n10:00 dana leaves"
    assert attendance([session(story, "09:00", "10:00")])["G"].facilitator_gap_s == 0
