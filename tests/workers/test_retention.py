"""Clients are listed and erased when their time is over; what ages goes; the ledger stays provable."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from domain.chart.notes import Version
from domain.errors import DatabaseAway, InvalidInput
from domain.privacy.retention import Hold
from runtime.clock import new_id
from runtime.settings import DatabaseSettings
from store.chart import notes
from store.database import Database, database_time
from store.people import aliases, clinics, persons
from store.people.clinics import Clinic as NamedClinic
from store.privacy import erasures, holds, retention_rules
from store.privacy.retention_rules import Decision
from tests.ledgers import consume
from tests.server.roles.places import KEYS, Place, employ, furnish
from tests.workers import evening
from tests.workers.evening import SIX, Clinic
from vesper.proof.verify import Scope
from vesper.proof.verify import main as verify
from workers import attendance, retention

STAYS = {"what a session is called", "who asked", "how to reach who asked", "a secret", "a draft of a note"}
"""Needles that are about the clinic or about somebody else."""


class Archive:
    """A clinic with a client of whom everything is kept, and who left eight years ago."""

    def __init__(self, database: Database, owner: asyncpg.Connection, place: Place) -> None:
        self.database = database
        self.owner = owner
        self.place = place
        self.clinic = place.clinic
        self.client = place.ids["client"]
        self.dana = place.ids["author"]

    async def run(self, statement: str, *values: Any) -> None:
        await self.owner.execute(statement, *values)

    async def is_from_long_ago(self, years: int = 8) -> None:
        """Move the client's time here into the past."""
        await self.run("UPDATE enrolments SET starts_on = now() - $1 * interval '1 year' - interval '1 day',"
                       " ends_on = now() - $1 * interval '1 year'", years)  # fmt: skip
        await self.run("UPDATE sessions SET starts_at = now() - $1 * interval '1 year',"
                       " ends_at = now() - $1 * interval '1 year' + interval '1 hour'", years)  # fmt: skip

    async def works(self) -> None:
        await retention.work(self.database, self.clinic)

    async def a_month_passes(self) -> None:
        """Since the clients were listed."""
        await self.run("UPDATE erasures SET listed_at = listed_at - interval '31 days'")

    async def listed(self) -> list[str]:
        async with self.database.transaction() as tx:
            return [one.person for one in await erasures.listed(tx, self.clinic, 10)]

    async def is_erased(self) -> bool:
        async with self.database.transaction() as tx:
            return await erasures.is_erased(tx, self.clinic, self.client)

    async def counts(self) -> dict[str, int]:
        async with self.database.transaction() as tx:
            return {one.record: one.erased for one in await erasures.done(tx, self.clinic, 50)}

    async def hold(self, person: str | None = None) -> Hold:
        async with self.database.transaction() as tx:
            held = Hold(id=new_id(), person=person or self.client, reason="a subpoena", held_by=self.dana,
                        held_at=await database_time(tx))  # fmt: skip
            await holds.put(tx, self.clinic, held)
        return held

    async def found(self) -> dict[str, list[str]]:
        """The kinds of needles that stand in some table, with the tables."""
        tables = await self.owner.fetch("SELECT relname FROM pg_class WHERE relkind = 'r'"
                                        " AND relnamespace = 'public'::regnamespace")  # fmt: skip
        kinds: dict[str, list[str]] = {}
        for (table,) in tables:
            text = "\n".join(row[0] for row in await self.owner.fetch(f"SELECT t::text FROM {table} AS t"))
            for kind, needles in self.place.needles.items():
                if any(needle.lower() in text.lower() for needle in needles):
                    kinds.setdefault(kind, []).append(table)
        return kinds


@pytest.fixture
async def archive(database: Database, owner_url: str) -> Any:
    clinic = new_id()
    place = Place("on the roster", clinic)
    async with database.transaction() as tx:
        await clinics.create(tx, NamedClinic(id=clinic, name="Riverbend", timezone="America/New_York"))
        dana = await employ(tx, clinic, "supervisor", "dana@riverbend.example", "hash")
        await furnish(tx, place, dana, [], await database_time(tx))
    owner = await asyncpg.connect(owner_url)
    kept = Archive(database, owner, place)
    await kept.is_from_long_ago()
    await owner.execute("UPDATE legal_holds SET released_at = now(), released_by = held_by")
    await owner.execute("DELETE FROM erasures")
    yield kept
    await owner.close()


