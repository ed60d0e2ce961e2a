"""Everybody may ask for media and leave; only staff run the room: the door, breaks, the end, and notes."""

from datetime import timedelta

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.facts import SessionFacts
from domain.errors import (
    AlreadyJoined,
    Forbidden,
    InvalidInput,
    NotAdmitted,
    NotFound,
    RemovedFromSession,
    SessionNotOpen,
)
from domain.events.room import (
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionReturned,
    ConnectionSeen,
    PersonReadmitted,
    PersonRemoved,
    PersonReturned,
)
from domain.ledger.streams import numbered
from domain.policy import Policy
from signaling import messages as m
from signaling.media.engine import FeedId
from signaling.room.effects import KeepDraft, PublishMedia, Send, SubscribeMedia
from signaling.room.requests import receive
from signaling.room.room import Room
from tests.signaling import stories
from tests.signaling.stories import END, PLAN, all_give_a_sign, arrival, at, facts, people, picture


@pytest.fixture
def room() -> Room:
    return stories.lobby()


@pytest.fixture
def group() -> Room:
    return stories.group()


def test_guests_are_let_in_one_by_one(room: Room) -> None:
    """Staff look at each guest first: letting in everybody who waits leaves them waiting."""
    receive(room, "dana-laptop", m.StartSession(), at(0))
    room.enter(msgspec.structs.replace(arrival("maria-phone"), role="family_member", guest_of="Pat"), at(1))
    receive(room, "dana-laptop", m.AdmitAll(), at(2))
    assert not room.connections["maria-phone"].admitted
    receive(room, "dana-laptop", m.Admit(person="maria"), at(3))
    assert room.connections["maria-phone"].admitted


def test_a_connection_joins_once(group: Room) -> None:
    with pytest.raises(AlreadyJoined):
        receive(group, "pat-phone", m.Join(ticket="x"), at(2))


def test_media_goes_through_the_engine(group: Room) -> None:
    assert receive(group, "pat-phone", m.Publish(offer="v=0"), at(2)) == [PublishMedia("pat-phone", "v=0")]
    (again,) = receive(group, "pat-phone", m.Resubscribe(), at(3))
    assert again == SubscribeMedia("pat-phone", (FeedId("dana-laptop", "audio"),), fresh=True)


def test_presence_begins_when_staff_admit(room: Room) -> None:
    effects = receive(room, "dana-laptop", m.Admit(person="pat"), at(4))
    assert facts(effects) == [
        ConnectionAdmitted(at=at(4), session="evening", seq=numbered(1, 6), connection="pat-phone", by="dana")
    ]
    assert [one.label for one in picture(effects, "pat-phone").participants] == ["Dana", "Pat"]


def test_everyone_who_waits_is_admitted_at_once(room: Room) -> None:
    room.enter(arrival("sam-phone"), at(1))
    effects = receive(room, "dana-laptop", m.AdmitAll(), at(2))
    assert [fact.connection for fact in facts(effects) if isinstance(fact, ConnectionAdmitted)] == [
        "pat-phone",
        "sam-phone",
    ]


def test_nobody_is_admitted_before_the_session_is_started() -> None:
    room = Room(PLAN)
    room.enter(arrival("dana-laptop"), at(-5))
    room.enter(arrival("pat-phone"), at(-4))
    with pytest.raises(SessionNotOpen):
        receive(room, "dana-laptop", m.AdmitAll(), at(-3))


@pytest.mark.parametrize(
    "request_", [m.StartSession(), m.EndSession(), m.AdmitAll(), m.Remove(person="dana"), m.StartBreak()]
)
def test_a_client_cannot_run_the_room(group: Room, request_: m.Request) -> None:
    before = list(group.facts)
    with pytest.raises(Forbidden):
        receive(group, "pat-phone", request_, at(5))
    assert group.facts == before


def test_sent_back_to_the_lobby_means_absent_but_alive(group: Room) -> None:
    effects = receive(group, "dana-laptop", m.ReturnToLobby(person="pat"), at(12))
    returned, _ = facts(effects)
    assert isinstance(returned, ConnectionReturned)
    assert not picture(effects, "pat-phone").here
    assert [waiting.since for waiting in picture(effects, "dana-laptop").waiting] == [at(12)]
    with pytest.raises(NotAdmitted):
        receive(group, "pat-phone", m.Publish(offer="v=0"), at(13))


