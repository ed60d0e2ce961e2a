"""A subscriber's copy goes on without a seam when its source stops, changes or begins anew."""

from collections.abc import Callable

import pytest

from signaling.media.fan_out import FIRST_SEQUENCE, Consumer, FanOut
from signaling.media.reception import Reception

VIDEO = 90_000
HOME = ("192.0.2.1", 4_000)


class Source:
    """A stream whose packets come every 20 ms."""

    def __init__(self, sequence: int, timestamp: int, arrival: float = 100.0) -> None:
        self.reception, self.fan_out = Reception(VIDEO), FanOut()
        self._next = sequence, timestamp, arrival

    def packet(self) -> list[tuple[int, int, int]]:
        """Sequence, timestamp and SSRC of each copy of the next packet."""
        sequence, timestamp, arrival = self._next
        self._next = sequence + 1 & 0xFFFF, timestamp + 1_800 & 0xFFFFFFFF, arrival + 0.02
        self.reception.note(sequence, timestamp, 100, arrival)
        if self.fan_out.waiting:
            self.fan_out.attach(sequence, timestamp, self.reception)
        return [
            (sequence + by & 0xFFFF, timestamp + time_by & 0xFFFFFFFF, ssrc)
            for _, by, time_by, ssrc, _ in self.fan_out.targets
        ]


@pytest.fixture
def dana(far_end: Callable) -> Consumer:
    return Consumer(far_end(HOME).peer, VIDEO, 7, 8)


def test_a_copy_begins_with_the_packet_it_waited_for(dana: Consumer) -> None:
    pat = Source(60_000, 5_000)
    assert pat.packet() == []
    pat.fan_out.join(dana)
    first, second = pat.packet(), pat.packet()
    assert first == [(FIRST_SEQUENCE + 1, 5_000 + 1_800, 7)]
    assert second == [(FIRST_SEQUENCE + 2, 5_000 + 3_600, 7)]
    assert dana.forwarded(pat.reception) == 2


def test_a_copy_that_parts_gets_no_more(dana: Consumer) -> None:
    pat = Source(0, 0)
    pat.fan_out.join(dana)
    pat.packet()
    pat.fan_out.part(dana, pat.reception)
    assert pat.packet() == []
    assert dana.forwarded(None) == 1


def test_one_that_still_waits_may_part(dana: Consumer) -> None:
    pat = Source(0, 0)
    pat.fan_out.join(dana)
    pat.fan_out.part(dana, pat.reception)
    assert pat.packet() == []
    assert dana.stopped is None


def test_another_source_continues_where_the_one_before_ended(dana: Consumer) -> None:
    before, after = Source(65_535, 2**32 - 900), Source(9, 77, arrival=102.0)
    before.fan_out.join(dana)
    ((sequence, timestamp, _),) = before.packet()
    before.fan_out.part(dana, before.reception)
    after.fan_out.join(dana)
    assert after.packet() == [(sequence + 1, timestamp + 2 * VIDEO + 1 & 0xFFFFFFFF, 7)]
    after.packet()
    assert dana.forwarded(after.reception) == 3


def test_a_source_that_begins_anew_is_waited_for_again(dana: Consumer) -> None:
    pat = Source(50, 0)
    pat.fan_out.join(dana)
    pat.packet()
    pat.fan_out.rewind(pat.reception)
    assert pat.fan_out.targets == []
    assert pat.fan_out.waiting == [dana]


def test_a_new_address_is_used_after_a_refresh(dana: Consumer) -> None:
    pat = Source(0, 0)
    pat.fan_out.join(dana)
    pat.packet()
    dana.peer.ice.chosen = ("198.51.100.1", 5_000)
    pat.fan_out.refresh()
    assert [target[-1] for target in pat.fan_out.targets] == [("198.51.100.1", 5_000)]
