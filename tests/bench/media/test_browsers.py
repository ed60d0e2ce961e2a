"""Times in real browsers: measured once each, to see that the clock stops. No time is judged."""

import os
import shutil
from pathlib import Path

import pytest

from bench.media import browsers
from bench.media.climbing import Place


@pytest.mark.chromium
async def test_an_arrival_sees_the_first_participant(tmp_path: Path, chromium_path: str) -> None:
    assert browsers.chromium() == shutil.which(chromium_path)
    seen: list[None] = []
    noticed = await browsers.measure(
        Place(tmp_path, tmp_path, max(os.sched_getaffinity(0))), 1, lambda: seen.append(None)
    )
    assert len(seen) == len(noticed.first_frames) == 1
    assert noticed.first_frames[0] > 0
