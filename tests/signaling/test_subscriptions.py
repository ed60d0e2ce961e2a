"""Everybody receives everybody else in the room, and nobody their own other device."""

from signaling import messages as m
from signaling import subscriptions
from signaling.media.engine import FeedId
from tests.signaling import stories
from tests.signaling.stories import arrival, at


def test_everybody_elses_feeds_and_not_ones_own() -> None:
    room = stories.group()
    heard = subscriptions.of(room, room.connections["dana-laptop"])
    assert heard.wants == (FeedId("pat-phone", "audio"), FeedId("pat-phone", "video"))
    room.enter(arrival("pat-laptop"), at(5))
    assert subscriptions.of(room, room.connections["pat-laptop"]).wants == (FeedId("dana-laptop", "audio"),)


def test_who_waits_in_the_lobby_is_not_received_and_receives_nothing_anew() -> None:
    room = stories.group()
    room.receive("dana-laptop", m.ReturnToLobby(person="pat"), at(5))
    assert subscriptions.of(room, room.connections["dana-laptop"]).wants == ()
    assert [effect.connection for effect in subscriptions.of_others(room, "nobody")] == ["dana-laptop"]
