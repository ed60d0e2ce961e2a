"""Rooms outlive their node: the evening goes on in the next epoch, on any node."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from domain.events.room import ConnectionClosed
from runtime.clock import now
from signaling.hosting import live_room
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.rooms import present_elsewhere
from store.database import Database
from store.room import leases
from tests.signaling.epochs import epoch_of, is_whole
from tests.signaling.hosting.test_access_news import Access, refused
from tests.waiting import eventually


@pytest.fixture
async def access(evening: Any, database: Database) -> Access:
    granted = Access(evening, database)
    await granted.grant()
    return granted


async def test_a_node_that_stops_moves_everybody_and_they_resume_on_the_next(
    evening: Any, database: Database, door_of: Any
) -> None:
    async with contextlib.AsyncExitStack() as people:
        async with door_of() as door:
            dana = await people.enter_async_context(door.enter("dana", "facilitator"))
            first = await dana.hear("welcomed")
        assert (await dana.hear("dismissed"))["cause"] == "moved"
    async with door_of() as door, door.socket() as dana:
        await dana.say(type="resume_session", token=first["resume"], replaces=first["connection"])
        await dana.hear("welcomed")
        await dana.see(here=True)
    first_epoch = await epoch_of(database, evening.session, 1)
    (moved,) = [fact.event for fact in first_epoch if isinstance(fact.event, ConnectionClosed)]
    assert moved.cause == "moved"
    assert is_whole(first_epoch)
    assert is_whole(await epoch_of(database, evening.session, 2))


async def test_people_of_one_session_share_one_room(evening: Any, database: Database, door_of: Any) -> None:
    async with door_of() as door, door.enter("dana", "facilitator") as dana, door.enter("pat"), door.enter("sam"):

        async def both_wait() -> bool:
            return len((await dana.hear("room_changed"))["waiting"]) == 2

        await eventually(both_wait)
    assert await epoch_of(database, evening.session, 2) == []


def test_a_person_in_another_room_too_is_elsewhere() -> None:
    present = [frozenset({"pat", "sam"}), frozenset({"pat"}), frozenset({"lee"})]
    assert list(present_elsewhere(present)) == [{"pat", "lee"}, {"pat", "sam", "lee"}, {"pat", "sam"}]


class Stuck:
    """A room whose task is blocked until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = asyncio.Event()
        self._take, self._live = LiveRoom._take, list[LiveRoom]()

        async def take_later(live: LiveRoom, mail: Any) -> None:
            await self._take_later(live, mail)

        monkeypatch.setattr(LiveRoom, "_take", take_later)

    async def full(self) -> bool:
        """Whether its mailbox is full; ticks alone fill it."""
        return bool(self._live) and self._live[0].mailbox.full()

    async def _take_later(self, live: LiveRoom, mail: Any) -> None:
        self._live.append(live)
        await self.go_on.wait()
        await self._take(live, mail)


async def test_a_room_that_is_stuck_holds_up_neither_the_lease_nor_the_news_of_access(
    access: Access, database: Database, door_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another node has taken it, its session changed, and its mailbox is full."""

    async def lease() -> datetime:
        async with database.transaction() as tx:
            return await tx.fetchval("SELECT lease_until FROM nodes")

    async def known() -> bool:
        """Whether the node refuses Pat; before it does, Pat waits for the room."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                return await refused(door, type="join", ticket=door.ticket("pat", link=access.link)) == "link_revoked"
        return False

    monkeypatch.setattr(live_room, "MAILBOX", 2)
    async with door_of() as door, door.enter("dana", "facilitator") as dana:
        await dana.hear("welcomed")
        stuck = Stuck(monkeypatch)
        try:
            await eventually(stuck.full)
            async with database.transaction() as tx:
                await leases.close(tx, access.evening.clinic, access.evening.session, 1, now())
            await access.take_off_the_roster("sam")
            for _ in range(2):
                before = await lease()
                await eventually(lambda before=before: _later(lease, before))
            await access.revoke_link()
            await eventually(known)
        finally:
            stuck.go_on.set()
        assert (await dana.hear("dismissed"))["cause"] == "moved"


async def _later(lease: Callable[[], Awaitable[datetime]], before: datetime) -> bool:
    return await lease() > before
