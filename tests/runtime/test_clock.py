"""The clock is in UTC, and ids sort by their time of creation."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from runtime.clock import SteadyClock, fact_id, new_id, now

SIX = datetime(2026, 9, 15, 22, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert now().tzinfo is UTC
    assert now() <= now()


def test_ids_are_uuids_of_version_seven_that_sort_by_time() -> None:
    ids = [new_id() for _ in range(1_000)]
    assert ids == sorted(set(ids))
    assert {uuid.UUID(id).version for id in ids} == {7}


def test_the_id_of_a_fact_is_of_version_seven_and_cannot_be_guessed_from_its_neighbours() -> None:
    began = now()
    ids = [uuid.UUID(fact_id()) for _ in range(1_000)]
    assert {(id.version, id.variant) for id in ids} == {(7, uuid.RFC_4122)}
    assert all(0 <= (id.int >> 80) - began.timestamp() * 1_000 // 1 < 10_000 for id in ids)
    ever, always = 0, -1
    for one, next in pairwise(ids):
        ever |= one.int ^ next.int
        always &= one.int ^ next.int
    chance = (1 << 80) - 1 - (0b1111 << 76) - (0b11 << 62)
    assert (ever & (1 << 80) - 1, always & chance) == (chance, 0), "every bit but those of the version changes"


def test_a_clock_that_is_stepped_back_gives_no_earlier_moment() -> None:
    wall, steady = [SIX], [100.0]
    clock = SteadyClock(lambda: wall[0], lambda: steady[0])
    wall[0] -= timedelta(hours=1)
    steady[0] += 2.5
    assert clock.now() == SIX + timedelta(seconds=2.5)


def test_a_clock_that_is_stepped_forward_adds_no_time() -> None:
    wall, steady = [SIX], [100.0]
    clock = SteadyClock(lambda: wall[0], lambda: steady[0])
    wall[0] += timedelta(hours=1)
    assert clock.now() == SIX
    clock.set_by_wall()
    assert clock.now() == SIX + timedelta(hours=1)
