"""A whole process that loses a vital task or its disk: it ends within seconds, and its exit code reports a failure."""

import asyncio
import base64
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from runtime.settings import SignalingSettings
from signaling.main import serving
from signaling.media.fake import FakeMedia
from store.database import Database
from tests.sharing import free_port
from tests.signaling.conftest import KEY, NOTES_KEY, ORIGIN, Door
from tests.waiting import eventually

PROJECT = Path(__file__).parents[2]
STARTS, ENDS = 60.0, 5.0
pytestmark = pytest.mark.alone


@pytest.fixture
def environment(node_settings: SignalingSettings) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "DATABASE_URL": node_settings.database_url,
        "NODE_ID": node_settings.node_id,
        "TICKET_KEY": KEY.hex(),
        "NOTE_PUBLIC_KEY": base64.b64encode(bytes(NOTES_KEY.public_key)).decode(),
        "JOURNAL_DIR": str(node_settings.journal_dir),
        "SIGNALING_PORT": str(free_port()),
        "MEDIA_PORT": str(free_port()),
        "PUBLIC_ORIGIN": ORIGIN,
    }


@pytest.fixture
async def process(
    request: pytest.FixtureRequest, environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    command = [sys.executable, "-m", "tests.signaling.struck_process", request.param, "signaling"]
    started = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    yield started
    if started.returncode is None:
        started.kill()
    await started.communicate()


@pytest.fixture
async def other_node(node_settings: SignalingSettings, database: Database, tmp_path: Path) -> AsyncIterator[int]:
    settings = msgspec.structs.replace(node_settings, node_id="node-b", journal_dir=tmp_path / "journal-b")
    async with serving(settings, FakeMedia(), database) as port:
        yield port


async def welcomed(door: Door, **first: Any) -> dict[str, Any] | None:
    """The welcome of a person who is let in; None while the door lets nobody in."""
    try:
        async with door.socket() as dana:
            await dana.say(**first)
            answer = await dana.hear("welcomed", "refused")
            return answer if answer["type"] == "welcomed" else None
    except (OSError, ConnectionClosed):
        return None


@pytest.mark.parametrize("process", ["journal", "shipper", "lease", "disk"], indirect=True)
async def test_a_process_that_loses_a_vital_task_ends_and_another_node_takes_its_rooms(
    process: asyncio.subprocess.Process,
    environment: dict[str, str],
    other_node: int,
    evening: Any,
    database: Database,
) -> None:
    door, other = Door(int(environment["SIGNALING_PORT"]), evening), Door(other_node, evening)

    async def let_in() -> dict[str, Any] | None:
        return await welcomed(door, type="join", ticket=door.ticket("dana", "facilitator"))

    first = await eventually(let_in, STARTS)
    async with door.enter("pat") as pat:  # who keeps the socket open
        await pat.hear("welcomed")
        process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(ENDS):
            assert await process.wait() not in {0, -signal.SIGKILL}
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM nodes WHERE id <> 'node-b'") == 0, "the lease is given up"

    async def taken() -> dict[str, Any] | None:
        return await welcomed(other, type="resume_session", token=first["resume"])

    await eventually(taken)
