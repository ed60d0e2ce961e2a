"""Everybody in the room receives everybody else, but not their own other devices; the lobby receives nothing."""

import pytest

from domain.errors import NotAdmitted
from signaling import messages as m
from signaling.media.engine import FeedId, TileSize
from signaling.room import subscriptions
from signaling.room.effects import RestartMedia, SubscribeMedia, ViewMedia
from signaling.room.requests import receive
from tests.signaling import stories
from tests.signaling.stories import arrival, at, picture

DANA_SCREEN = FeedId("dana-laptop", "screen")
HELD = (FeedId("pat-phone", "audio"), FeedId("pat-phone", "video"))


def test_a_connection_receives_everybody_elses_feeds_and_not_its_own() -> None:
    room = stories.group()
    heard = subscriptions.of(room.connections, room.connections["dana-laptop"])
    assert heard.wants == (FeedId("pat-phone", "audio"), FeedId("pat-phone", "video"))
    room.enter(arrival("pat-laptop"), at(5))
    assert subscriptions.of(room.connections, room.connections["pat-laptop"]).wants == (FeedId("dana-laptop", "audio"),)


def test_a_person_in_the_lobby_is_not_received_and_receives_nothing() -> None:
    room = stories.group()
    receive(room, "dana-laptop", m.ReturnToLobby(person="pat"), at(5))
    assert subscriptions.of(room.connections, room.connections["dana-laptop"]).wants == ()
    assert [effect.connection for effect in subscriptions.of_others(room.connections, "nobody")] == ["dana-laptop"]


def test_a_page_s_view_is_passed_on_by_feed() -> None:
    view = m.View(cameras={"pat-phone": m.Size(width=640, height=360), "sam-phone": None}, screens={"pat-phone": None})
    (asked,) = receive(stories.group(), "dana-laptop", view, at(2))
    assert asked == ViewMedia(
        "dana-laptop",
        {
            FeedId("pat-phone", "video"): TileSize(640, 360),
            FeedId("sam-phone", "video"): None,
            FeedId("pat-phone", "screen"): None,
        },
    )


def test_a_lost_path_is_restarted_and_a_failed_connection_replaced() -> None:
    room = stories.group()
    assert receive(room, "dana-laptop", m.Resubscribe(keep=True), at(2)) == [RestartMedia("dana-laptop", HELD)]
    assert receive(room, "dana-laptop", m.Resubscribe(), at(2)) == [SubscribeMedia("dana-laptop", HELD, fresh=True)]


@pytest.mark.parametrize(
    "request_",
    [m.Publish(offer="v=0"), m.Accept(offer_id=1, answer="v=0"), m.Resubscribe(), m.View(cameras={}, screens={})],
)
def test_in_the_lobby_there_is_no_media(request_: m.Request) -> None:
    with pytest.raises(NotAdmitted):
        receive(stories.lobby(), "pat-phone", request_, at(2))


def test_a_screen_is_received_while_it_is_shared_and_only_then() -> None:
    room = stories.group()
    room.publish("dana-laptop", (FeedId("dana-laptop", "audio"), DANA_SCREEN))
    sharing = receive(room, "dana-laptop", m.SetDevices(microphone=True, camera=True, screen=True), at(2))
    assert [effect for effect in sharing if isinstance(effect, SubscribeMedia)] == [
        SubscribeMedia("pat-phone", (FeedId("dana-laptop", "audio"), DANA_SCREEN))
    ]
    dana = next(one for one in picture(sharing, "pat-phone").participants if one.label == "Dana")
    assert dana.devices[0].screen
    stopped = receive(room, "dana-laptop", m.SetDevices(microphone=True, camera=True), at(3))
    assert SubscribeMedia("pat-phone", (FeedId("dana-laptop", "audio"),)) in stopped
