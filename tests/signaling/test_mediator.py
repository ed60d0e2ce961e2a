"""One request at a time goes to the engine, in order, and of many subscriptions only the newest."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from signaling import messages as m
from signaling.effects import AcceptMedia, LeaveMedia, PublishMedia, SubscribeMedia
from signaling.media.engine import FeedId
from signaling.media.fake import ANSWER, OFFER, FakeMedia
from signaling.mediator import Mediator
from tests.waiting import eventually

Told = list[tuple[str, m.Told]]


@pytest.fixture
async def line() -> AsyncIterator[tuple[Mediator, Told]]:
    engine, told = FakeMedia(), []
    await engine.open_room("room")
    mediator = Mediator("room", engine, lambda connection, message: told.append((connection, message)))
    running = asyncio.ensure_future(mediator.run())
    yield mediator, told
    running.cancel()
    await engine.close()


async def heard(told: Told, kind: type[m.Told], count: int = 1) -> list[m.Told]:
    async def look() -> list[m.Told]:
        found = [message for _, message in told if isinstance(message, kind)]
        return found if len(found) >= count else []

    return await eventually(look)


async def test_an_offer_is_answered(line: tuple[Mediator, Told]) -> None:
    mediator, told = line
    mediator.put(PublishMedia("pat", OFFER))
    assert await heard(told, m.Answered) == [m.Answered(answer=ANSWER)]


async def test_only_the_newest_subscription_is_carried_out(line: tuple[Mediator, Told]) -> None:
    mediator, told = line
    for who in ("pat", "sam", "lee"):
        mediator.put(PublishMedia(who, OFFER))
    await heard(told, m.Answered, 3)
    mediator.put(SubscribeMedia("dana", (FeedId("pat", "audio"),)))
    mediator.put(SubscribeMedia("dana", (FeedId("pat", "audio"), FeedId("sam", "audio"))))
    (offered,) = await heard(told, m.Offered)
    assert isinstance(offered, m.Offered)
    assert {feed.connection for feed in offered.feeds.values()} == {"pat", "sam"}
    mediator.put(AcceptMedia("dana", offered.offer_id, ANSWER))


async def test_what_the_engine_refuses_is_told_and_the_next_request_goes_on(line: tuple[Mediator, Told]) -> None:
    mediator, told = line
    mediator.put(PublishMedia("pat", "nonsense"))
    mediator.put(LeaveMedia("nobody"))
    mediator.put(PublishMedia("sam", OFFER))
    await heard(told, m.Answered)
    (refused,) = await heard(told, m.Refused)
    assert isinstance(refused, m.Refused)
    assert refused.code == "media_refused"
