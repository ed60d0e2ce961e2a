"""A room learns from outside: removals, changed places, withdrawn access."""

from datetime import datetime, timedelta

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts
from domain.errors import PlaceChanged, RemovedFromSession, SessionCalledOff
from domain.events.room import ConnectionClosed, PersonReadmitted, PersonRemoved, RoomClosed, SessionEnded, Withdrawal
from domain.events.schedule import Role, RosterEntry, SessionCancelled, SessionPlanned, SessionReinstated
from domain.policy import Policy
from signaling import messages as m
from signaling.room.connections import Arrival
from signaling.room.effects import Disconnect, Effect
from signaling.room.learning import call_off, is_cancelled, learn, recheck
from signaling.room.requests import receive
from signaling.room.room import Room
from tests.signaling import stories
from tests.signaling.stories import END, PLAN, all_give_a_sign, arrival, at, facts, people, picture, sent_to


@pytest.fixture
def group() -> Room:
    room = stories.group()
    all_give_a_sign(room, at(12))
    return room


def granted(connection: str, when: datetime, role: Role = "client") -> Arrival:
    return msgspec.structs.replace(arrival(connection), granted=when, role=role)


def replanned(when: datetime, *roster: RosterEntry) -> SessionPlanned:
    return msgspec.structs.replace(PLAN, id=f"plan-{when}", at=when, roster=roster)


def nothing(_: Arrival) -> None:
    return None


def farewell(effects: list[Effect], connection: str) -> m.Dismissed:
    assert Disconnect(connection) in effects
    (dismissed,) = [message for message in sent_to(effects, connection) if isinstance(message, m.Dismissed)]
    return dismissed


def test_a_person_removed_from_outside_is_dismissed_and_shown_as_removed(group: Room) -> None:
    group.names["pat"] = "Pat"
    effects = learn(group, [PersonRemoved(id="r", seq=2, at=at(12), person="pat", by="ruth")], at(12))
    assert farewell(effects, "pat-phone").cause == "removed"
    closed = next(fact for fact in facts(effects) if isinstance(fact, ConnectionClosed))
    assert (closed.cause, closed.by) == ("removed", "ruth")
    assert picture(effects, "dana-laptop").removed == (m.Removed(person="pat", name="Pat"),)
    with pytest.raises(RemovedFromSession):
        group.enter(arrival("pat-laptop"), at(13))


def test_known_facts_change_nothing(group: Room) -> None:
    removed = PersonRemoved(id="r", seq=2, at=at(12), person="pat", by="ruth")
    learn(group, [removed], at(12))
    learn(group, [removed, PersonReadmitted(id="b", seq=3, at=at(13), person="pat", by="ruth")], at(13))
    assert learn(group, [removed], at(14)) == []
    group.enter(arrival("pat-laptop"), at(14))


def test_a_person_taken_off_the_roster_must_ask_for_a_ticket_again(group: Room) -> None:
    learn(group, [replanned(at(12), RosterEntry("sam"), RosterEntry("dana", "facilitator"))], at(12))
    effects = recheck(group, nothing, at(12))
    assert farewell(effects, "pat-phone").cause == "changed"
    closed = next(fact for fact in facts(effects) if isinstance(fact, ConnectionClosed))
    assert (closed.cause, closed.why) == ("moved", "place_changed")
    assert list(group.connections) == ["dana-laptop"]
    successor = Room(PLAN, [PLAN, *group.facts], epoch=2)
    for room in (group, successor):
        with pytest.raises(PlaceChanged):
            room.enter(granted("pat-laptop", at(11)), at(13))
        room.enter(granted("pat-laptop", at(13)), at(13))


def test_a_person_with_a_new_role_comes_back_in_that_role(group: Room) -> None:
    roster = (
        RosterEntry("pat"),
        RosterEntry("sam"),
        RosterEntry("dana", "observer"),
        RosterEntry("ruth", "facilitator"),
    )
    learn(group, [replanned(at(12), *roster)], at(12))
    assert farewell(recheck(group, nothing, at(12)), "dana-laptop").cause == "changed"
    with pytest.raises(PlaceChanged):
        group.enter(granted("dana-laptop2", at(11), "facilitator"), at(13))
    group.enter(granted("dana-laptop3", at(12), "observer"), at(13))


