"""The room as a state machine: stories of one evening, and then any evening that Hypothesis finds."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from domain.errors import (
    Refusal,
    SessionOver,
)
from domain.events.room import (
    ConnectionAdmitted,
    ConnectionClosed,
    ConnectionOpened,
    RoomClosed,
    RoomOpened,
    SessionEnded,
)
from signaling import messages as m
from signaling.media.engine import FeedId
from signaling.room.effects import (
    AskForSign,
    CloseRoom,
    Disconnect,
    Effect,
    KeepEvidence,
    LeaveMedia,
    Send,
    SubscribeMedia,
)
from signaling.room.evidence import MISSED
from signaling.room.requests import receive
from signaling.room.room import ENDS_ITSELF_AFTER, Room
from tests.signaling import stories
from tests.signaling.stories import END, PLAN, all_give_a_sign, arrival, at, facts, people, picture, sent_to


@pytest.fixture
def room() -> Room:
    return stories.lobby()


@pytest.fixture
def group() -> Room:
    return stories.group()


def test_staff_walk_straight_in(room: Room) -> None:
    opened, admitted = facts(room.enter(arrival("dana-phone"), at(3)))
    assert isinstance(opened, ConnectionOpened)
    assert isinstance(admitted, ConnectionAdmitted)


def test_a_leave_is_dated_at_its_request(group: Room) -> None:
    effects = receive(group, "pat-phone", m.Leave(), at(30))
    closed, _ = facts(effects)
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, closed.at, closed.last_seen) == ("left", at(30), None)
    assert isinstance(sent_to(effects, "pat-phone")[0], m.Dismissed)
    assert Disconnect("pat-phone") in effects
    assert LeaveMedia("pat-phone") in effects
    assert people(picture(effects, "dana-laptop")) == ["dana"]


def test_a_loss_is_dated_at_the_last_evidence_and_not_at_its_detection(group: Room) -> None:
    group.witness("pat-phone", at(20), "socket")
    group.witness("pat-phone", at(20.1), "media")
    group.witness("pat-phone", at(19), "heartbeat")
    effects = group.drop("pat-phone", at(20.25))
    closed, _ = facts(effects)
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, closed.last_seen) == ("lost", at(20.1))
    shown = picture(effects, "dana-laptop")
    assert dict(zip(people(shown), shown.participants, strict=True))["pat"].devices == ()


def test_a_second_drop_of_the_same_connection_changes_nothing(group: Room) -> None:
    group.drop("pat-phone", at(20))
    assert group.drop("pat-phone", at(21)) == []


def test_a_person_who_was_let_in_comes_back_without_the_lobby(group: Room) -> None:
    group.drop("pat-phone", at(20))
    opened, admitted = facts(group.enter(arrival("pat-laptop"), at(21)))
    assert isinstance(opened, ConnectionOpened)
    assert isinstance(admitted, ConnectionAdmitted)
    assert admitted.connection == "pat-laptop"


def test_a_reload_takes_over_from_its_own_ghost(group: Room) -> None:
    group.witness("pat-phone", at(20), "media")
    effects = group.enter(arrival("pat-reloaded", replaces="pat-phone"), at(21))
    closed = facts(effects)[0]
    assert isinstance(closed, ConnectionClosed)
    assert (closed.connection, closed.cause, closed.last_seen) == ("pat-phone", "lost", at(20))
    shown = picture(effects, "dana-laptop")
    pat = dict(zip(people(shown), shown.participants, strict=True))["pat"]
    assert [device.connection for device in pat.devices] == ["pat-reloaded"]


def test_nobody_takes_over_from_somebody_else(group: Room) -> None:
    effects = group.enter(arrival("sam-phone", replaces="pat-phone"), at(21))
    assert not any(isinstance(fact, ConnectionClosed) for fact in facts(effects))


def test_two_devices_are_one_person(group: Room) -> None:
    effects = group.enter(arrival("pat-laptop"), at(10))
    assert people(picture(effects, "dana-laptop")) == ["dana", "pat"]
    (wanted,) = [one for one in effects if isinstance(one, SubscribeMedia)]
    assert {feed.connection for feed in wanted.wants} == {"dana-laptop"}, "a person's own phone is not played back"


def test_the_end_closes_everyone_and_then_the_stream(group: Room) -> None:
    all_give_a_sign(group, at(190))
    effects = receive(group, "dana-laptop", m.EndSession(), at(190))
    recorded = facts(effects)
    assert isinstance(recorded[0], SessionEnded)
    assert [fact.cause for fact in recorded if isinstance(fact, ConnectionClosed)] == ["ended", "ended"]
    assert isinstance(recorded[-1], RoomClosed)
    assert recorded[-1].count == len(group.facts)
    assert effects[-1] == CloseRoom()
    with pytest.raises(SessionOver):
        group.enter(arrival("pat-laptop"), at(191))
    assert group.tick(at(400)) == []


def test_a_session_nobody_ended_ends_by_itself(group: Room) -> None:
    assert not any(isinstance(fact, SessionEnded) for fact in facts(group.tick(END)))
    effects = group.tick(END + ENDS_ITSELF_AFTER)
    assert isinstance(facts(effects)[0], SessionEnded)


def test_evidence_is_kept_every_five_seconds(group: Room) -> None:
    first = group.tick(at(10))
    assert {effect.connection for effect in first if isinstance(effect, KeepEvidence)} == {"dana-laptop", "pat-phone"}
    assert group.tick(at(10) + timedelta(seconds=4)) == []
    assert len(group.tick(at(10) + timedelta(seconds=5))) == 2


def test_the_end_finds_a_silent_device_lost_since_its_last_sign(group: Room) -> None:
    all_give_a_sign(group, at(189))
    closed = facts(receive(group, "dana-laptop", m.EndSession(), at(190)))[1:3]
    recorded = [(fact.cause, fact.act, fact.last_seen) for fact in closed if isinstance(fact, ConnectionClosed)]
    assert recorded == [("ended", None, None), ("lost", "ended", at(189))]


def test_messages_read_after_a_sleep_are_no_evidence_of_their_time(group: Room) -> None:
    group.tick(at(30))
    all_give_a_sign(group, at(30))
    closed, _ = facts(receive(group, "pat-phone", m.Leave(), at(32)))
    assert isinstance(closed, ConnectionClosed)
    assert (closed.cause, closed.act, closed.last_seen) == ("lost", "left", at(30))


def test_a_device_whose_media_stops_is_asked_at_once_and_without_an_answer_was_lost_by_then(group: Room) -> None:
    group.witness("pat-phone", at(30), "media")
    assert AskForSign("pat-phone") not in group.tick(at(30) + MISSED)
    missed = at(30) + MISSED + timedelta(seconds=0.4)
    assert AskForSign("pat-phone") in group.tick(missed)
    assert AskForSign("pat-phone") not in group.tick(missed + timedelta(seconds=0.5)), "once"
    lost, _ = facts(group.drop("pat-phone", at(30.25)))
    assert isinstance(lost, ConnectionClosed)
    assert (lost.last_seen, lost.missed_at) == (at(30), missed)


def test_a_device_that_answers_was_not_lost_by_then(group: Room) -> None:
    group.witness("pat-phone", at(30), "media")
    group.tick(at(30) + timedelta(seconds=2))
    group.witness("pat-phone", at(30) + timedelta(seconds=2.1), "socket")
    assert AskForSign("pat-phone") not in group.tick(at(30) + timedelta(seconds=3.5)), "without media, pings must do"
    lost, _ = facts(group.drop("pat-phone", at(30.25)))
    assert isinstance(lost, ConnectionClosed)
    assert (lost.last_seen, lost.missed_at) == (at(30) + timedelta(seconds=2.1), None)


def test_a_node_that_stops_moves_everybody_and_closes_its_stream(group: Room) -> None:
    all_give_a_sign(group, at(60))
    recorded = facts(group.move(at(60)))
    assert [fact.cause for fact in recorded if isinstance(fact, ConnectionClosed)] == ["moved", "moved"]
    assert isinstance(recorded[-1], RoomClosed)


def test_a_stream_that_is_closed_stays_closed(group: Room) -> None:
    group.move(at(60))
    assert group.move(at(61)) == []


def test_another_node_takes_over_where_the_dead_one_stopped(group: Room) -> None:
    successor = Room(PLAN, group.facts, epoch=2)
    recorded = facts(successor.open("node-b", {"pat-phone": at(40)}, at(41)))
    assert isinstance(recorded[0], RoomOpened)
    lost = {fact.connection: fact.last_seen for fact in recorded if isinstance(fact, ConnectionClosed)}
    assert lost == {"dana-laptop": None, "pat-phone": at(40)}
    opened, admitted = facts(successor.enter(arrival("pat-phone2"), at(42)))
    assert isinstance(opened, ConnectionOpened)
    assert isinstance(admitted, ConnectionAdmitted), "who was let in before need not wait again"


def test_a_node_that_died_closes_its_own_stream_when_it_is_back(group: Room) -> None:
    restarted = Room(PLAN, group.facts, epoch=1, count=len(group.facts))
    recorded = facts(restarted.recover({"pat-phone": at(40)}, at(41)))
    assert isinstance(recorded[-1], RoomClosed)
    assert recorded[-1].count == len(group.facts) + len(recorded)


class Evening(RuleBasedStateMachine):
    """Anything that people, networks and clocks may do, and the rules that must hold all the same."""

    connections = Bundle("connections")

    def __init__(self) -> None:
        super().__init__()
        self.room = Room(PLAN)
        self.now = at(-10)
        self.recorded: list[object] = facts(self.room.open("node-a", {}, self.now))
        self.made = 0

    def perform(self, effects: list[Effect]) -> None:
        for fact in facts(effects):
            self.recorded.append(fact)

    def attempt(self, connection: str, request: m.Request) -> None:
        before = list(self.room.facts)
        try:
            self.perform(receive(self.room, connection, request, self.now))
        except Refusal:
            assert self.room.facts == before, "a refusal changes nothing"

    @rule(seconds=st.floats(0, 900))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.perform(self.room.tick(self.now))

    @rule(target=connections, person=st.sampled_from(["dana", "pat", "sam", "lee"]), replaces=st.none() | connections)
    def arrive(self, person: str, replaces: str | None) -> str:
        self.made += 1
        connection = f"{person}-{self.made}"
        with contextlib.suppress(Refusal):
            self.perform(self.room.enter(arrival(connection, replaces), self.now))
        return connection

    @rule(connection=consumes(connections))
    def leave(self, connection: str) -> None:
        self.attempt(connection, m.Leave())

    @rule(connection=connections)
    def vanish(self, connection: str) -> None:
        self.perform(self.room.drop(connection, self.now))

    @rule(connection=connections, ago=st.floats(0, 30))
    def give_a_sign_of_life(self, connection: str, ago: float) -> None:
        self.room.witness(connection, self.now - timedelta(seconds=ago), "media")

    @rule(connection=connections)
    def send(self, connection: str) -> None:
        self.perform(self.room.publish(connection, (FeedId(connection, "audio"),)))

    @rule(
        connection=connections,
        request=st.sampled_from(
            [m.StartSession(), m.StartBreak(), m.EndBreak(), m.AdmitAll(), m.EndSession(), m.Resubscribe()]
        ),
    )
    def ask(self, connection: str, request: m.Request) -> None:
        self.attempt(connection, request)

    @rule(
        connection=connections,
        person=st.sampled_from(["dana", "pat", "sam", "nobody"]),
        act=st.sampled_from([m.Admit, m.ReturnToLobby, m.Remove]),
    )
    def ask_about(self, connection: str, person: str, act: type[m.Admit | m.ReturnToLobby | m.Remove]) -> None:
        self.attempt(connection, act(person=person))

    @invariant()
    def facts_are_numbered_without_a_gap(self) -> None:
        numbers = [fact.seq & 0xFFFFFFFF for fact in self.room.facts]
        assert numbers == list(range(1, len(numbers) + 1))
        assert self.recorded == self.room.facts, "whatever the room knows, it had journaled"

    @invariant()
    def every_connection_has_one_life(self) -> None:
        opened = [fact.connection for fact in self.room.facts if isinstance(fact, ConnectionOpened)]
        closed = [fact.connection for fact in self.room.facts if isinstance(fact, ConnectionClosed)]
        assert len(opened) == len(set(opened))
        assert len(closed) == len(set(closed))
        assert set(opened) - set(closed) == set(self.room.connections)

    @invariant()
    def the_room_and_its_facts_agree(self) -> None:
        again = Room(PLAN, self.room.facts)
        assert again.standing == self.room.standing

    @invariant()
    def only_who_was_admitted_is_seen_and_sees(self) -> None:
        for effect in self.room.announce():
            assert isinstance(effect, Send)
            assert isinstance(effect.message, m.RoomChanged)
            connection = self.room.connections[effect.connection]
            assert connection.admitted or not effect.message.participants
            assert connection.is_staff or not effect.message.waiting

    @invariant()
    def a_loss_is_never_dated_after_its_detection(self) -> None:
        for fact in self.room.facts:
            if isinstance(fact, ConnectionClosed) and fact.last_seen is not None:
                assert fact.last_seen <= fact.at

    @invariant()
    def after_the_end_nobody_is_left(self) -> None:
        if self.room.standing.ended_at is not None:
            assert not self.room.connections
            assert isinstance(self.room.facts[-1], RoomClosed)


TestEvening = Evening.TestCase
TestEvening.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
