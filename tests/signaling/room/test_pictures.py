"""What each connection may see of the room."""

import pytest

from domain.events.room import ConnectionOpened
from signaling import messages as m
from signaling.room.requests import receive
from signaling.room.room import Room
from tests.signaling import stories
from tests.signaling.stories import arrival, at, facts, picture


@pytest.fixture
def room() -> Room:
    return stories.lobby()


def test_a_client_waits_in_the_lobby_and_sees_nobody(room: Room) -> None:
    effects = room.enter(arrival("sam-phone"), at(2))
    (opened,) = facts(effects)
    assert isinstance(opened, ConnectionOpened)
    assert (opened.connection, opened.person, opened.role) == ("sam-phone", "sam", "client")
    seen = picture(effects, "sam-phone")
    assert (seen.here, seen.participants, seen.waiting) == (False, (), ())
    assert [waiting.person for waiting in picture(effects, "dana-laptop").waiting] == ["pat", "sam"]


def test_in_the_room_everybody_is_seen_with_their_devices_and_only_staff_see_who_waits(room: Room) -> None:
    receive(room, "dana-laptop", m.Admit(person="pat"), at(1))
    receive(room, "pat-phone", m.SetDevices(microphone=True, camera=False), at(1))
    assert receive(room, "pat-phone", m.SetDevices(microphone=True, camera=False), at(1)) == [], "it is news to nobody"
    effects = room.enter(arrival("sam-phone"), at(2))
    seen = picture(effects, "pat-phone")
    assert {one.name: one.devices for one in seen.participants} == {
        "Dana": (m.Device(connection="dana-laptop", microphone=False, camera=False),),
        "Pat": (m.Device(connection="pat-phone", microphone=True, camera=False),),
    }
    assert seen.waiting == ()
    assert [one.name for one in picture(effects, "dana-laptop").waiting] == ["Sam"]


def test_one_person_waiting_on_two_devices_waits_once(room: Room) -> None:
    effects = room.enter(arrival("pat-laptop"), at(2))
    (waiting,) = picture(effects, "dana-laptop").waiting
    assert (waiting.person, waiting.since) == ("pat", at(0))


def test_the_phase_follows_what_staff_did(room: Room) -> None:
    assert picture(room.announce(), "pat-phone").phase == "live"
    ended = receive(room, "dana-laptop", m.EndSession(), at(3))
    assert picture(ended, "pat-phone").phase == "ended"