def test_a_place_added_or_kept_disturbs_nobody(group: Room) -> None:
    learn(group, [replanned(at(12), *PLAN.roster, RosterEntry("lee"))], at(12))
    assert recheck(group, nothing, at(12)) == []
    group.enter(granted("lee-phone", at(1)), at(13))


def test_the_window_follows_the_plan(group: Room) -> None:
    later = msgspec.structs.replace(PLAN, id="later", at=at(12), end=END + timedelta(minutes=30))
    assert picture(learn(group, [later], at(12)), "dana-laptop").ends == END + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("why", "cause"), [("link_revoked", "removed"), ("deactivated", "removed"), ("signed_out", "left")]
)
def test_a_person_whose_access_is_withdrawn_reads_what_to_do(group: Room, why: Withdrawal, cause: str) -> None:
    effects = recheck(group, lambda one: why if one.person == "pat" else None, at(12))
    dismissed = farewell(effects, "pat-phone")
    assert dismissed.cause == "withdrawn"
    assert "Ask your program" in dismissed.sentence or "Sign in again" in dismissed.sentence
    closed = next(fact for fact in facts(effects) if isinstance(fact, ConnectionClosed))
    assert (closed.cause, closed.why) == (cause, why)
    group.enter(arrival("pat-laptop"), at(13))  # by a new link


def test_a_person_who_is_away_and_loses_access_is_no_longer_shown_as_away(group: Room) -> None:
    group.drop("pat-phone", at(12))
    effects = recheck(group, lambda one: "link_revoked" if one.person == "pat" else None, at(12.1))
    assert people(picture(effects, "dana-laptop")) == ["dana"]


@pytest.mark.parametrize(("why", "credited"), [("link_revoked", 10_800 - 60), ("place_changed", 10_800)])
def test_a_gap_that_staff_began_is_not_bridged_and_a_change_of_place_costs_nobody_a_second(
    why: Withdrawal, credited: int
) -> None:
    room = Room(msgspec.structs.replace(PLAN, end=at(181)), epoch=1)
    room.open("node-a", {}, at(-10))
    room.enter(arrival("dana-laptop"), at(-5))
    receive(room, "dana-laptop", m.StartSession(), at(0))
    room.enter(arrival("pat-phone"), at(0))
    receive(room, "dana-laptop", m.Admit(person="pat"), at(1))
    all_give_a_sign(room, at(30))
    recheck(room, lambda one: why if one.person == "pat" else None, at(30))
    room.enter(arrival("pat-laptop"), at(31))
    all_give_a_sign(room, at(181))
    room.end("dana", at(181))
    evening = SessionFacts(id="evening", plan=room.planned, policy=Policy(), events=room.facts)
    assert attendance([evening])["evening"].clients["pat"].credited_s == credited


def cancelled(when: datetime) -> SessionCancelled:
    return SessionCancelled(id=f"cancelled-{when}", seq=2, at=when, by="ruth", reason="weather")


def test_a_room_whose_session_was_cancelled_sends_everybody_home_and_is_not_ended() -> None:
    room = Room(PLAN)
    room.open("n", {}, at(-10))
    room.enter(arrival("pat-phone"), at(-9))
    all_give_a_sign(room, at(-8))
    learn(room, [cancelled(at(-8))], at(-8))
    assert is_cancelled(room, Policy())
    effects = call_off(room, at(-8))
    assert farewell(effects, "pat-phone").cause == "cancelled"
    *_, closed, last = facts(effects)
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, type(last)) == ("ended", RoomClosed)
    assert not any(isinstance(fact, SessionEnded) for fact in room.facts)
    assert call_off(room, at(-7)) == []
    with pytest.raises(SessionCalledOff):
        room.enter(arrival("pat-phone"), at(-7))


def test_a_room_goes_on_when_the_cancellation_does_not_count_or_was_taken_back(group: Room) -> None:
    learn(group, [cancelled(at(11))], at(12))
    assert not is_cancelled(group, Policy())
    waiting = Room(PLAN)
    waiting.open("n", {}, at(-10))
    learn(waiting, [cancelled(at(-9)), SessionReinstated(id="back", seq=3, at=at(-8))], at(-8))
    assert not is_cancelled(waiting, Policy())
