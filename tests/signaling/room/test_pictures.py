"""What each connection may see of the room."""

import msgspec
import pytest

from domain.events.room import ConnectionOpened
from domain.events.schedule import GUEST_ROLES, Role
from signaling import messages as m
from signaling.room.requests import receive
from signaling.room.room import Room
from tests.signaling import stories
from tests.signaling.stories import PLAN, arrival, at, facts, picture


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
    assert {one.label: one.devices for one in seen.participants} == {
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


def come(room: Room, connection: str, name: str, role: Role = "client", **more: object) -> m.RoomChanged:
    """Let a person in; returns the picture they see."""
    room.enter(msgspec.structs.replace(arrival(connection), name=name, role=role, **more), at(2))
    effects = receive(room, "dana-laptop", m.AdmitAll(), at(2))
    if role in GUEST_ROLES:
        effects = receive(room, "dana-laptop", m.Admit(person=room.connections[connection].person), at(2))
    return picture(effects, connection)


def labels(shown: m.RoomChanged) -> list[str]:
    return [one.label for one in shown.participants]


def test_clients_and_guests_see_members_and_labels_and_nothing_that_lasts(room: Room) -> None:
    roles: tuple[Role, ...] = ("client", "family_member", "interpreter", "observer")
    for number, role in enumerate(roles):
        shown = come(room, f"guest{number}-phone", f"Guest Number{number}", role)
        assert {one.identity for one in shown.participants} == {None}
        assert {"dana-tonight", "pat-tonight", f"guest{number}-tonight"} <= {one.member for one in shown.participants}
        assert labels(shown)[:3] == ["Dana", "Pat", "Guest N."]


def test_staff_and_who_oversees_the_clinic_see_both(room: Room) -> None:
    ruth_sees = come(room, "ruth-laptop", "Ruth Ito", "observer", oversees=True)
    for shown in (ruth_sees, picture(room.announce(), "dana-laptop")):
        assert labels(shown) == ["Dana", "Pat", "Ruth I."]
        assert [one.identity.name for one in shown.participants if one.identity] == ["Dana", "Pat", "Ruth Ito"]
        assert [one.identity.person for one in shown.participants if one.identity] == ["dana", "pat", "ruth"]


def test_peers_see_the_alias_and_staff_see_what_tells_two_of_one_name_apart(room: Room) -> None:
    room.call_by({"ann": "Cedar", "bea": "Kim M."})
    come(room, "ann-phone", "Kim Moreno")
    shown = come(room, "bea-phone", "KIM MORENO")
    assert labels(shown)[2:] == ["Cedar", "Kim M."]
    staff = picture(room.announce(), "dana-laptop")
    assert [one.identity.name for one in staff.participants if one.identity][2:] == [
        "Kim Moreno (Cedar)", "KIM MORENO (Kim M.)",
    ]  # fmt: skip
    later = Room(PLAN, room.facts, epoch=2)
    later.call_by({"ann": "Cedar", "bea": "Kim M."})
    later.know({"dana": "Dana", "pat": "Pat", "ann": "Kim Moreno", "bea": "KIM MORENO"})
    assert later.labels == room.labels


def test_who_may_see_the_same_shares_one_picture(room: Room) -> None:
    come(room, "sam-phone", "Sam Ito")
    come(room, "kim-phone", "Kim Ito")
    effects = room.announce()
    assert picture(effects, "sam-phone") is picture(effects, "kim-phone") is picture(effects, "pat-phone")


def test_two_people_of_one_label_are_told_apart_and_keep_it_whatever_happens(room: Room) -> None:
    come(room, "ann-phone", "Kim Moreno")
    come(room, "bea-phone", "Kim Meyer")
    assert labels(picture(room.announce(), "pat-phone"))[2:] == ["Kim M.", "Kim M. 2"]
    receive(room, "ann-phone", m.Leave(), at(3))
    room.drop("bea-phone", at(3))
    shown = come(room, "bea-laptop", "Kim Meyer")
    assert labels(shown)[2:] == ["Kim M. 2"]
    come(room, "cleo-phone", "Kim Mora")
    shown = come(room, "ann-laptop", "Kim Moreno")
    assert labels(shown)[2:] == ["Kim M. 2", "Kim M. 3", "Kim M."]


def test_another_node_gives_everybody_the_same_label_again(room: Room) -> None:
    names = {"dana": "Dana", "pat": "Pat", "ann": "Kim Meyer", "bea": "Kim Mora"}
    for person in ("bea", "ann"):
        come(room, f"{person}-phone", names[person])
    assert (room.labels["bea"], room.labels["ann"]) == ("Kim M.", "Kim M. 2")
    successor = Room(PLAN, room.facts, epoch=2)
    successor.know(names)
    assert successor.labels == room.labels


def test_a_label_stays_when_a_name_is_corrected_in_mid_session(room: Room) -> None:
    room.know({"pat": "Patience Okoro"})
    assert (room.names["pat"], room.labels["pat"]) == ("Patience Okoro", "Pat")
