"""Which facts count: each once, in order, and only if its node held the room."""

import itertools
from datetime import timedelta

import msgspec

from domain.attendance.facts import counted, plan_of
from domain.events.fact import UnknownEvent
from domain.events.schedule import PolicyReference, SessionPlanned
from domain.instants import second
from tests.domain.timeline import clock, timeline

STORY = "09:00 pat joins\n09:00 pat is seen\n08:59 dana joins as facilitator"


def planned(identity: str, seq: int, kind: str, **changes) -> SessionPlanned:
    fields = {"at": clock("08:00"), "start": clock("09:00"), "end": clock("10:00")} | changes
    reference = PolicyReference(id="p", version=1, digest="")
    return SessionPlanned(id=identity, seq=seq, kind=kind, timezone="UTC", policy=reference, **fields)


def test_every_order_of_arrival_is_read_in_the_same_order() -> None:
    orders = {
        tuple(identity for _, _, identity, _ in counted(order).facts)
        for order in itertools.permutations(timeline(STORY))
    }
    assert orders == {("l3", "l3.admitted", "l1", "l1.admitted", "l2")}


def test_copies_of_an_id_count_once_and_the_first_in_order_counts() -> None:
    seen = timeline(STORY)[2]
    later = msgspec.structs.replace(seen, at=seen.at + timedelta(seconds=5))
    assert counted([later, seen, later]).facts == counted([seen]).facts


def test_copies_that_differ_within_one_second_give_one_answer_in_either_order() -> None:
    seen = timeline(STORY)[2]
    other = msgspec.structs.replace(seen, at=seen.at + timedelta(milliseconds=400), connection="another")
    assert counted([seen, other]).facts == counted([other, seen]).facts


def test_copies_of_an_id_count_once_whatever_their_types() -> None:
    seen = timeline(STORY)[2]
    before = UnknownEvent(id=seen.id, at=seen.at - timedelta(seconds=1), type="clinic.invented_later")
    assert counted([seen, before]).facts == []


def test_a_fact_without_an_id_is_identified_by_its_seq() -> None:
    (fact, *_) = timeline(STORY)
    (read,) = counted([msgspec.structs.replace(fact, id="", seq=7)]).facts
    assert read[:3] == (second(clock("09:00")), 7, "7")


def test_order_is_by_whole_seconds_then_seq() -> None:
    first, after = timeline("09:00 pat waits\n09:00 dana waits")
    later_in_the_second = msgspec.structs.replace(first, at=first.at + timedelta(milliseconds=900))
    assert [identity for _, _, identity, _ in counted([after, later_in_the_second]).facts] == ["l1", "l2"]


def test_facts_of_other_types_are_ignored() -> None:
    unknown = UnknownEvent(id="u", at=clock("09:00"), type="clinic.invented_later")
    assert counted([unknown, planned("p", 1, "group")]).facts == []


def test_a_fact_in_the_second_of_the_takeover_does_not_count() -> None:
    story = "08:00 room opens, epoch 1\n09:00 pat joins\n09:29:59 pat is seen\n09:30 pat is seen\n"
    found = counted(timeline(story + "09:30 room opens, epoch 2"))
    assert found.stale == ("l4",)
    assert found.taken_over_at(1 << 32) == found.facts[-1][0]
    assert found.taken_over_at(2 << 32) is None


def test_a_later_epoch_replaces_every_earlier_one() -> None:
    story = "08:00 room opens, epoch 1\n09:00 pat joins\n09:20 pat is seen\n"
    takeovers = "09:30 room opens, epoch 2\n09:10 room opens, epoch 3\n09:40 dana joins"
    found = counted(timeline(story + takeovers))
    assert found.stale == ("l3", "l4")
    assert {epoch: found.taken_over_at(epoch << 32) for epoch in (0, 1, 2, 3)} == {
        0: second(clock("08:00")),
        1: second(clock("09:10")),
        2: second(clock("09:10")),
        3: None,
    }


def test_a_second_opening_of_an_epoch_moves_no_fence() -> None:
    story = "08:00 room opens, epoch 1\n09:30 room opens, epoch 2\n09:40 room opens, epoch 2\n09:50 pat joins"
    assert counted(timeline(story)).taken_over_at(1 << 32) == second(clock("09:30"))


def test_a_room_is_held_in_its_newest_epoch_until_it_is_closed() -> None:
    story = "08:00 room opens, epoch 1\n09:30 room opens, epoch 2\n"
    assert [counted(timeline(story)).is_held(epoch << 32) for epoch in (1, 2)] == [False, True]
    assert not counted(timeline(story + "09:40 room closes")).is_held(2 << 32)
    assert counted(timeline("09:00 pat joins")).is_held(5)


def test_the_last_plan_counts() -> None:
    first, last = planned("a", 1, "group"), planned("b", 2, "family")
    assert plan_of([last, first, first]) == last
    assert plan_of([planned("c", 1, "skills", at=clock("08:30")), last]).kind == "skills"
    assert plan_of([]) is None


def test_of_plans_with_equal_order_the_one_with_the_later_id_counts() -> None:
    first, last = planned("a", 1, "group"), planned("a!", 1, "family")
    assert plan_of([first, last]) == plan_of([last, first]) == last


def test_up_to_a_second_includes_that_second() -> None:
    events = timeline("09:00 pat waits\n09:01 dana waits\n09:02 ruth waits")
    assert [identity for _, _, identity, _ in counted(events, until=second(clock("09:01"))).facts] == ["l1", "l2"]
