"""What a room's test can cause with the engine that has no network."""

from datetime import UTC, datetime

from signaling.media.engine import Connected, FeedId, Lost, Seat, Speaking, Witnessed
from signaling.media.fake import ANSWER, OFFER, FakeMedia

PAT, DANA = Seat("room", "pat"), Seat("room", "dana")
EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


async def test_events_that_a_test_causes_are_emitted() -> None:
    media = FakeMedia()
    media.witness(PAT, EVENING)
    media.speak("room", ["pat", "dana"])
    await media.close()
    assert [event async for event in media.events()] == [Witnessed(PAT, EVENING), Speaking("room", ("pat", "dana"))]


async def test_a_lost_subscriber_is_offered_a_new_peer_connection() -> None:
    media = FakeMedia()
    await media.open_room("room")
    assert await media.publish(PAT, OFFER) == ANSWER
    before = await media.subscribe(DANA, [FeedId("pat", "audio")])
    media.lose(DANA, "subscribe")
    after = await media.subscribe(DANA, [FeedId("pat", "audio")])
    await media.close()
    assert before is not None
    assert after is not None
    assert before.connection_id != after.connection_id
    assert Lost(DANA, "subscribe") in [event async for event in media.events()]


async def test_an_offer_of_a_microphone_alone_publishes_sound_alone() -> None:
    media = FakeMedia()
    await media.open_room("room")
    await media.publish(PAT, "v=0\r\nm=audio 9 RTP 111\r\n")
    await media.close()
    connected, published = [event async for event in media.events()]
    assert connected == Connected(PAT, "publish")
    assert published.feeds == (FeedId("pat", "audio"),)
