"""What a seat receives: sections are filled, emptied and used again, and nothing is sent before it was agreed to."""

from collections.abc import Callable
from itertools import count

import pytest

from signaling.media.egress import Egress
from signaling.media.engine import FeedId, Seat
from signaling.media.ingress import Producer

PAT_SOUND, PAT_PICTURE = FeedId("pat", "audio"), FeedId("pat", "video")
SAM_SOUND = FeedId("sam", "audio")


@pytest.fixture
def egress(far_end: Callable) -> Egress:
    numbers = count(1)
    return Egress(Seat("room", "dana"), far_end(("192.0.2.1", 4_000)).peer, "c0ffee", lambda: next(numbers))


@pytest.fixture
def pat(far_end: Callable) -> Producer:
    return Producer(PAT_SOUND, far_end(("192.0.2.2", 4_000)).peer, reporter=1)


def test_feeds_fill_sections_in_order(egress: Egress) -> None:
    assert egress.want([PAT_SOUND, PAT_PICTURE])
    assert egress.feeds == {"0": PAT_SOUND, "1": PAT_PICTURE}


def test_the_same_feeds_in_another_order_change_nothing(egress: Egress) -> None:
    egress.want([PAT_SOUND, PAT_PICTURE])
    assert not egress.want([PAT_PICTURE, PAT_SOUND, PAT_SOUND])


def test_an_emptied_section_is_filled_by_the_next_of_its_kind_under_new_ssrcs(egress: Egress) -> None:
    egress.want([PAT_SOUND, PAT_PICTURE])
    before = egress.sections()[0].stream
    assert egress.want([SAM_SOUND, PAT_PICTURE])
    after = egress.sections()[0].stream
    assert egress.feeds == {"0": SAM_SOUND, "1": PAT_PICTURE}
    assert before is not None
    assert after is not None
    assert before.ssrc != after.ssrc


def test_a_section_that_carries_nothing_is_still_stated(egress: Egress) -> None:
    egress.want([PAT_SOUND, PAT_PICTURE])
    egress.want([])
    assert [(section.kind, section.mid, section.stream) for section in egress.sections()] == [
        ("audio", "0", None),
        ("video", "1", None),
    ]


def test_nothing_is_taken_before_the_subscriber_agreed(egress: Egress, pat: Producer) -> None:
    egress.want([PAT_SOUND])
    egress.connect({PAT_SOUND: pat}, 0.0)
    assert pat.fan_out.waiting == []
    egress.slots[0].accepted = True
    egress.connect({PAT_SOUND: pat}, 0.0)
    assert len(pat.fan_out.waiting) == 1


def test_nothing_is_taken_before_the_keys_are_there(egress: Egress, pat: Producer) -> None:
    egress.peer.sending = None
    egress.want([PAT_SOUND])
    egress.slots[0].accepted = True
    egress.connect({PAT_SOUND: pat}, 0.0)
    assert pat.fan_out.waiting == []


def test_a_feed_that_is_published_no_more_is_let_go_and_taken_up_again(egress: Egress, pat: Producer) -> None:
    egress.want([PAT_SOUND])
    egress.slots[0].accepted = True
    egress.connect({PAT_SOUND: pat}, 0.0)
    egress.connect({}, 0.0)
    assert pat.fan_out.waiting == []
    egress.connect({PAT_SOUND: pat}, 0.0)
    assert len(pat.fan_out.waiting) == 1


def test_closing_lets_everything_go(egress: Egress, pat: Producer) -> None:
    egress.want([PAT_SOUND])
    egress.slots[0].accepted = True
    egress.connect({PAT_SOUND: pat}, 0.0)
    egress.close()
    assert pat.fan_out.waiting == []
    assert egress.feeds == {}
