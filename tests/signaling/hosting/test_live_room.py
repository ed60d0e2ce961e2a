"""The room's shell: no effect leaves before its facts are on disk, and a slow or broken room harms no other."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.access import tickets
from domain.errors import RemovedFromSession
from domain.policy import Policy
from runtime.clock import new_id, now
from signaling import messages as m
from signaling.hosting.live_room import LiveRoom
from signaling.hosting.mail import Ask, Drop, Enter, Seen, Stop, Tick
from signaling.hosting.outgoing import Outgoing
from signaling.hosting.services import NodeServices
from signaling.hosting.withdrawals import Withdrawals
from signaling.journal.journal import Disk, Fact, Journal, entries_from
from signaling.journal.segments import START
from signaling.media.engine import Seat, Witnessed
from signaling.media.fake import FakeMedia
from signaling.room.evidence import MISSED
from signaling.room.room import Room
from tests.signaling.stories import PLAN, arrival

CLINIC, KEY = new_id(), b"k" * 32
EVENING = msgspec.structs.replace(PLAN, session=new_id(), start=now(), end=now().replace(year=2100))


def welcome(connection: str) -> m.Welcomed:
    return m.Welcomed(connection=connection, session=EVENING.session, member="p", role="client", resume="", now=now())


class Stage:
    """A live room on its own journal."""

    def __init__(self, live: LiveRoom, journal: Journal) -> None:
        self.live = live
        self.journal = journal

    async def enter(self, connection: str) -> Outgoing:
        outgoing, entered = Outgoing(), asyncio.get_running_loop().create_future()
        await self.live.mailbox.put(Enter(arrival(connection), outgoing, welcome(connection), entered))
        await entered
        return outgoing

    async def ask(self, connection: str, request: m.Request) -> None:
        await self.live.mailbox.put(Ask(connection, request))

    def journaled(self) -> list[str]:
        entries = entries_from(self.journal.folder, START, 1_000)
        return [entry.row.type for entry, _ in entries if isinstance(entry, Fact)]


async def heard(outgoing: Outgoing, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while (data := await outgoing.next()) is not None:
            message = msgspec.json.decode(data)
            if message["type"] == kind:
                return dict(message)
    raise AssertionError(f"closed before {kind}")


@contextlib.asynccontextmanager
async def staged(
    folder: Path, flush: Callable[[int], None] = lambda _: None, end: datetime = EVENING.end
) -> AsyncIterator[Stage]:
    journal, engine = Journal.open(folder, Disk(flush=flush)), FakeMedia()
    no_note = lambda *_: pytest.fail("no note here")  # noqa: E731
    sign = partial(tickets.sign, key=KEY)
    services = NodeServices(journal, engine, now, new_id, no_note, lambda _: Policy(), sign, Withdrawals())
    live = LiveRoom(Room(msgspec.structs.replace(EVENING, end=end)), CLINIC, {}, Policy(), services)
    writing = asyncio.ensure_future(journal.run())
    running = asyncio.ensure_future(live.run(live.room.open("node-a", {}, now())))
    yield Stage(live, journal)
    if not running.done():
        await live.mailbox.put(Stop())
    await asyncio.wait_for(running, 5)
    writing.cancel()
    await journal.close()
    await engine.close()


async def test_nobody_is_welcomed_before_their_arrival_is_on_disk(tmp_path: Path) -> None:
    on_disk = asyncio.Event()
    loop = asyncio.get_running_loop()

    def slow_disk(_: int) -> None:
        asyncio.run_coroutine_threadsafe(on_disk.wait(), loop).result(5)

    async with staged(tmp_path, slow_disk) as stage:
        pat = await stage.enter("pat-phone")
        waiting = asyncio.ensure_future(heard(pat, "welcomed"))
        done, _ = await asyncio.wait([waiting], timeout=0.2)
        assert not done
        on_disk.set()
        await waiting
        assert "connection.opened" in stage.journaled()


async def test_messages_follow_in_the_order_of_the_facts(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        dana, pat = await stage.enter("dana-laptop"), await stage.enter("pat-phone")
        await stage.ask("dana-laptop", m.StartSession())
        await stage.ask("dana-laptop", m.AdmitAll())
        await stage.ask("dana-laptop", m.EndSession())
        assert (await heard(pat, "dismissed"))["cause"] == "ended"
        assert (await heard(dana, "dismissed"))["cause"] == "ended"
    assert stage.journaled() == [
        "room.opened",
        "connection.opened", "connection.admitted",
        "connection.opened",
        "session.started", "connection.admitted",
        "session.ended", "connection.closed", "connection.closed",
        "room.closed",
    ]  # fmt: skip


async def test_a_socket_that_does_not_read_is_closed_and_the_others_stay(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        dana, pat = await stage.enter("dana-laptop"), await stage.enter("pat-phone")
        for _ in range(200):
            await stage.ask("pat-phone", m.EndSession())  # refused each time, and Pat reads no refusal
        async with asyncio.timeout(5):
            while await pat.next() is not None:
                pass
        await stage.ask("dana-laptop", m.StartSession())
        await heard(dana, "room_changed")


async def test_a_refused_arrival_gets_the_refusal(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.enter("dana-laptop")
        await stage.enter("pat-phone")
        await stage.ask("dana-laptop", m.Remove(person="pat"))
        with pytest.raises(RemovedFromSession):
            await stage.enter("pat-laptop")


async def test_a_sign_of_life_dates_the_loss(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await stage.enter("pat-phone")
        seen = now()
        await stage.live.mailbox.put(Seen("pat-phone", seen))
        await stage.live.mailbox.put(Drop("pat-phone"))
        await stage.live.mailbox.put(Drop("pat-phone"))
    assert stage.journaled().count("connection.closed") == 1
    entries = [entry for entry, _ in entries_from(tmp_path, START, 100) if isinstance(entry, Fact)]
    (closed,) = [entry for entry in entries if entry.row.type == "connection.closed"]
    assert msgspec.json.decode(closed.row.body)["last_seen"] >= seen.isoformat().replace("+00:00", "Z")


async def test_a_connection_whose_media_stops_is_pinged_at_the_next_tick(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        pat = await stage.enter("pat-phone")
        await stage.live.mailbox.put(Witnessed(Seat(stage.live.stream, "pat-phone"), now()))
        await asyncio.sleep(MISSED.total_seconds() + 0.1)
        await stage.live.mailbox.put(Tick(frozenset()))
        async with asyncio.timeout(5):
            await pat.sign_wanted()


async def test_a_resume_is_good_for_two_hours_after_the_extended_window(tmp_path: Path) -> None:
    end = now() + timedelta(minutes=20)
    async with staged(tmp_path, end=end) as stage:
        dana, pat = await stage.enter("dana-laptop"), await stage.enter("pat-phone")
        extended = end + timedelta(hours=3, minutes=30)
        await stage.ask("dana-laptop", m.ExtendSession(until=extended))
        tokens = [(await heard(somebody, "resume_renewed"))["resume"] for somebody in (dana, pat)]
        tokens.append((await heard(await stage.enter("sam-phone"), "welcomed"))["resume"])
    resumes = [tickets.open_resume(token, KEY, extended + timedelta(minutes=119)) for token in tokens]
    assert [resume.person for resume in resumes] == ["dana", "pat", "sam"]
    assert {resume.expires for resume in resumes} == {extended + timedelta(hours=2)}
