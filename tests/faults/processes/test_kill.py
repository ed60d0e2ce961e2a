"""Real processes are killed, stopped and cut off while people are in a room; the people's own notes are the truth."""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest

from domain.attendance.credit import attendance
from domain.attendance.presence import Stay
from domain.attendance.reasons import error_s
from domain.attendance.session import work_out
from domain.errors import DatabaseAway
from domain.events.billing import AttendanceStated
from domain.events.room import ConnectionClosed, ConnectionOpened, RoomClosed, RoomOpened
from domain.instants import second
from domain.ledger import chain
from domain.ledger.streams import epoch_of
from runtime import policies
from runtime.clock import now, seconds_since_boot
from runtime.postgres.embedded import Embedded
from store.attendance import gathering as session_facts
from store.database import Database
from store.ledger import facts as ledger
from tests import ledgers
from tests.faults.processes.guests import Company, Guest, gathered
from tests.faults.processes.installation import Installation, Outage, demo, installed
from tests.ledgers import records_of
from tests.waiting import eventually
from workers import statements

RESTATED_SECONDS = 5.0
BACK_SECONDS = 5.0
SLACK = 2
"""Seconds: instants are rounded down, and messages to and from a loaded machine take a moment."""
CLIENTS = 5


class Evening(msgspec.Struct):
    """A group in progress, its people, and the installation."""

    installation: Installation
    company: Company
    database: Database
    session: str
    chance: Random

    async def goes_on(self, shortest: float, longest: float) -> None:
        """Wait for a random time between these, in seconds."""
        await asyncio.sleep(self.chance.uniform(shortest, longest))

    def node_of_everybody(self) -> str:
        """The name of the node that holds the room."""
        (url,) = {guest.url for guest in self.company.everybody}
        return next(node.name for node in self.installation.nodes if url.endswith(f":{node.port}"))

    async def facts(self) -> list[ledger.Recorded]:
        async with self.database.transaction() as tx:
            return await ledgers.of_session(tx, self.session)

    async def database_answers(self) -> bool:
        try:
            return bool(await self.facts())
        except DatabaseAway:
            return False

    async def ends(self) -> None:
        """Let one client leave by the button, and Dana end the session; wait until the records are final."""
        await self.company.clients[0].leave()
        await eventually(lambda: _is(not self.company.clients[0].here.is_set()))
        await self.company.dana.here.wait()
        await self.company.dana.say(type="end_session")
        await eventually(self._is_over, 20)

    async def _is_over(self) -> bool:
        async with self.database.transaction() as tx:
            found = await records_of(tx, self.session)
        closed = [fact for fact in await self.facts() if fact.type == "session.ended"]
        return bool(closed) and found is not None and found.through_position >= closed[0].position


async def _is(truth: bool) -> bool:
    return truth


Begin = Callable[[int], AbstractAsyncContextManager[Evening]]
Measured = Callable[[str, object], None]


@pytest.fixture
def measured(record_property: Measured) -> Measured:
    """Keeps a figure for the soak."""
    return record_property


@pytest.fixture
def begin(tmp_path: Path, database_url: str, database: Database, fault_seed: int) -> Begin:
    """Begins an evening on this many nodes."""

    @asynccontextmanager
    async def begun(nodes: int) -> AsyncIterator[Evening]:
        async with installed(tmp_path / "data", database_url, nodes) as installation:
            clinic = await demo(database, installation.origin, CLIENTS)
            async with gathered(installation.origin, clinic) as company:
                yield Evening(installation, company, database, clinic.session, Random(fault_seed))

    return begun


# ---- what must be true afterwards ----


async def everything_is_right(evening: Evening) -> None:
    """Check chains, positions and records against the facts, and every stay against its person's own notes."""
    await the_ledger_is_whole(evening)
    async with evening.database.transaction() as tx:
        [clinic] = await ledger.clinics(tx)
        (gathered_facts,) = (await session_facts.gather(tx, clinic, [evening.session], policies.by_digest)).gathered
        stated = await records_of(tx, evening.session)
    record = attendance([gathered_facts.facts], explain=True)[evening.session]
    assert stated is not None and msgspec.json.encode(stated.record) == msgspec.json.encode(record)
    attended = work_out(gathered_facts.facts, None)
    for guest in evening.company.clients:
        person = await person_of(evening, guest)
        stays = [stay for connection in attended.clients[person].presence.connections for stay in connection.stays()]
        stays_are_right(guest, stays, attended.window.end)
        nothing_is_unsupported(guest, record.clients[person].credited)


