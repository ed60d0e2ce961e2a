"""Each change of who may be in a room is announced once, in order, automatically."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from domain.access.links import JoinLink
from domain.events.room import PersonRemoved
from domain.events.schedule import RosterEntry, SessionPlanned
from domain.people.persons import Person
from domain.programs.enrolments import Enrolment
from domain.programs.programs import Program
from runtime import policies
from runtime.clock import new_id
from store.access import access_changes, join_links, sign_ins
from store.database import Database, Transaction
from store.ledger import facts as ledger
from store.ledger import streams
from store.people import persons
from store.programs import enrolments, programs
from tests.phases import first_phase

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SECRET = b"sign-in"


class Riverbend:
    """A clinic with Dana, a signed-in member of staff, and Pat, who has a link."""

    def __init__(self, clinic: str) -> None:
        self.clinic = clinic
        self.dana, self.pat, self.link, self.sign_in, self.enrolment, self.session = (new_id() for _ in range(6))

    async def found(self, tx: Transaction) -> None:
        dana = Person(id=self.dana, display_name="D", email=None, external_id=None, staff_roles=["supervisor"])
        pat = Person(id=self.pat, display_name="P", email=None, external_id=None)
        program = Program(
            id=new_id(), name="Evening", timezone="UTC", week_start="sunday", policy_id="evening-sud", policy_version=1
        )
        for person in (dana, pat):
            await persons.create(tx, self.clinic, person)
        await programs.create(tx, self.clinic, program)
        enrolment = Enrolment(
            id=self.enrolment, program=program.id, client=self.pat, starts_on=date(2026, 11, 1), ends_on=None,
            phase=await first_phase(tx, self.clinic, program.id),
        )  # fmt: skip
        await enrolments.create(tx, self.clinic, enrolment)
        link = JoinLink(
            id=self.link, clinic=self.clinic, person=self.pat, enrolment=self.enrolment, created_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )  # fmt: skip
        await join_links.create(tx, link, b"1")
        signed_in = sign_ins.NewSignIn(
            id=self.sign_in, clinic=self.clinic, person=self.dana, secret_hash=SECRET, at=NOW,
            expires=NOW + timedelta(hours=1),
        )  # fmt: skip
        await sign_ins.begin(tx, signed_in)


@pytest.fixture
async def riverbend(database: Database, clinic: str) -> Riverbend:
    house = Riverbend(clinic)
    async with database.transaction() as tx:
        await house.found(tx)
    return house


async def announced(database: Database, after: int = 0) -> list[tuple[str, str]]:
    async with database.transaction() as tx:
        return [(change.kind, change.subject) for change in await access_changes.after(tx, after)]


async def test_each_withdrawal_is_announced_once(database: Database, riverbend: Riverbend) -> None:
    for _ in range(2):  # the second time nothing changes
        async with database.transaction() as tx:
            await join_links.revoke(tx, riverbend.clinic, riverbend.link, NOW)
        async with database.transaction() as tx:
            await sign_ins.end(tx, SECRET, NOW)
        async with database.transaction() as tx:
            await enrolments.announce(tx, riverbend.clinic, riverbend.enrolment, NOW)
    assert await announced(database) == [
        ("link_revoked", riverbend.link),
        ("signed_out", riverbend.sign_in),
        ("place_changed", riverbend.pat),
    ]


async def test_deactivation_ends_sign_ins_and_links_and_can_be_reversed(
    database: Database, riverbend: Riverbend
) -> None:
    async with database.transaction() as tx:
        for person in (riverbend.dana, riverbend.pat):
            await persons.deactivate(tx, riverbend.clinic, person, NOW)
            await sign_ins.end_all(tx, riverbend.clinic, person, NOW)
            await join_links.revoke_all(tx, riverbend.clinic, person, NOW)
    assert sorted(await announced(database)) == sorted(
        [
            ("deactivated", riverbend.dana), ("signed_out", riverbend.sign_in),
            ("deactivated", riverbend.pat), ("link_revoked", riverbend.link),
        ]
    )  # fmt: skip
    async with database.transaction() as tx:
        await persons.reactivate(tx, riverbend.clinic, riverbend.dana)
    assert (await announced(database))[-1] == ("reactivated", riverbend.dana)


async def test_facts_of_a_session_are_announced_unless_its_room_records_them(
    database: Database, riverbend: Riverbend
) -> None:
    session = riverbend.session
    plan = SessionPlanned(
        id=new_id(), at=NOW, session=session, kind="group", timezone="UTC", start=NOW, end=NOW + timedelta(hours=1),
        policy=policies.load("evening-sud", 1)[1], roster=(RosterEntry(riverbend.pat),),
    )  # fmt: skip
    by_room = PersonRemoved(id=new_id(), seq=(1 << 32) + 1, at=NOW, session=session, person=riverbend.pat)
    async with database.transaction() as tx:
        await streams.record(tx, riverbend.clinic, f"plan:{session}", plan)
        await ledger.append(tx, [ledger.row(by_room, riverbend.clinic, f"room:{session}:1", b"h")])
    assert await announced(database) == [("session_changed", session)]
    async with database.transaction() as tx:
        assert [fact.event for fact in await ledger.beside_its_rooms(tx, riverbend.clinic, session)] == [
            SessionPlanned(**{name: getattr(plan, name) for name in plan.__struct_fields__} | {"seq": 1})
        ]


async def test_a_reader_behind_many_writers_skips_no_change(database: Database, riverbend: Riverbend) -> None:
    links = [new_id() for _ in range(60)]
    async with database.transaction() as tx:
        for number, id in enumerate(links):
            link = JoinLink(
                id=id, clinic=riverbend.clinic, person=riverbend.pat, enrolment=riverbend.enrolment, created_at=NOW,
                expires_at=NOW + timedelta(days=1),
            )  # fmt: skip
            await join_links.create(tx, link, b"link %d" % number)

    async def revoke(own: list[str]) -> None:
        for id in own:
            async with database.transaction() as tx:
                await join_links.revoke(tx, riverbend.clinic, id, NOW)
                await asyncio.sleep(0)  # the change is made, and not committed

    writing = asyncio.gather(*(revoke(links[turn::6]) for turn in range(6)))
    read: list[Any] = []
    while not writing.done() or len(read) < len(links):
        async with database.transaction() as tx:
            read += await access_changes.after(tx, read[-1].id if read else 0)
        if writing.done() and len(read) < len(links):
            async with database.transaction() as tx:
                rest = await access_changes.after(tx, read[-1].id if read else 0)
            assert rest, "a change was committed behind the reader"
            read += rest
        await asyncio.sleep(0)
    await writing
    assert sorted(change.subject for change in read) == sorted(links)


async def test_a_commit_wakes_listeners(database: Database, riverbend: Riverbend) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.ensure_future(database.listen(access_changes.CHANNEL, heard.put_nowait))
    assert await asyncio.wait_for(heard.get(), 5) == ""
    async with database.transaction() as tx:
        await join_links.revoke(tx, riverbend.clinic, riverbend.link, NOW)
        assert heard.empty()
    assert await asyncio.wait_for(heard.get(), 5) == "changed"
    listening.cancel()


async def test_old_changes_are_deleted(database: Database, riverbend: Riverbend, owner_url: str) -> None:
    async with database.transaction() as tx:
        await join_links.revoke(tx, riverbend.clinic, riverbend.link, NOW)
    owner = await asyncpg.connect(owner_url)
    await owner.execute("UPDATE access_changes SET at = at - interval '49 hours'")
    await owner.close()
    async with database.transaction() as tx:
        await sign_ins.end(tx, SECRET, NOW)
    assert await announced(database) == [("signed_out", riverbend.sign_in)]


async def test_the_application_cannot_delete_an_announcement(database: Database, riverbend: Riverbend) -> None:
    async with database.transaction() as tx:
        await join_links.revoke(tx, riverbend.clinic, riverbend.link, NOW)
    for statement in ("DELETE FROM access_changes", "UPDATE access_changes SET kind = 'reactivated'"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction() as tx:
                await tx.execute(statement)


async def test_the_trigger_that_runs_as_the_owner_cannot_be_misused(database: Database, riverbend: Riverbend) -> None:
    """The application creates a temporary table of the same name, with its own trigger."""
    async with database.transaction() as tx:
        await tx.execute(
            """
            CREATE TEMPORARY TABLE access_changes (clinic_id uuid, kind text, subject uuid, at timestamptz);
            CREATE FUNCTION pg_temp.as_owner() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO public.closing_keys (id, public_key, valid_from) VALUES ('forged', sha256(''), now());
                RETURN NEW;
            END $$;
            CREATE TRIGGER as_owner BEFORE INSERT ON pg_temp.access_changes
                FOR EACH ROW EXECUTE FUNCTION pg_temp.as_owner();
            GRANT ALL ON pg_temp.access_changes TO PUBLIC;
            """
        )
        await tx.execute("UPDATE persons SET deactivated_at = now() WHERE id = $1", riverbend.pat)
        await tx.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert await tx.fetchval("SELECT count(*) FROM closing_keys") == 0
        assert await tx.fetchval("SELECT count(*) FROM public.access_changes WHERE subject = $1", riverbend.pat) == 1
