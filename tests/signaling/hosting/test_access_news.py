"""Access withdrawn while it is used: within five seconds, on every node, on real Postgres and sockets."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from domain.access.links import JoinLink
from domain.access.standing import LOCKS_AFTER
from domain.attendance.facts import plan_of
from domain.events.room import ConnectionClosed, PersonReadmitted, PersonRemoved
from domain.events.schedule import RosterEntry
from domain.people import persons as people
from domain.programs.enrolments import Enrolment
from runtime.clock import new_id, now
from runtime.settings import SignalingSettings
from signaling.main import serving
from signaling.media.fake import FakeMedia
from store.access import join_links, sign_ins
from store.database import MAX_CONNECTIONS, Database
from store.ledger import streams
from store.people import persons
from store.programs import enrolments
from tests import ledgers
from tests.phases import first_phase
from tests.signaling.conftest import NODE, Door, Person
from tests.signaling.test_main import away
from tests.store.test_patience import stopped_backends
from tests.waiting import eventually

PROMISED_SECONDS = 5


class Access:
    """Access for Pat and Dana, and ways to withdraw it."""

    def __init__(self, evening: Any, database: Database) -> None:
        self.evening, self.database = evening, database
        self.link, self.sign_in, self.enrolment = new_id(), new_id(), new_id()
        self.pat, self.dana = evening.people["pat"], evening.people["dana"]

    async def grant(self) -> None:
        at, clinic = now(), self.evening.clinic
        async with self.database.transaction() as tx:
            program = await tx.fetchval("SELECT id FROM programs")
            enrolment = Enrolment(
                id=self.enrolment, program=program, client=self.pat, starts_on=date(2020, 1, 1), ends_on=None,
                phase=await first_phase(tx, clinic, program),
            )  # fmt: skip
            await enrolments.create(tx, clinic, enrolment)
            link = JoinLink(
                id=self.link, clinic=clinic, person=self.pat, enrolment=self.enrolment, created_at=at,
                expires_at=at + timedelta(days=1),
            )  # fmt: skip
            await join_links.create(tx, link, b"link")
            signed_in = sign_ins.NewSignIn(
                id=self.sign_in, clinic=clinic, person=self.dana, secret_hash=b"sign-in", at=at,
                expires=at + timedelta(hours=9),
            )  # fmt: skip
            await sign_ins.begin(tx, signed_in)

    async def revoke_link(self) -> None:
        async with self.database.transaction() as tx:
            await join_links.revoke(tx, self.evening.clinic, self.link, now())

    async def sign_out(self) -> None:
        async with self.database.transaction() as tx:
            await sign_ins.end(tx, b"sign-in", now())

    async def lock(self) -> None:
        async with self.database.transaction() as tx:
            await sign_ins.lock(tx, self.evening.clinic, self.sign_in, now())

    async def sit_idle(self) -> None:
        """As if Dana had not touched her page for a quarter of an hour."""
        async with self.database.transaction() as tx:
            await tx.execute("UPDATE sign_ins SET active_at = $1", now() - LOCKS_AFTER)

    async def unlock(self) -> None:
        async with self.database.transaction() as tx:
            await sign_ins.confirm(tx, self.evening.clinic, self.sign_in, now(), factor=False)

    async def deactivate(self) -> None:
        async with self.database.transaction() as tx:
            await persons.deactivate(tx, self.evening.clinic, self.dana, now())
            await sign_ins.end_all(tx, self.evening.clinic, self.dana, now())

    async def end_enrolment(self) -> None:
        async with self.database.transaction() as tx:
            await enrolments.announce(tx, self.evening.clinic, self.enrolment, now())

    async def take_off_the_roster(self, *names: str) -> None:
        gone = {self.evening.people[name] for name in names}
        async with self.database.transaction() as tx:
            planned = plan_of([fact.event for fact in await ledgers.of_session(tx, self.evening.session)])
            assert planned is not None
            kept = tuple(entry for entry in planned.roster if entry.person not in gone)
            again = msgspec.structs.replace(planned, id=new_id(), at=now(), roster=kept)
            await streams.record(tx, self.evening.clinic, f"plan:{self.evening.session}", again)

    async def record(self, event: Any) -> None:
        async with self.database.transaction() as tx:
            await streams.record(tx, self.evening.clinic, f"plan:{self.evening.session}", event, event.person)


@pytest.fixture
async def access(evening: Any, database: Database) -> Access:
    granted = Access(evening, database)
    await granted.grant()
    return granted


@pytest.fixture
async def other_node(
    node_settings: SignalingSettings, database_url: str, tmp_path: Path, evening: Any
) -> AsyncIterator[Door]:
    """A second node, with its own pool; it must refuse withdrawn access by itself."""
    settings = msgspec.structs.replace(node_settings, node_id="node-b", journal_dir=tmp_path / "journal-b")
    async with Database.open(database_url) as database, serving(settings, FakeMedia(), database) as port:
        yield Door(port, evening)


@contextlib.asynccontextmanager
async def entered(door: Door, access: Access) -> AsyncIterator[tuple[Person, Person]]:
    """Dana, who started, and Pat, who was let in; each with access from the clinic."""
    async with door.socket() as dana, door.socket() as pat:
        before = now() - timedelta(seconds=10)
        ticket = door.ticket("dana", "facilitator", sign_in=access.sign_in, granted=before)
        await dana.say(type="join", ticket=ticket)
        await pat.say(type="join", ticket=door.ticket("pat", link=access.link, granted=before))
        dana.welcome, pat.welcome = await dana.hear("welcomed"), await pat.hear("welcomed")
        await dana.say(type="start_session")
        await dana.say(type="admit_all")
        await pat.see(here=True)
        yield dana, pat


async def refused(door: Door, **first: Any) -> str:
    """The code with which the door refuses a first message."""
    async with door.socket() as somebody:
        await somebody.say(**first)
        answer = await somebody.hear("refused", "welcomed")
    return str(answer.get("code", "welcomed"))


class Loss(msgspec.Struct, frozen=True):
    """A withdrawal, its person, their dismissal and later refusal."""

    act: str
    who: str
    cause: str
    code: str


LOSSES = [
    Loss("revoke_link", "pat", "withdrawn", "link_revoked"),
    Loss("sign_out", "dana", "withdrawn", "not_signed_in"),
    Loss("deactivate", "dana", "withdrawn", "not_signed_in"),
    Loss("end_enrolment", "pat", "changed", "place_changed"),
]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.act)
async def test_a_person_whose_access_is_withdrawn_is_out_within_five_seconds_on_every_node(
    door: Door, other_node: Door, access: Access, loss: Loss
) -> None:
    async with entered(door, access) as (dana, pat):
        gone = {"dana": dana, "pat": pat}[loss.who]
        resume = {"type": "resume_session", "token": gone.welcome["resume"]}
        async with asyncio.timeout(PROMISED_SECONDS):
            await getattr(access, loss.act)()
            assert (await gone.hear("dismissed"))["cause"] == loss.cause
            await gone.socket.wait_closed()
            assert await refused(door, **resume) == loss.code
            while await refused(other_node, **resume) != loss.code:
                pass
        before = now() - timedelta(seconds=10)
        came_by: dict[str, Any] = {"link": access.link} if loss.who == "pat" else {"sign_in": access.sign_in}
        ticket = door.ticket(loss.who, "client" if loss.who == "pat" else "facilitator", granted=before, **came_by)
        assert await refused(door, type="join", ticket=ticket) == loss.code


async def saves_a_note(somebody: Person, revision: int) -> bool:
    """Whether the node takes a note from them; a lock is the only reason why it would not."""
    note = {"client": None, "kind": "progress", "revision": revision, "text": "Check-in went round."}
    await somebody.say(type="save_note", **note)
    answer = await somebody.hear("refused", "note_saved")
    assert answer.get("code", "locked") == "locked"
    return bool(answer["type"] == "note_saved")


@pytest.mark.parametrize("how", ["lock", "sit_idle"])
async def test_a_locked_sign_in_is_only_there_within_five_seconds(door: Door, access: Access, how: str) -> None:
    """Dana is still there for the others, and leads again once she has unlocked her page."""
    revisions = itertools.count(1)
    async with entered(door, access) as (dana, pat):
        assert await saves_a_note(dana, next(revisions))
        async with asyncio.timeout(PROMISED_SECONDS):
            await getattr(access, how)()
            while await saves_a_note(dana, next(revisions)):
                pass
        await dana.say(type="set_devices", microphone=True, camera=False)
        heard = False
        while not heard:
            people = (await pat.see())["participants"]
            heard = any(device["microphone"] for each in people for device in each["devices"])
        async with asyncio.timeout(PROMISED_SECONDS):
            await access.unlock()
            while not await saves_a_note(dana, next(revisions)):
                pass


async def test_a_person_taken_off_the_roster_is_dismissed_and_the_others_stay(
    door: Door, access: Access, database: Database
) -> None:
    async with entered(door, access) as (dana, pat):
        async with asyncio.timeout(PROMISED_SECONDS):
            await access.take_off_the_roster("pat", "sam")
            assert (await pat.hear("dismissed"))["cause"] == "changed"
        assert await refused(door, type="resume_session", token=pat.welcome["resume"]) == "place_changed"
        await dana.say(type="heartbeat", clock=now())
        await dana.hear("heartbeat_heard")

        async def closed() -> list[ConnectionClosed]:
            async with database.transaction() as tx:
                facts = [fact.event for fact in await ledgers.of_session(tx, door.evening.session)]
            return [fact for fact in facts if isinstance(fact, ConnectionClosed)]

        (fact,) = await eventually(closed)
        assert (fact.connection, fact.why) == (pat.welcome["connection"], "place_changed")


async def test_a_person_removed_from_outside_stays_out_until_readmitted(door: Door, access: Access) -> None:
    about: dict[str, Any] = {"session": door.evening.session, "person": access.pat, "by": access.dana}
    async with entered(door, access) as (dana, pat):
        resume = {"type": "resume_session", "token": pat.welcome["resume"]}
        async with asyncio.timeout(PROMISED_SECONDS):
            await access.record(PersonRemoved(id=new_id(), at=now(), **about))
            assert (await pat.hear("dismissed"))["cause"] == "removed"
        assert await refused(door, **resume) == "removed_from_session"
        await dana.see(removed=[{"person": access.pat, "name": "pat"}])
        async with asyncio.timeout(PROMISED_SECONDS):
            await access.record(PersonReadmitted(id=new_id(), at=now(), **about))
            await dana.see(removed=[])
        async with door.socket() as again:
            await again.say(**resume)
            await again.see(here=False)


async def test_a_node_keeps_refusing_withdrawn_access_while_the_database_is_away(
    door: Door, access: Access, postgres: Any, database_name: str
) -> None:
    async with entered(door, access) as (dana, pat):
        await access.revoke_link()
        await pat.hear("dismissed")
        async with away(postgres, database_name):
            for _ in range(3):
                assert await refused(door, type="resume_session", token=pat.welcome["resume"]) == "link_revoked"
            again = {"type": "resume_session", "token": dana.welcome["resume"], "replaces": dana.welcome["connection"]}
            assert await refused(door, **again) == "welcomed"


async def test_a_node_learns_of_withdrawals_that_it_missed_once_the_database_is_back(
    door: Door, access: Access, postgres: Any, database_name: str, owner_url: str
) -> None:
    async with entered(door, access) as (_, pat):
        async with away(postgres, database_name):
            superuser = postgres.superuser_url(database_name)
            await revoke_as(superuser, access.link)
            await pat.say(type="heartbeat", clock=now())
            await pat.hear("heartbeat_heard")
        async with asyncio.timeout(PROMISED_SECONDS):
            assert (await pat.hear("dismissed"))["cause"] == "withdrawn"


async def test_a_node_whose_connections_hang_takes_others_keeps_its_lease_and_learns_what_was_withdrawn(
    node_settings: SignalingSettings, access: Access, postgres: Any, database_name: str, evening: Any
) -> None:
    """Connections neither fail nor answer, as after a failover that the network did not announce."""
    async with (
        Database.open(node_settings.database_url) as its_own,
        serving(node_settings, FakeMedia(), its_own) as port,
        entered(Door(port, evening), access) as (_, pat),
    ):
        await asyncio.gather(*(in_use(its_own) for _ in range(MAX_CONNECTIONS)))
        async with stopped_backends(postgres, database_name):
            superuser = postgres.superuser_url(database_name)
            await revoke_as(superuser, access.link)
            async with asyncio.timeout(2 * PROMISED_SECONDS):
                assert (await pat.hear("dismissed"))["cause"] == "withdrawn"
            watching = await asyncpg.connect(superuser)
            lives = "SELECT lease_until > clock_timestamp() FROM nodes"
            await eventually(lambda: watching.fetchval(lives))
            await watching.close()


async def in_use(database: Database) -> None:
    """One more connection of the pool is open from now on."""
    async with database.transaction() as tx:
        await tx.execute("SELECT pg_sleep(0.2)")


async def revoke_as(superuser: str, link: str) -> None:
    """Change access as the database's owner, while the application is locked out."""
    connection = await asyncpg.connect(superuser)
    await connection.execute("UPDATE join_links SET revoked_at = now() WHERE id = $1", link)
    await connection.close()