async def person_of(evening: Evening, guest: Guest) -> str:
    """The guest's person id, which only the ledger knows: a client's page never gets it."""
    opened = [fact.event for fact in await evening.facts() if isinstance(fact.event, ConnectionOpened)]
    return next(event.person for event in opened if event.connection == guest.connection)


async def the_ledger_is_whole(evening: Evening) -> None:
    async with evening.database.transaction() as tx:
        rows = await ledgers.everything(tx)
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert len({row.event_id for row in rows}) == len(rows)
    rows.sort(key=lambda row: (row.stream, row.seq))
    for stream, facts in itertools.groupby(rows, key=lambda row: row.stream):
        assert chain.first_broken([(fact.body.encode(), fact.hash) for fact in facts]) is None, stream


def stays_are_right(guest: Guest, stays: list[Stay], horizon: int) -> None:
    """Check each stay against its person's own notes, within the record's stated error."""
    assert len(stays) == len(guest.stays)
    for known in guest.stays:
        stay = min(stays, key=lambda stay: abs(stay.start - second(known.start)))
        bound = error_s(stay, horizon)
        early = second(known.end or known.start) - stay.end
        assert abs(stay.start - second(known.start)) <= SLACK, (known, stay)
        assert -SLACK <= early <= bound + SLACK, (known, stay, bound)


def nothing_is_unsupported(guest: Guest, credited: tuple[tuple[int, int], ...]) -> None:
    """Check that nobody is credited before they came or after they left; bridged gaps are in between."""
    for start, end in credited:
        assert start >= second(guest.stays[0].start) - SLACK
        assert end <= second(guest.stays[-1].end or now()) + SLACK


async def restated(evening: Evening, since: float, epoch: int) -> float:
    """Seconds from `since` until the records hold the end of that epoch."""

    async def stated() -> bool:
        async with evening.database.transaction() as tx:
            found = await records_of(tx, evening.session)
        ends = [
            fact.position
            for fact in await evening.facts()
            if isinstance(fact.event, RoomClosed) and epoch_of(fact.seq) == epoch
        ]
        return bool(ends) and found is not None and found.through_position >= ends[0]

    await eventually(stated, 30)
    return seconds_since_boot() - since


# ---- the stories ----


async def test_a_node_a_worker_and_the_server_killed_at_any_moment(begin: Begin, measured: Measured) -> None:
    async with begin(1) as evening:
        for epoch in (1, 2):
            await evening.goes_on(1, 3)
            evening.installation.signal("server", signal.SIGKILL)
            await evening.company.clients[epoch].open_link_again()
            await evening.goes_on(0, 2)
            evening.installation.start("server")
            await evening.company.all_here()
            await evening.goes_on(1, 2)
            evening.installation.signal("node-1", signal.SIGKILL)
            if epoch == 2:
                evening.installation.signal("worker", signal.SIGKILL)
                evening.installation.start("worker")
            started = evening.installation.start("node-1")
            took = await restated(evening, started, epoch)
            measured("restated after a start", took)
            assert took <= RESTATED_SECONDS
            await evening.company.all_here()
        await evening.goes_on(1, 2)
        await evening.ends()
        await everything_is_right(evening)


async def test_the_database_away_while_people_come_back(begin: Begin, postgres: Embedded, database_name: str) -> None:
    outage = Outage(postgres, database_name)
    async with begin(1) as evening:
        await evening.goes_on(2, 4)
        await outage.begin()
        await evening.company.clients[1].reload()
        await evening.company.all_here()
        await evening.company.clients[2].leave()
        await evening.goes_on(2, 4)
        await outage.end()
        await evening.ends()
        await everything_is_right(evening)