def test_a_removed_person_does_not_come_back(group: Room) -> None:
    all_give_a_sign(group, at(12))
    effects = receive(group, "dana-laptop", m.Remove(person="pat"), at(12))
    closed, _ = facts(effects)
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, closed.by) == ("removed", "dana")
    with pytest.raises(RemovedFromSession):
        group.enter(arrival("pat-laptop"), at(13))


def test_a_person_removed_after_falling_silent_does_not_come_back_either(group: Room) -> None:
    all_give_a_sign(group, at(11))
    closed, _ = facts(receive(group, "dana-laptop", m.Remove(person="pat"), at(12)))
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, closed.last_seen, closed.act, closed.by) == ("lost", at(11), "removed", "dana")
    successor = Room(PLAN, group.facts, epoch=2)
    for room in (group, successor):
        with pytest.raises(RemovedFromSession):
            room.enter(arrival("pat-laptop"), at(13))


def test_a_person_removed_while_away_stays_out_even_after_a_takeover(group: Room) -> None:
    group.drop("pat-phone", at(12))
    effects = receive(group, "dana-laptop", m.Remove(person="pat"), at(12.5))
    (removed,) = facts(effects)
    assert (type(removed), removed.person, removed.by) == (PersonRemoved, "pat", "dana")
    assert people(picture(effects, "dana-laptop")) == ["dana"]
    assert facts(receive(group, "dana-laptop", m.Remove(person="pat"), at(12.6))) == []
    for room in (group, Room(PLAN, group.facts, epoch=2)):
        with pytest.raises(RemovedFromSession):
            room.enter(arrival("pat-laptop"), at(13))


def test_a_person_who_never_came_can_be_kept_out_too(group: Room) -> None:
    receive(group, "dana-laptop", m.Remove(person="sam"), at(12))
    with pytest.raises(RemovedFromSession):
        group.enter(arrival("sam-phone"), at(13))


def test_a_person_returned_while_away_waits_in_the_lobby(group: Room) -> None:
    group.drop("pat-phone", at(12))
    (returned,) = facts(receive(group, "dana-laptop", m.ReturnToLobby(person="pat"), at(12.5)))
    assert (type(returned), returned.person) == (PersonReturned, "pat")
    for room in (group, Room(PLAN, group.facts, epoch=2)):
        assert not picture(room.enter(arrival("pat-laptop"), at(13)), "pat-laptop").here


def test_a_person_returned_while_another_device_is_away_is_not_in_the_room(group: Room) -> None:
    group.enter(arrival("pat-laptop"), at(12))
    group.drop("pat-laptop", at(13))
    shown = picture(receive(group, "dana-laptop", m.ReturnToLobby(person="pat"), at(14)), "dana-laptop")
    assert people(shown) == ["dana"]


def test_a_person_removed_by_mistake_is_readmitted_and_waits_in_the_lobby(group: Room) -> None:
    all_give_a_sign(group, at(12))
    removing = receive(group, "dana-laptop", m.Remove(person="pat"), at(12))
    assert picture(removing, "dana-laptop").removed == (m.Removed(person="pat", name="Pat"),)
    effects = receive(group, "dana-laptop", m.Readmit(person="pat"), at(13))
    (readmitted,) = facts(effects)
    assert (type(readmitted), readmitted.person, readmitted.by) == (PersonReadmitted, "pat", "dana")
    assert picture(effects, "dana-laptop").removed == ()
    assert facts(receive(group, "dana-laptop", m.Readmit(person="pat"), at(13))) == []
    for room in (group, Room(PLAN, group.facts, epoch=2)):
        assert not picture(room.enter(arrival("pat-laptop"), at(13)), "pat-laptop").here


def supervised(group: Room) -> Room:
    """Ruth supervises the clinic; she looks in from the lobby."""
    group.enter(msgspec.structs.replace(arrival("ruth-laptop"), role="observer", oversees=True), at(10))
    all_give_a_sign(group, at(12))
    return group