async def test_a_starting_node_knows_earlier_withdrawals(door_of: Any, access: Access, evening: Any) -> None:
    await access.revoke_link()
    async with door_of() as door:
        ticket = door.ticket("pat", link=access.link, granted=now())
        assert await refused(door, type="join", ticket=ticket) == "link_revoked"
        assert NODE in door.url


async def test_a_person_added_during_the_session_is_on_the_board_by_name_and_can_have_a_note(
    door: Door, access: Access
) -> None:
    async with entered(door, access) as (dana, _):
        async with access.database.transaction() as tx:
            new = people.Person(id=new_id(), display_name="Noor", email=None, external_id=None)
            await persons.create(tx, access.evening.clinic, new)
            await tx.execute(
                "INSERT INTO rosters VALUES ($1, $2, $3, 'client')",
                access.evening.clinic,
                access.evening.session,
                new.id,
            )
            planned = plan_of([fact.event for fact in await ledgers.of_session(tx, access.evening.session)])
            assert planned is not None
            roster = (*planned.roster, RosterEntry(new.id))
            again = msgspec.structs.replace(planned, id=new_id(), at=now(), roster=roster)
            await streams.record(tx, access.evening.clinic, f"plan:{access.evening.session}", again)

        async def on_the_board() -> bool:
            board = await dana.hear("attendance_counted")
            return "Noor" in [row["name"] for row in board["clients"]]

        await eventually(on_the_board)
        await dana.say(
            type="save_note", client=new.id, kind="progress", revision=1, text="Noor came late; a warm start."
        )
        assert (await dana.hear("note_saved"))["client"] == new.id
