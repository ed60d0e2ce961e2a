"""Requests go to the engine one at a time and in order; of many subscriptions, only the newest goes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from signaling import messages as m
from signaling.hosting.mediator import Mediator
from signaling.media.engine import FeedId, Seat, TileSize
from signaling.media.fake import ANSWER, OFFER, FakeMedia
from signaling.room.effects import AcceptMedia, LeaveMedia, PublishMedia, RestartMedia, SubscribeMedia, ViewMedia
from tests.waiting import eventually

Sent = list[tuple[str, m.NodeMessage]]


@pytest.fixture
async def line() -> AsyncIterator[tuple[Mediator, Sent]]:
    engine, sent = FakeMedia(), []
    await engine.open_room("room")
    mediator = Mediator("room", engine, lambda connection, message: sent.append((connection, message)))
    running = asyncio.ensure_future(mediator.run())
    yield mediator, sent
    running.cancel()
    await engine.close()


async def heard(sent: Sent, kind: type[m.NodeMessage], count: int = 1) -> list[m.NodeMessage]:
    async def look() -> list[m.NodeMessage]:
        found = [message for _, message in sent if isinstance(message, kind)]
        return found if len(found) >= count else []

    return await eventually(look)


async def test_an_offer_is_answered(line: tuple[Mediator, Sent]) -> None:
    mediator, sent = line
    mediator.put(PublishMedia("pat", OFFER))
    assert await heard(sent, m.Answered) == [m.Answered(answer=ANSWER)]


async def test_only_the_newest_subscription_is_carried_out(line: tuple[Mediator, Sent]) -> None:
    mediator, sent = line
    for who in ("pat", "sam", "lee"):
        mediator.put(PublishMedia(who, OFFER))
    await heard(sent, m.Answered, 3)
    mediator.put(SubscribeMedia("dana", (FeedId("pat", "audio"),)))
    mediator.put(SubscribeMedia("dana", (FeedId("pat", "audio"), FeedId("sam", "audio"))))
    (offered,) = await heard(sent, m.Offered)
    assert isinstance(offered, m.Offered)
    assert {feed.connection for feed in offered.feeds.values()} == {"pat", "sam"}
    mediator.put(AcceptMedia("dana", offered.offer_id, ANSWER))


async def test_a_refusal_of_the_engine_is_reported_and_the_next_request_goes_on(line: tuple[Mediator, Sent]) -> None:
    mediator, sent = line
    mediator.put(PublishMedia("pat", "nonsense"))
    mediator.put(LeaveMedia("nobody"))
    mediator.put(PublishMedia("sam", OFFER))
    await heard(sent, m.Answered)
    (refused,) = await heard(sent, m.Refused)
    assert isinstance(refused, m.Refused)
    assert refused.code == "media_refused"


async def test_a_path_that_is_lost_is_offered_again_and_a_lost_connection_is_replaced(
    line: tuple[Mediator, Sent],
) -> None:
    mediator, sent = line
    wants = (FeedId("pat", "audio"),)
    mediator.put(PublishMedia("pat", OFFER))
    mediator.put(SubscribeMedia("dana", wants))
    (first,) = await heard(sent, m.Offered)
    mediator.put(AcceptMedia("dana", first.offer_id, ANSWER))
    mediator.put(RestartMedia("dana", wants))
    (_, again) = await heard(sent, m.Offered, 2)
    assert again.connection_id == first.connection_id
    mediator.put(LeaveMedia("dana"))
    mediator.put(RestartMedia("dana", wants))
    (*_, replaced) = await heard(sent, m.Offered, 3)
    assert replaced.connection_id != first.connection_id


async def test_a_page_s_view_reaches_the_engine(line: tuple[Mediator, Sent]) -> None:
    mediator, sent = line
    mediator.put(ViewMedia("dana", {FeedId("pat", "video"): TileSize(640, 360)}))
    mediator.put(PublishMedia("dana", OFFER))
    await heard(sent, m.Answered)
    assert mediator._engine.tiles == {Seat("room", "dana"): {FeedId("pat", "video"): TileSize(640, 360)}}


async def test_a_connection_with_endless_requests_takes_one_place_and_others_are_served(
    line: tuple[Mediator, Sent],
) -> None:
    mediator, sent = line
    for number in range(2_000):
        mediator.put(PublishMedia("flood", OFFER))
        mediator.put(ViewMedia("flood", {FeedId("pat", "video"): TileSize(number, 90)}))
        mediator.put(SubscribeMedia("flood", (FeedId("pat", "video"),)))
        mediator.put(AcceptMedia("flood", number, ANSWER))
        mediator.put(RestartMedia("flood", ()))
    assert len(mediator) == 5
    mediator.put(PublishMedia("pat", OFFER))
    answered = await heard(sent, m.Answered, 2)
    assert len(answered) == 2
    assert not any(isinstance(message, m.Refused) for _, message in sent)
    assert mediator._engine.tiles[Seat("room", "flood")] == {FeedId("pat", "video"): TileSize(1_999, 90)}


async def test_a_leave_drops_the_connection_s_other_requests(line: tuple[Mediator, Sent]) -> None:
    mediator, sent = line
    mediator.put(PublishMedia("flood", OFFER))
    mediator.put(LeaveMedia("flood"))
    assert len(mediator) == 1
    mediator.put(PublishMedia("pat", OFFER))
    await heard(sent, m.Answered)
    assert {connection for connection, _ in sent} == {"pat"}


async def test_a_late_answer_to_an_older_offer_does_not_take_the_place_of_the_newer_one(
    line: tuple[Mediator, Sent],
) -> None:
    mediator, sent = line
    mediator.put(PublishMedia("pat", OFFER))
    mediator.put(SubscribeMedia("dana", (FeedId("pat", "audio"),)))
    (offered,) = await heard(sent, m.Offered)
    mediator.put(AcceptMedia("dana", offered.offer_id, ANSWER))
    mediator.put(AcceptMedia("dana", offered.offer_id - 1, ANSWER))
    mediator.put(RestartMedia("dana", ()))
    (_, again) = await heard(sent, m.Offered, 2)
    assert again.connection_id == offered.connection_id, "a connection that was answered is restarted, not replaced"
