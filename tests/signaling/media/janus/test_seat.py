"""Evidence by Janus: how its two events, "arrives" and "arrives no more", prove a person's presence."""

from datetime import UTC, datetime, timedelta

from signaling.media.engine import FeedId, TileSize
from signaling.media.janus import protocol as janus_protocol
from signaling.media.janus.protocol import Said
from signaling.media.janus.seat import EVIDENCE_AGE, Publication, Shown, Source, Subscription

SIX = datetime(2026, 7, 6, 18, 0, tzinfo=UTC)
FEEDS = {"0": FeedId("pat", "audio"), "1": FeedId("pat", "video")}


def after(seconds: float) -> datetime:
    return SIX + timedelta(seconds=seconds)


def said(mid: str, *, receiving: bool, substream: int = 0) -> Said:
    return Said("media", mid=mid, receiving=receiving, substream=substream)


def test_without_events_there_is_no_evidence() -> None:
    assert Publication(number=1, feeds=FEEDS).evidence(after(60)) is None


def test_while_packets_arrive_evidence_lags_by_its_age() -> None:
    pat = Publication(number=1, feeds=FEEDS)
    pat.hear_media(said("0", receiving=True), SIX)
    assert pat.evidence(after(1)) is None, "that would be before the first packet"
    assert pat.evidence(SIX + EVIDENCE_AGE) == SIX
    assert pat.evidence(after(60)) == after(60) - EVIDENCE_AGE


def test_one_stream_that_arrives_is_enough_and_none_is_not() -> None:
    pat = Publication(number=1, feeds=FEEDS)
    pat.hear_media(said("0", receiving=True), SIX)
    pat.hear_media(said("1", receiving=True), after(1))
    pat.hear_media(said("0", receiving=False), after(10))
    assert pat.evidence(after(20)) is not None
    pat.hear_media(said("1", receiving=False), after(21))
    assert pat.evidence(after(22)) is None


def test_each_layer_of_a_picture_is_a_stream() -> None:
    pat = Publication(number=1, feeds=FEEDS)
    for layer in (0, 1):
        pat.hear_media(said("1", receiving=True, substream=layer), SIX)
    pat.hear_media(said("1", receiving=False, substream=1), after(9))
    assert pat.evidence(after(10)) is not None


def test_evidence_starts_again_when_a_silent_stream_resumes() -> None:
    pat = Publication(number=1, feeds=FEEDS)
    pat.hear_media(said("0", receiving=True), SIX)
    pat.hear_media(said("0", receiving=False), after(10))
    pat.hear_media(said("0", receiving=True), after(30))
    assert pat.evidence(after(31)) is None
    assert pat.evidence(after(30) + EVIDENCE_AGE) == after(30)


def offered(*streams: str) -> Said:
    return janus_protocol.read(
        f"""{{"janus":"event","jsep":{{"type":"offer","sdp":"v=0"}},
         "plugindata":{{"data":{{"streams":[{",".join(streams)}]}}}}}}"""
    )


PAT, SCREEN = FeedId("pat", "video"), FeedId("pat", "screen")
WANTED = {Source(7, "1"): PAT, Source(7, "2"): SCREEN, Source(8, "1"): FeedId("sam", "video")}


def subscription() -> Subscription:
    dana = Subscription(connection_id="1")
    streams = ('{"mid":"0","feed_id":7,"feed_mid":"1"}', '{"mid":"1","feed_id":7,"feed_mid":"2"}', '{"mid":"2"}')
    dana.take_offer(offered(*streams), 5, WANTED)
    return dana


def test_a_subscription_knows_what_each_section_carries() -> None:
    dana = subscription()
    assert (dana.offer, dana.offer_id, dana.feeds) == ("v=0", 5, {"0": PAT, "1": SCREEN})
    assert dana.never_answered


def test_what_the_page_never_named_is_sent_small_and_a_screen_whole() -> None:
    dana = subscription()
    assert dana.show({}) == {"0": Shown(substream=0)}
    assert dana.show({}) == {}


def test_a_picture_is_sent_as_large_as_it_is_shown_and_off_screen_not_at_all() -> None:
    dana = subscription()
    for height, substream in ((180, 0), (360, 1), (720, 2)):
        dana.show({PAT: TileSize(100, height)})
        assert dana.shown["0"] == Shown(substream=substream)
    assert dana.show({PAT: None, SCREEN: None}) == {
        "0": Shown(send=False, substream=0),
        "1": Shown(send=False, substream=0),
    }


def test_a_section_with_another_source_starts_with_the_full_picture() -> None:
    dana = subscription()
    dana.show({PAT: None})
    dana.take_offer(offered('{"mid":"0","feed_id":8,"feed_mid":"1"}'), 6, WANTED)
    assert dana.shown == {}
    assert dana.show({PAT: None}) == {"0": Shown(substream=0)}
