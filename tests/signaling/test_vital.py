"""Each long-lived task of a node is killed in turn: the node heals or ends, and no record is wrong afterwards."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from domain.events.room import ConnectionClosed as Closed
from domain.events.room import ConnectionOpened, RoomClosed
from domain.ledger.verification import first_fault
from runtime.settings import SignalingSettings
from signaling.main import run, serving
from signaling.media.fake import FakeMedia
from store.database import Database
from store.ledger import chains
from store.ledger import facts as ledger
from store.room import placement
from tests import ledgers
from tests.signaling.conftest import Door
from tests.unforeseen import PROMPTLY, others, strike
from tests.waiting import eventually

ENDS = {
    "node",
    "journal",
    "shipper",
    "lease",
    "rooms that tick",
    "rooms that hear the engine",
    "media: upkeep",
    "access: listen",
    "access: follow",
}
"""Tasks without which a node must not go on: it ends, and its supervisor starts it again."""
ROOM = {"room", "room: effects", "room: media"}
"""Tasks of one room: its people come back, and it opens again."""
SOCKET = {"socket: read", "socket: write", "socket: ping", "socket: give up", "socket: flood"}
"""Tasks of one socket: its person comes back."""
OUTER = {"media", "serve.<locals>.protocol_handler"}
"""Tasks that only wait for others of these, or that hold a socket's handler and end with its connection."""


THEIRS = {"Connection.keepalive"}
"""Tasks of the browsers, which run in the same loop here."""
SHORT = {"socket: pong", "socket: later", "room: opening", "media: errand"}
"""Tasks that end by themselves within seconds."""

Tasks = dict[str, list[asyncio.Task[Any]]]


class Running(msgspec.Struct):
    """A whole node in a task of its own, with Dana and Pat in its room."""

    door: Door
    node: asyncio.Task[None]
    tasks: Tasks


@pytest.fixture
async def running(node_settings: SignalingSettings, evening: Any, unused_tcp_port: int) -> AsyncIterator[Running]:
    before = asyncio.all_tasks()
    settings = msgspec.structs.replace(node_settings, media_port=0, signaling_port=unused_tcp_port)
    node = asyncio.get_running_loop().create_task(run(settings), name="node")
    door = Door(unused_tcp_port, evening)

    async def open_door() -> bool:
        return await answers(door)

    try:
        await eventually(open_door)
        async with door.enter("dana", "facilitator") as dana, door.enter("pat") as pat:
            await pat.hear("welcomed")
            await dana.say(type="start_session")
            await dana.say(type="admit_all")
            await pat.see(here=True)
            yield Running(door, node, others(before))
    finally:
        node.cancel()
        await asyncio.wait([node])


async def answers(door: Door) -> bool:
    """Whether a person with a ticket is welcomed."""
    try:
        async with door.enter("lee") as lee:
            return (await lee.hear("welcomed", "refused"))["type"] == "welcomed"
    except (OSError, ConnectionClosed):
        return False


async def check_the_records(database: Database, session: str) -> None:
    """Check that every stream is whole and closed, and that every opened connection was closed once."""
    async with database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
        facts = await ledgers.of_session(tx, session)
        names = sorted({fact.stream for fact in facts})
        assert first_fault(await chains.facts(tx, clinic, names)) is None
    for name in names[1:]:
        stream = [fact.event for fact in facts if fact.stream == name]
        assert isinstance(stream[-1], RoomClosed) and stream[-1].count == len(stream)
    opened = [fact.event.connection for fact in facts if isinstance(fact.event, ConnectionOpened)]
    closed = [fact.event.connection for fact in facts if isinstance(fact.event, Closed)]
    assert len(opened) >= 3 and sorted(opened) == sorted(closed)


def test_every_task_is_known(running: Running) -> None:
    assert running.tasks.keys() - THEIRS - SHORT == ENDS | ROOM | SOCKET | OUTER


@pytest.mark.parametrize("name", sorted(ENDS | ROOM | SOCKET | OUTER))
async def test_a_node_that_loses_a_task_heals_or_ends_and_no_record_is_wrong(
    running: Running, name: str, database: Database, node_settings: SignalingSettings
) -> None:
    struck = running.tasks[name][0]
    await strike(struck)

    async def healed_or_ended() -> bool:
        if struck.done() and name in ENDS:
            return running.node.done()
        return running.node.done() or await answers(running.door)

    await eventually(healed_or_ended, PROMPTLY)
    if running.node.done():
        assert running.node.exception() is not None, "the process ends with an exit code that is not zero"
        async with database.transaction() as tx:
            evening = running.door.evening
            assert await placement.for_session(tx, evening.clinic, evening.session) is None, "the lease is given up"
        async with serving(node_settings, FakeMedia(), database):
            pass
    else:
        running.node.cancel()
        await asyncio.wait([running.node])
        assert running.node.cancelled(), "it stops in order"
    await check_the_records(database, running.door.evening.session)
