"""A room's state, folded from its plan and facts."""

from datetime import timedelta

import msgspec

from domain.events.room import SessionExtended
from domain.events.schedule import RosterEntry
from signaling.room.state import RoomState
from tests.signaling import stories
from tests.signaling.stories import END, PLAN, arrival, at


def test_it_is_the_same_whether_followed_live_or_folded_from_the_facts() -> None:
    room = stories.group()
    folded = RoomState(PLAN, room.facts)
    assert (folded.standing, folded.planned, folded.ends) == (room.standing, room.planned, room.ends)
    assert folded.connections == {}, "nobody is connected to a room that was only read"


def test_the_end_moves_with_the_plan_and_with_an_extension() -> None:
    state = RoomState(PLAN)
    assert state.ends == END
    later = END + timedelta(minutes=30)
    state.take(msgspec.structs.replace(PLAN, id="later", at=at(0), end=later))
    assert state.ends == later
    state.take(SessionExtended(at=at(1), until=later + timedelta(minutes=5), by="dana"))
    assert state.ends == later + timedelta(minutes=5)


def test_a_person_has_the_roles_of_the_plan_and_those_they_came_in() -> None:
    room = stories.lobby()
    room.enter(msgspec.structs.replace(arrival("sam-laptop"), role="observer"), at(2))
    assert room.roles_of("sam") == {"client", "observer"}
    assert room.roles_of("nobody") == set()


def test_a_person_whose_place_changed_is_outdated_until_let_in_again() -> None:
    state = RoomState(PLAN)
    state.take(msgspec.structs.replace(PLAN, at=at(5), roster=(RosterEntry("sam"),)))
    before = msgspec.structs.replace(arrival("pat-phone"), granted=at(4))
    assert state.is_outdated(before)
    assert not state.is_outdated(msgspec.structs.replace(before, granted=at(6)))
    assert not state.is_outdated(msgspec.structs.replace(arrival("sam-phone"), granted=at(4)))
