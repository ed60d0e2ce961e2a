"""Why each second counts or not: reasons in order, edges with their evidence, and the facts behind them."""

import msgspec

from domain.attendance.credit import attendance
from domain.attendance.records import ClientRecord
from domain.events.schedule import RosterEntry
from domain.instants import second
from domain.policy import Policy
from tests.domain.timeline import clock, session

DANA = "09:00 dana joins as facilitator\n10:00 dana leaves\n"


def derived(story: str, person: str = "pat", policy: Policy | None = None, **plan) -> ClientRecord:
    return attendance([session(story, "09:00", "10:00", policy, **plan)], explain=True)["G"].clients[person]


def reasons(client: ClientRecord) -> list[tuple[str, int]]:
    """(reason, minutes) of each span."""
    return [(span.reason, span.seconds // 60) for span in client.derivation]


def test_a_derivation_covers_the_evening_from_first_to_last_minute() -> None:
    story = DANA + "09:05 pat waits\n09:10 pat is admitted\n09:20 pat leaves\n09:21 pat joins\n09:30 pat leaves"
    assert reasons(derived(story)) == [
        ("not_yet_here", 5),
        ("in_lobby", 5),
        ("present", 10),
        ("bridged", 1),
        ("present", 9),
        ("left", 30),
    ]


def test_a_client_who_never_came_has_one_reason_for_the_whole_window() -> None:
    assert reasons(derived(DANA, "zoe", roster=(RosterEntry("zoe"),))) == [("never_came", 60)]


def test_absence_for_the_whole_window_begins_and_ends_with_it() -> None:
    for story in ("", "10:20 pat joins\n10:30 pat leaves"):
        (absent,) = derived(DANA + story, roster=(RosterEntry("pat"),)).derivation
        assert (absent.start.known, absent.end.known) == ("window", "window")


def test_a_client_admitted_before_a_misdated_opening_is_present_from_the_admission() -> None:
    story = DANA + "09:10 pat is admitted\n09:20 pat is returned\n09:40 pat waits\n09:50 pat leaves"
    opened_late = session(story, "09:00", "10:00")
    events = [
        msgspec.structs.replace(event, connection="pat-laptop") if "pat" in getattr(event, "connection", "") else event
        for event in opened_late.events
    ]
    records = attendance([msgspec.structs.replace(opened_late, events=events)], explain=True)
    client = records["G"].clients["pat"]
    assert reasons(client) == [("not_yet_here", 10), ("present", 10), ("in_lobby", 30), ("left", 10)]


def test_leaving_on_one_device_as_another_is_lost_counts_as_leaving() -> None:
    left = "09:00 pat joins\n09:10 pat joins on phone\n"
    for one, other in (("", " on phone"), (" on phone", "")):
        client = derived(DANA + left + f"09:20 pat leaves{one}\n09:21 pat is lost{other}, last seen 09:20")
        assert reasons(client) == [("present", 20), ("left", 40)]
        assert (client.derivation[0].end.known, client.derivation[0].end.error_s) == ("lost", 60)


def test_a_client_who_was_never_admitted_was_in_the_lobby() -> None:
    assert reasons(derived(DANA + "09:00 pat waits\n09:30 pat leaves")) == [("in_lobby", 30), ("left", 30)]
    assert reasons(derived(DANA + "09:00 pat waits\n09:30 pat is lost, last seen 09:20")) == [("lost", 60)]
    assert reasons(derived(DANA + "09:00 pat waits\n09:20 pat is seen\n09:30 pat is lost")) == [
        ("in_lobby", 20),
        ("lost", 40),
    ]


def test_a_break_and_a_missing_facilitator_affect_all_clients() -> None:
    story = "09:00 dana joins as facilitator\n09:30 dana is lost, last seen 09:29\n09:00 pat joins\n10:00 pat leaves\n"
    story += "09:10 break starts\n09:20 break ends"
    client = derived(story)
    assert reasons(client) == [("present", 10), ("break", 10), ("present", 9), ("no_facilitator", 31)]
    lost_facilitator = client.derivation[2].end
    assert (lost_facilitator.known, lost_facilitator.error_s) == ("facilitator", 60)
    assert client.derivation[1].facts == ("l5", "l6")


def test_a_loss_carries_the_time_from_evidence_to_detection() -> None:
    present, gone = derived(DANA + "09:00 pat joins\n09:21:15 pat is lost, last seen 09:20").derivation
    assert (present.end.at, present.end.known, present.end.error_s) == (second(clock("09:20")), "lost", 75)
    assert (present.facts, gone.facts) == (("l3.admitted", "l4"), ("l4",))
    assert gone.start == present.end


def test_the_error_of_an_undetected_loss_reaches_to_the_end() -> None:
    present, _ = derived(DANA + "09:00 pat joins\n09:20 pat is seen").derivation
    assert (present.end.known, present.end.error_s) == ("lost", 2400)


def test_a_takeover_limits_the_error_of_losses_on_the_old_node() -> None:
    story = "08:00 room opens, epoch 1\n09:00 pat joins\n09:20 pat is seen\n09:20:30 room opens, epoch 2\n"
    present, *_ = derived(
        story + "12:00 dana is credited 09:00 to 10:00", roster=(RosterEntry("dana", "facilitator"),)
    ).derivation
    assert (present.end.known, present.end.error_s) == ("node_lost", 30)


def test_a_bridge_begins_at_the_loss_with_its_error() -> None:
    story = "08:00 dana joins as facilitator\n11:00 dana leaves\n08:50 pat joins\n09:01 pat is lost, last seen 09:00\n"
    bridged, present = derived(story + "09:02 pat joins\n10:00 pat leaves").derivation
    assert (bridged.reason, bridged.start.known, bridged.start.error_s) == ("bridged", "lost", 60)
    assert (bridged.facts, bridged.end.known, present.start) == (("l4", "l5.admitted"), "admitted", bridged.end)


def test_the_edge_of_two_devices_lost_together_has_the_greater_error() -> None:
    story = DANA + "09:00 pat joins\n09:00 pat joins on phone\n"
    story += "09:21 pat is lost, last seen 09:20\n09:25 pat is lost on phone, last seen 09:20"
    present, _ = derived(story).derivation
    assert (present.end.known, present.end.error_s) == ("lost", 300)
    assert present.facts == ("l3.admitted", "l5", "l4.admitted", "l6")


def test_a_clean_leave_is_exact() -> None:
    present, _ = derived(DANA + "09:00 pat joins\n09:20 pat leaves").derivation
    assert [(edge.known, edge.error_s) for edge in (present.start, present.end)] == [("admitted", 0), ("left", 0)]


def test_corrections_appear_with_their_own_facts() -> None:
    story = DANA + "09:00 pat joins\n09:20 pat leaves\n"
    story += "12:00 pat is credited 09:20 to 09:30\n12:01 pat is uncredited 09:10 to 09:15"
    client = derived(story)
    assert reasons(client) == [
        ("present", 10),
        ("removed_by_correction", 5),
        ("present", 5),
        ("added_by_correction", 10),
        ("left", 30),
    ]
    assert (client.derivation[1].facts, client.derivation[3].facts) == (("l6",), ("l5",))
    assert client.derivation[3].end.known == "corrected"


def test_a_late_client_under_a_strict_policy_is_denied() -> None:
    client = derived(DANA + "09:20 pat joins\n09:50 pat leaves", policy=Policy(late_effect="deny"))
    assert reasons(client) == [("not_yet_here", 20), ("denied", 30), ("left", 10)]


def test_seconds_that_another_session_keeps_name_it() -> None:
    group = session(DANA + "09:00 pat joins\n10:00 pat leaves", "09:00", "10:00")
    pulled = session(DANA + "09:20 pat joins\n09:40 pat leaves", "09:20", "09:40", session="I", pull_out=True)
    client = attendance([group, pulled], explain=True)["G"].clients["pat"]
    assert reasons(client) == [("present", 20), ("in_another_session", 20), ("present", 20)]
    assert client.derivation[1].facts == ("I",)


def test_presence_outside_the_window_is_separate() -> None:
    client = derived("08:30 dana joins as facilitator\n08:50 pat joins\n10:10 pat leaves\n11:00 dana leaves")
    assert reasons(client) == [("present", 60)]
    assert [(span.reason, span.seconds) for span in client.outside] == [
        ("outside_window", 600),
        ("outside_window", 600),
    ]


def test_unbilled_credit_has_its_reason() -> None:
    late = derived(DANA + "09:20 pat joins\n10:00 pat leaves")
    assert [span.unbilled for span in late.derivation] == [(), ("late_cutoff",)]
    story = DANA + "09:00 pat joins\n10:00 pat leaves\n09:00 sam joins\n09:10 sam leaves"
    crowded = derived(story, policy=Policy(group_max=1, group_count="concurrent"))
    assert [(span.seconds, span.unbilled) for span in crowded.derivation] == [(600, ("over_capacity",)), (3000, ())]
    assert crowded.derivation[0].end.known == "capacity"


def test_an_empty_window_has_no_spans() -> None:
    client = derived(DANA + "08:00 session ends\n09:00 pat joins\n09:10 pat leaves")
    assert (client.derivation, [span.seconds for span in client.outside]) == ((), [600])


def test_a_client_who_was_sent_back_waits_in_the_lobby_again() -> None:
    client = derived(DANA + "09:00 pat joins\n09:10 pat is returned\n09:30 pat leaves")
    assert reasons(client) == [("present", 10), ("in_lobby", 20), ("left", 30)]
    sent_back, waited = client.derivation[0], client.derivation[1]
    assert (sent_back.end.known, sent_back.facts, waited.facts) == ("returned", ("l3.admitted", "l4"), ("l4",))


def test_a_client_who_came_and_went_in_one_second_did_not_wait() -> None:
    assert reasons(derived(DANA + "09:10 pat waits\n09:10 pat leaves")) == [("not_yet_here", 10), ("left", 50)]


def test_a_visit_of_no_length_leaves_no_trace() -> None:
    story = DANA + "09:00 pat joins\n09:20 pat leaves\n09:30 pat joins on phone\n09:30 pat leaves on phone"
    assert reasons(derived(story)) == [("present", 20), ("left", 40)]


def test_the_evidence_of_a_loss_is_named() -> None:
    seen_twice = "09:00 pat joins\n09:10 pat is seen\n09:10 pat is seen\n"
    present, *_ = derived(DANA + seen_twice + "09:30 pat is lost").derivation
    assert present.facts == ("l3.admitted", "l5", "l6")
    left, *_ = derived(DANA + "09:00 pat joins\n09:10 pat leaves").derivation
    assert left.facts == ("l3.admitted", "l4")


def test_so_far_presence_names_the_admission() -> None:
    facts = session(DANA + "09:00 pat joins", "09:00", "10:00")
    (here,) = attendance([facts], now=clock("09:30"), explain=True)["G"].clients["pat"].derivation
    assert (here.facts, here.end.known, here.end.error_s) == (("l3.admitted",), "open", 0)
