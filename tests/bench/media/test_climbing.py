"""The bench at its smallest: it builds, connects and counts its load, and loses nothing. No time is judged."""

import os
import shutil

import pytest

from bench.media import engines, floor
from bench.media.climbing import Place, climb
from bench.media.load import generators
from bench.media.load.rooms import Shape
from bench.media.sizes import TINIEST
from bench.media.steps import Step

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: the load generator cannot be built")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("load")
    return Place(folder, generators.build(folder), max(os.sched_getaffinity(0)))


async def test_a_room_at_the_built_in_engine_gets_all_due_packets(place: Place) -> None:
    reported: list[Step] = []
    climbed = await climb(engines.BUILT_IN, place, TINIEST, reported.append)
    assert reported == list(climbed.steps)
    assert len(reported) == len(TINIEST.rooms)
    window, shape = climbed.first.window, Shape(TINIEST.members)
    assert (window.lost, window.refused) == (0, 0)
    assert window.streams == shape.voices + TINIEST.members * (TINIEST.members - 1)
    assert window.received > 0
    assert sum(window.delays.values()) > 0
    assert climbed.first.used.seconds > 0


async def test_a_storm_loses_no_packet_of_the_running_rooms(place: Place) -> None:
    climbed = await climb(engines.BUILT_IN, place, TINIEST, lambda _: None)
    assert climbed.storm.handshakes == 2 * TINIEST.storm_rooms * TINIEST.members
    assert climbed.storm.window.lost == 0


async def test_the_floor_is_sealing_and_sending(place: Place) -> None:
    async with generators.running(place.library) as generator:
        lowest = floor.measure(generator, "127.0.0.1")
    assert lowest.seconds > 0
    assert lowest.sealing + lowest.sending == pytest.approx(lowest.seconds)