def test_an_overseer_sends_staff_out_and_lets_them_in_again(group: Room) -> None:
    room = supervised(group)
    effects = receive(room, "ruth-laptop", m.Remove(person="dana"), at(12))
    closed = next(fact for fact in facts(effects) if isinstance(fact, ConnectionClosed))
    assert (closed.connection, closed.cause, closed.by) == ("dana-laptop", "removed", "ruth")
    assert picture(effects, "ruth-laptop").removed == (m.Removed(person="dana", name="Dana"),)
    with pytest.raises(RemovedFromSession):
        room.enter(arrival("dana-phone"), at(13))
    receive(room, "ruth-laptop", m.Readmit(person="dana"), at(13))
    assert picture(room.enter(arrival("dana-phone"), at(13)), "dana-phone").here


def test_an_overseer_is_not_sent_out_by_others_and_runs_no_room(group: Room) -> None:
    room = supervised(group)
    for connection, request in (
        ("dana-laptop", m.Remove(person="ruth")),
        ("ruth-laptop", m.Remove(person="ruth")),
        ("ruth-laptop", m.EndSession()),
        ("ruth-laptop", m.AdmitAll()),
    ):
        with pytest.raises(Forbidden):
            receive(room, connection, request, at(12))


def test_removed_people_are_shown_to_staff_alone(group: Room) -> None:
    group.enter(arrival("sam-phone"), at(2))
    effects = receive(group, "dana-laptop", m.Remove(person="pat"), at(12))
    assert picture(effects, "sam-phone").removed == ()


def test_a_person_who_leaves_early_has_known_hours_while_the_others_stay(group: Room) -> None:
    all_give_a_sign(group, at(61))
    _, seen = facts(receive(group, "pat-phone", m.Leave(), at(61)))
    assert (type(seen), seen.connection, seen.at) == (ConnectionSeen, "dana-laptop", at(61))
    evening = SessionFacts(id="evening", plan=PLAN, policy=Policy(), events=group.facts)
    record = attendance([evening])["evening"]
    assert record.clients["pat"].credited_s == 60 * 60
    assert "never_closed" in record.flags, "until she goes, until when Dana was here is known only so far"


def test_staff_do_not_send_themselves_out(group: Room) -> None:
    with pytest.raises(Forbidden):
        receive(group, "dana-laptop", m.Remove(person="dana"), at(12))


@pytest.mark.parametrize("act", [m.Admit, m.Remove])
def test_strangers_are_not_found(group: Room, act: type[m.Admit | m.Remove]) -> None:
    with pytest.raises(NotFound):
        receive(group, "dana-laptop", act(person="nobody"), at(12))


def test_an_extension_must_lie_ahead_and_within_reason(group: Room) -> None:
    with pytest.raises(InvalidInput):
        receive(group, "dana-laptop", m.ExtendSession(until=at(1)), at(2))
    with pytest.raises(InvalidInput):
        receive(group, "dana-laptop", m.ExtendSession(until=END + timedelta(days=1)), at(2))
    effects = receive(group, "dana-laptop", m.ExtendSession(until=END + timedelta(minutes=15)), at(3))
    assert picture(effects, "pat-phone").ends == END + timedelta(minutes=15)


def test_a_break_starts_once_and_ends_once(group: Room) -> None:
    assert len(facts(receive(group, "dana-laptop", m.StartBreak(), at(90)))) == 1
    assert facts(receive(group, "dana-laptop", m.StartBreak(), at(91))) == []
    assert len(facts(receive(group, "dana-laptop", m.EndBreak(), at(105)))) == 1
    assert facts(receive(group, "dana-laptop", m.EndBreak(), at(106))) == []


def test_a_draft_is_kept_and_then_confirmed(group: Room) -> None:
    request = m.SaveNote(client="pat", kind="progress", revision=3, text="Calmer than Monday.")
    draft, confirmation = receive(group, "dana-laptop", request, at(50))
    assert draft == KeepDraft("dana", "pat", "progress", 3, "Calmer than Monday.", at(50))
    assert isinstance(confirmation, Send)
    assert confirmation.message == m.NoteSaved(client="pat", kind="progress", revision=3, at=at(50))
    with pytest.raises(NotFound):
        receive(group, "dana-laptop", m.SaveNote(client="eve", kind="progress", revision=1, text="x"), at(51))