async def test_three_nodes_one_killed_one_asleep_and_one_drained(begin: Begin, measured: Measured) -> None:
    async with begin(3) as evening:
        await evening.goes_on(3, 5)
        first = evening.node_of_everybody()
        evening.installation.signal(first, signal.SIGKILL)
        back = seconds_since_boot()
        await asyncio.sleep(0.1)
        await evening.company.all_here()
        took = seconds_since_boot() - back
        measured("back on another node", took)
        assert took <= BACK_SECONDS, "back in the same session, by themselves"
        second_node = evening.node_of_everybody()
        assert second_node != first
        await evening.goes_on(2, 4)
        asleep_at = now()
        evening.installation.signal(second_node, signal.SIGSTOP)
        await eventually(lambda: _is(not any(guest.here.is_set() for guest in evening.company.everybody)), 10)
        for guest in evening.company.everybody:
            guest.stays[-1].end = asleep_at
        await evening.company.all_here()
        assert evening.node_of_everybody() not in (first, second_node)
        evening.installation.signal(second_node, signal.SIGCONT)
        await eventually(lambda: what_it_added_does_not_count(evening, second_node, asleep_at), 15)
        await drained(evening)
        await evening.ends()
        await everything_is_right(evening)


async def test_an_evening_that_a_dead_node_kept_is_stated_only_when_its_journal_comes(
    begin: Begin, postgres: Embedded, database_name: str
) -> None:
    outage = Outage(postgres, database_name)
    async with begin(1) as evening:
        end = now() + timedelta(seconds=11)
        await evening.company.dana.say(type="extend_session", until=end)
        await evening.goes_on(6, 7)  # signs of life are kept every five seconds, and Dana's make it a session
        await outage.begin()
        await evening.company.clients[0].leave()
        await evening.goes_on(2, 3)
        evening.installation.signal("node-1", signal.SIGKILL)
        await outage.end()
        await eventually(evening.database_answers)
        await asyncio.sleep(max(0.0, (end - now()).total_seconds()))
        for hours in (2, 12):
            while await statements.state_next(evening.database, end + timedelta(hours=hours)):
                pass
            assert await stated(evening) == []
        await evening.installation.ship_journal("node-1")
        reported = await eventually(lambda: stated(evening), 15)
        assert {(one.outcome, one.incomplete, one.version) for one in reported} == {("held", False, 1)}
        person = await person_of(evening, evening.company.clients[0])
        assert person in {one.client for one in reported if one.credited_s}, "by the journal alone"
        await everything_is_right(evening)


async def stated(evening: Evening) -> list[AttendanceStated]:
    """The statements to billing about the evening."""
    return [fact.event for fact in await evening.facts() if isinstance(fact.event, AttendanceStated)]


async def drained(evening: Evening) -> None:
    """Stop the node for a deploy: everybody moves to the other one, and each stay ends at its person's dismissal."""
    draining, lost = evening.node_of_everybody(), (await causes(evening)).count("lost")
    evening.installation.signal(draining, signal.SIGTERM)
    await eventually(lambda: _is(all(guest.stays[-1].how == "moved" for guest in evening.company.everybody)))
    await evening.company.all_here()
    assert evening.node_of_everybody() != draining
    await evening.goes_on(1, 2)
    after = await causes(evening)
    assert (after.count("moved"), after.count("lost")) == (len(evening.company.everybody), lost)


async def causes(evening: Evening) -> list[str]:
    """The cause of each recorded close."""
    return [fact.event.cause for fact in await evening.facts() if isinstance(fact.event, ConnectionClosed)]


async def what_it_added_does_not_count(evening: Evening, node: str, asleep_at: datetime) -> bool:
    """True once the woken node's facts are in the ledger, none of which counts."""
    facts = [fact.event for fact in await evening.facts()]
    (epoch,) = [event.epoch for event in facts if isinstance(event, RoomOpened) and event.node == node]
    taken_at = min((event.at for event in facts if isinstance(event, RoomOpened) and event.epoch > epoch), default=None)
    if taken_at is None:
        return False
    late = [
        event
        for event in facts
        if isinstance(event, ConnectionClosed) and epoch_of(event.seq) == epoch and event.at > asleep_at
    ]
    assert all(event.at >= taken_at for event in late)
    return bool(late)