async def test_nothing_of_a_client_is_left_after_seven_years_and_a_month_on_the_list(archive: Archive) -> None:
    before = await archive.found()
    assert {"a client's name", "a client's contact", "a guest's name", "a client's alias"} <= before.keys()
    await archive.works()
    assert (await archive.listed(), await archive.is_erased()) == ([archive.client], False)
    await archive.works()
    assert not await archive.is_erased(), "erasing is never sudden"
    await archive.a_month_passes()
    await archive.works()
    assert await archive.is_erased() and await archive.listed() == []
    after = await archive.found()
    assert {kind: tables for kind, tables in after.items() if kind not in STAYS} == {}
    assert (await archive.counts())["client"] == 1


async def test_notes_of_an_erased_client_can_no_longer_be_read_by_anybody(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    await archive.works()
    async with archive.database.transaction() as tx:
        found = await notes.of_session(tx, KEYS, archive.clinic, archive.place.ids["session"])
        assert len(found) == 3 and {note.unreadable for note in found} == {"text"}
        assert {len(note.signatures) for note in found} == {1}, "that they were signed stays provable"
        again = Version(number=2, author=archive.dana, at=SIX, nonce=bytes(32), text="more")
        with pytest.raises(KeyError):
            await notes.write(tx, KEYS, found[0], again)


async def test_an_erased_client_stays_as_an_id_that_says_so(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    await archive.works()
    async with archive.database.transaction() as tx:
        person = await persons.find(tx, archive.clinic, archive.client)
        everybody = {one.id for one in await persons.after(tx, archive.clinic, None, 50)}
    assert person is not None and (person.display_name, person.email) == ("[erased]", None)
    assert archive.client not in everybody and archive.dana in everybody


async def test_nobody_gets_the_alias_within_the_year(archive: Archive) -> None:
    [alias] = archive.place.needles["a client's alias"]
    await archive.works()
    await archive.a_month_passes()
    await archive.works()
    async with archive.database.transaction() as tx:
        now = await database_time(tx)
        with pytest.raises(InvalidInput):
            await aliases.reserve(tx, archive.clinic, archive.dana, alias, now)
    await archive.run("UPDATE spent_aliases SET released_at = released_at - interval '366 days'")
    await archive.works()
    assert await archive.owner.fetchval("SELECT count(*) FROM spent_aliases") == 0
    async with archive.database.transaction() as tx:
        await aliases.reserve(tx, archive.clinic, archive.dana, alias, now)


async def test_a_minor_is_kept_until_they_are_twenty_five(archive: Archive) -> None:
    await archive.run("UPDATE client_records SET date_of_birth = now() - interval '25 years' + interval '100 days'")
    await archive.works()
    assert await archive.listed() == [], "they were 16 when they left"
    await archive.run("UPDATE client_records SET date_of_birth = date_of_birth - 30")
    await archive.works()
    assert await archive.listed() == [archive.client]


async def test_a_client_in_north_carolina_is_kept_for_eleven_years(archive: Archive) -> None:
    await archive.run("UPDATE client_records SET home_state = 'NC'")
    await archive.works()
    assert await archive.listed() == []


async def test_a_clinic_that_keeps_longer_takes_clients_off_the_list(archive: Archive) -> None:
    await archive.works()
    async with archive.database.transaction() as tx:
        ten = Decision(record="client", keep=10, by=archive.dana, at=await database_time(tx))
        await retention_rules.decide(tx, archive.clinic, ten)
    await archive.a_month_passes()
    await archive.works()
    assert (await archive.listed(), await archive.is_erased()) == ([], False)


@pytest.mark.parametrize("held", ["client", "guest"])
async def test_a_hold_stops_everything_until_it_is_released(archive: Archive, held: str) -> None:
    await archive.works()
    hold = await archive.hold(archive.place.ids[held])
    await archive.a_month_passes()
    await archive.works()
    assert not await archive.is_erased()
    async with archive.database.transaction() as tx:
        assert not await erasures.erase_client(tx, archive.clinic, archive.client), "the database refuses, too"
        await holds.release(tx, archive.clinic, hold.id, archive.dana, await database_time(tx))
    await archive.works()
    assert await archive.is_erased()


async def test_a_postponed_client_waits(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    async with archive.database.transaction() as tx:
        tomorrow = (await database_time(tx)).date() + timedelta(days=1)
        assert await erasures.postpone(tx, archive.clinic, archive.client, tomorrow, archive.dana)
    await archive.works()
    assert not await archive.is_erased()
    await archive.run("UPDATE erasures SET postponed_until = postponed_until - 1")
    await archive.works()
    assert await archive.is_erased()


async def test_a_client_who_comes_back_is_taken_off_the_list(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    await archive.run("UPDATE enrolments SET ends_on = NULL")
    async with archive.database.transaction() as tx:
        assert not await erasures.erase_client(tx, archive.clinic, archive.client)
    await archive.works()
    assert (await archive.listed(), await archive.is_erased()) == ([], False)


async def test_the_application_can_erase_nobody_who_was_not_listed_for_a_month(archive: Archive) -> None:
    async with archive.database.transaction() as tx:
        assert not await erasures.erase_client(tx, archive.clinic, archive.client)
        day = (await database_time(tx)).date() - timedelta(days=400)
        await erasures.list_for_erasing(tx, archive.clinic, {archive.client: day})
        assert not await erasures.erase_client(tx, archive.clinic, archive.client)
    for forbidden in (
        "INSERT INTO erasures (clinic_id, person_id, due_on, listed_at) VALUES ($1, $2, now(), now())",
        "SELECT destroy_person($1, $2)",
        "DELETE FROM client_records WHERE (clinic_id, person_id) = ($1, $2)",
        "DELETE FROM access_audit WHERE clinic_id = $1 AND actor_id = $2",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with archive.database.transaction() as tx:
                await tx.execute(forbidden, archive.clinic, archive.client)


async def test_a_kill_in_the_middle_leaves_everything_as_it_was_and_the_next_goes_on(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    before = await archive.found()
    with pytest.raises(DatabaseAway):
        async with archive.database.transaction() as tx:
            assert await erasures.erase_client(tx, archive.clinic, archive.client)
            await tx.fetchval("SELECT pg_terminate_backend(pg_backend_pid())")
    assert await archive.found() == before and await archive.counts() == {}
    await archive.works()
    assert await archive.is_erased() and (await archive.counts())["client"] == 1


async def test_two_workers_at_once_erase_everything_once(archive: Archive) -> None:
    await archive.works()
    await archive.a_month_passes()
    mails = """
        INSERT INTO mails (clinic_id, id, kind, address, state, queued_at, next_try_at)
        SELECT $1, gen_random_uuid(), 'invitation', 'old@mail.example', 'sent', now() - interval '91 days', now()
        FROM generate_series(1, 450)
    """
    await archive.run(mails, archive.clinic)
    await asyncio.gather(*(archive.works() for _ in range(4)))
    await archive.works()
    counts = await archive.counts()
    assert (counts["client"], counts["mail"]) == (1, 450)


async def test_what_ages_goes_row_by_row_unless_its_person_is_held(archive: Archive) -> None:
    clinic, dana = archive.clinic, archive.dana
    audit = ("INSERT INTO access_audit (clinic_id, at, actor_kind, actor_id, method, route, subjects, status)"
             " VALUES ($1, now() - $2::text::interval, 'person', $3, 'GET', '/', ARRAY[$4::uuid], 200)")  # fmt: skip
    for age in ("7 years", "5 years"):
        await archive.run(audit, clinic, age, dana, archive.client)
    await archive.run(audit, clinic, "7 years", dana, dana)
    await archive.hold()
    await archive.run("UPDATE inquiries SET state = 'declined'")
    await archive.run("INSERT INTO inquiry_steps (clinic_id, id, inquiry_id, kind, on_day, at, by_id) SELECT clinic_id,"
                      " gen_random_uuid(), id, 'declined', now() - interval '4 years', now() - interval '4 years', $1"
                      " FROM inquiries", dana)  # fmt: skip
    await archive.works()
    async with archive.database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM access_audit WHERE clinic_id = $1", clinic) == 2
    assert await archive.counts() == {"access_audit": 1, "inquiry": 1}
    assert "who asked" not in await archive.found()


async def test_the_ledger_verifies_and_attendance_stands_before_and_after(
    database: Database, clinic: Clinic, owner_url: str, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start = SIX - timedelta(days=8 * 365 + 2)
    session = await evening.planned(database, clinic, start)
    await evening.ship(database, evening.whole_evening(clinic, session, start).rows)
    await consume(database, attendance.CONSUMER)
    owner = await asyncpg.connect(owner_url)
    await owner.execute("INSERT INTO client_records (clinic_id, person_id) VALUES ($1, $2)", clinic.id, clinic.pat)
    settings = DatabaseSettings(database_url=database_url)

    async def verified() -> Any:
        assert await asyncio.to_thread(verify, settings, Scope(), True) == 0
        return json.loads(capsys.readouterr().out)

    records = "SELECT session_id, client_id, credited_s FROM attendance_records ORDER BY client_id"
    before, credited = await verified(), await owner.fetch(records)
    assert before["facts"] > 5 and len(credited) == 2
    await retention.work(database, clinic.id)
    await owner.execute("UPDATE erasures SET listed_at = listed_at - interval '31 days'")
    await retention.work(database, clinic.id)
    async with database.transaction() as tx:
        assert await erasures.is_erased(tx, clinic.id, clinic.pat)
        assert not await erasures.is_erased(tx, clinic.id, clinic.dana), "staff stay"
    assert (await verified(), await owner.fetch(records)) == (before, credited)
    await owner.close()
