"""A room opens with its whole readable past, on one node alone."""

from typing import Any

import pytest

from domain.events.room import ConnectionClosed, RoomOpened
from store.database import Database
from store.room import leases
from tests.signaling.epochs import SEEN, epoch_of, is_whole, left_open
from tests.waiting import eventually
from tests.workers.poison import Owner


async def test_another_node_takes_a_dead_nodes_room_and_closes_what_it_left_open(
    evening: Any, database: Database, door_of: Any
) -> None:
    connection = await left_open(database, evening, "node-dead")
    async with door_of() as door:

        async def let_in() -> bool:
            async with door.enter("dana", "facilitator") as dana:
                return bool((await dana.hear("welcomed", "refused"))["type"] == "welcomed")

        assert not await let_in(), "a node that has just come cannot know who is dead"
        await eventually(let_in)
    stream = await epoch_of(database, evening.session, 2)
    assert isinstance(stream[0].event, RoomOpened)
    closed = [fact.event for fact in stream if isinstance(fact.event, ConnectionClosed)]
    assert (closed[0].connection, closed[0].cause, closed[0].last_seen) == (connection, "lost", SEEN)
    assert is_whole(stream)


async def test_a_living_nodes_room_is_not_taken(evening: Any, database: Database, door_of: Any) -> None:
    await left_open(database, evening, "node-b")
    async with database.transaction() as tx:
        await leases.renew_lease(tx, "node-b", "ws://nowhere", 1)
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        assert (await dana.hear("refused"))["code"] == "rooms_unavailable"


async def test_a_room_opens_without_the_facts_that_cannot_be_read(
    evening: Any, database: Database, door_of: Any, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
    poisoned = await Owner(owner_url).poison(evening.session, 2)
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
    assert is_whole(await epoch_of(database, evening.session, 2))
    without = [vars(record) for record in caplog.records if record.message.startswith("a room does without facts")]
    assert {record["position"] for record in without} == {poisoned.position}
