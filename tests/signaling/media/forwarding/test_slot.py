"""A section takes a feed from its current publisher, in the layer that was chosen."""

from collections.abc import Callable

import pytest

from signaling.media.engine import RIDS, FeedId, Seat
from signaling.media.formats import rtp
from signaling.media.formats.sdp_text import Incoming, OutgoingStream
from signaling.media.forwarding.ingress import Ingress, Producer
from signaling.media.forwarding.layer import Consumer
from signaling.media.forwarding.slot import Slot

PICTURE = FeedId("pat", "video")


@pytest.fixture
def producer(far_end: Callable) -> Producer:
    section = Incoming("video", "1", {96: rtp.VP8}, {}, (), (), RIDS)
    (producer,) = Ingress(Seat("room", "pat"), far_end(("192.0.2.2", 4_000)).peer, [section], 1).producers
    return producer


@pytest.fixture
def slot(far_end: Callable) -> Slot:
    slot = Slot("video", "3")
    slot.fill(PICTURE, Consumer(far_end(("192.0.2.1", 4_000)).peer, 90_000, 7, 8))
    return slot


def test_a_slot_waits_for_the_layer_chosen_last(slot: Slot, producer: Producer) -> None:
    slot.connect(producer)
    small, large = producer.layers["l"], producer.layers["h"]
    slot.aim(small, 1.0)
    slot.aim(large, 1.0)
    slot.aim(large, 1.0)
    assert (small.waiting, large.waiting) == ([], [slot.consumer])
    assert slot.goal is large
    slot.aim(None, 1.0)
    assert (large.waiting, slot.goal) == ([], None)


def test_another_publisher_replaces_the_one_before(slot: Slot, producer: Producer) -> None:
    slot.connect(producer)
    slot.aim(producer.layers["l"], 1.0)
    slot.connect(None)
    assert producer.layers["l"].waiting == []
    assert slot.producer is None


def test_an_emptied_slot_states_no_stream(slot: Slot) -> None:
    assert slot.outgoing().stream == OutgoingStream("pat", 7, 8)
    slot.empty()
    assert slot.outgoing().stream is None


def test_a_voice_slot_keeps_its_stream_when_the_speaker_changes(slot: Slot) -> None:
    voice = Slot("audio", "0")
    voice.consumer = slot.consumer
    before = voice.outgoing()
    voice.feed = FeedId("pat", "audio")
    assert voice.outgoing() == before
