"""A file of clients, from its upload until they are there: shown first, applied whole, once, and by nobody else."""

import asyncio
import base64
import time
from datetime import timedelta
from typing import Any

import pytest

from store.database import Database
from store.people import clients, many
from store.people.clients import Author
from store.transfer import imports
from tests.server.conftest import Browser, Clock, House, SignedIn
from workers.transfer.imports import next_import

FILE = "MRN,Name,DOB,Mobile\n1,Sam Okonjo,1990-04-23,(614) 555-0134\n2,Zoë Núñez,,\n"


def body(text: str) -> dict[str, str]:
    return {"content": base64.b64encode(text.encode()).decode()}


async def brought(browser: Browser, text: str) -> str:
    answer = await browser.post("/api/imports", body(text))
    assert answer.status == 201, answer.body
    return f"/api/imports/{answer.body['id']}"


class Office:
    """The administrator's browser, and a worker that works when the test says so."""

    def __init__(self, browser: Browser, database: Database, clock: Clock, house: House) -> None:
        self.browser, self.database, self.clock, self.house = browser, database, clock, house

    async def shown(self, text: str) -> tuple[str, dict[str, Any]]:
        """The address of a file, and its preview."""
        path = await brought(self.browser, text)
        assert (await self.browser.get(path)).body["state"] == "checking"
        assert await next_import(self.database, self.clock.now)
        return path, (await self.browser.get(path)).body

    async def applied(self, path: str) -> str:
        """The state of the file once a worker has taken it."""
        assert (await self.browser.post(f"{path}/application")).status == 200
        assert await next_import(self.database, self.clock.now)
        return str((await self.browser.get(path)).body["state"])

    async def count(self, table: str) -> int:
        async with self.database.transaction() as tx:
            return int(await tx.fetchval(f"SELECT count(*) FROM {table} WHERE clinic_id = $1", self.house.clinic))

    async def client(self, id: str) -> Any:
        async with self.database.transaction() as tx:
            found = await many.with_ids(tx, self.house.clinic, [("record", id)])
        return found.get(("record", id))


@pytest.fixture
async def office(signed_in: SignedIn, database: Database, clock: Clock, house: House) -> Office:
    return Office(await signed_in("administrator"), database, clock, house)


async def test_clients_from_a_file_are_there_and_can_be_found(office: Office) -> None:
    path, shown = await office.shown(FILE)
    assert (shown["preview"]["new"], shown["preview"]["wrong"]) == (2, [])
    assert shown["preview"]["lines"][0]["alias"] == "Sam O."
    assert await office.client("1") is None, "a preview changes nothing"
    assert await office.applied(path) == "applied"
    sam = await office.client("1")
    assert sam.name == "Sam Okonjo" and sam.alias == "Sam O." and sam.contacts[0].value == "+1 614-555-0134"
    found = await office.browser.post("/api/clients/search", {"text": "nunez"})
    assert [row["external_ids"] for row in found.body["items"]] == [["2"]]


async def test_the_same_file_changes_nothing_the_second_time(office: Office) -> None:
    path, _ = await office.shown(FILE)
    await office.applied(path)
    before = await office.count("client_records")
    path, shown = await office.shown(FILE)
    assert (shown["preview"]["new"], shown["preview"]["changed"], shown["preview"]["unchanged"]) == (0, 0, 2)
    assert await office.applied(path) == "applied"
    assert await office.count("client_records") == before
    sam = await office.client("1")
    assert sam.changed.revision == 1


async def test_a_changed_line_changes_its_client_and_says_what(office: Office) -> None:
    path, _ = await office.shown(FILE)
    await office.applied(path)
    path, shown = await office.shown("MRN,Name,Alias,E-mail\n1,Samuel Okonjo,Cedar,sam@example.com\n2,,,\n")
    [line] = shown["preview"]["lines"]
    assert set(line["fields"]) == {"name", "alias", "contacts"} and shown["preview"]["unchanged"] == 1
    await office.applied(path)
    sam = await office.client("1")
    assert (sam.name, sam.alias, sam.changed.revision) == ("Samuel Okonjo", "Cedar", 2)
    assert [way.kind for way in sam.contacts] == ["mobile", "email"]


async def test_a_wrong_line_is_named_and_then_nothing_is_applied(office: Office) -> None:
    path, shown = await office.shown("MRN,Name,DOB\n1,Sam,1990-04-23\n2,Lee,31/31/1990\n3,,\n")
    assert [(one["line"], one["column"]) for one in shown["preview"]["wrong"]] == [(3, "DOB"), (4, "Name")]
    refused = await office.browser.post(f"{path}/application")
    assert refused.status == 422 and "lines of this file are wrong" in refused.body["detail"]
    assert not await next_import(office.database, office.clock.now)
    assert await office.client("1") is None


async def test_a_file_is_applied_once(office: Office) -> None:
    path, _ = await office.shown(FILE)
    first, second = await asyncio.gather(*(office.browser.post(f"{path}/application") for _ in range(2)))
    assert sorted([first.status, second.status]) == [200, 409]
    assert await next_import(office.database, office.clock.now)
    assert not await next_import(office.database, office.clock.now)
    assert (await office.browser.post(f"{path}/application")).status == 409


async def test_what_was_not_shown_is_not_applied(office: Office) -> None:
    path, _ = await office.shown(FILE)
    await office.applied(path)
    changing = "MRN,Name\n1,Samuel\n3,Kim\n"
    path, _ = await office.shown(changing)
    sam = await office.client("1")
    async with office.database.transaction() as tx:
        author = Author(by=None, at=office.clock.now)
        await clients.begin_change(tx, office.house.clinic, sam.id, sam.changed.revision, author)
    assert await office.applied(path) == "outdated"
    assert await office.client("3") is None, "all or nothing"
    path, _ = await office.shown(changing)
    assert await office.applied(path) == "applied"


async def test_whoever_was_imported_is_named_in_the_audit(office: Office) -> None:
    path, _ = await office.shown(FILE)
    await office.applied(path)
    sam = await office.client("1")
    looked = await office.browser.get(f"/api/who-looked?person={sam.id}")
    assert looked.body["items"][0]["by"]["id"] == office.house.administrator
    assert looked.body["items"][0]["did"] == "changed"


async def test_a_preview_belongs_to_its_person_and_lasts_half_an_hour(
    office: Office, browse: Any, elsewhere: House
) -> None:
    path, _ = await office.shown(FILE)
    other = browse()
    await other.sign_in(elsewhere.email("administrator"))
    assert (await other.get(path)).status == 404
    assert (await other.post(f"{path}/application")).status == 404
    assert (await other.ask("DELETE", path)).status == 404
    office.clock.advance(minutes=10)
    assert (await office.browser.get(path)).status == 200
    async with office.database.transaction() as tx:
        await imports.forget_old(tx, office.clock.now + timedelta(minutes=20))
    assert await office.count("client_imports") == 0
    assert (await office.browser.post(f"{path}/application")).status == 404


async def test_who_may_be_here_already_is_said(office: Office) -> None:
    _, shown = await office.shown("MRN,Name\n1,pat MORROW\n")
    assert shown["preview"]["same_name_lines"] == [2]


async def test_what_is_no_table_is_refused_at_once(office: Office) -> None:
    for content, says in (("PK\x03\x04", "workbook"), ("name\nSam\n", "external_id"), ('id\n"1\n', "Line 2")):
        answer = await office.browser.post("/api/imports", body(content))
        assert answer.status == 422 and says in answer.body["detail"] and answer.body["path"] == "$.content"
    assert (await office.browser.post("/api/imports", {"content": "%%%"})).status == 422


async def test_the_template_can_be_filled_in_and_imported(office: Office) -> None:
    answer = await office.browser.get("/api/import-template")
    assert answer.headers["Content-Type"].startswith("text/csv")
    _, shown = await office.shown(answer.body.decode())
    assert shown["preview"]["new"] == 1 and shown["preview"]["wrong"] == []
    assert all(column["field"] for column in shown["preview"]["columns"])


async def test_a_given_up_file_is_gone(office: Office) -> None:
    path, _ = await office.shown(FILE)
    assert (await office.browser.ask("DELETE", path)).status == 204
    assert (await office.browser.get(path)).status == 404


@pytest.mark.alone
async def test_five_thousand_lines_are_shown_and_applied_within_ten_seconds(office: Office) -> None:
    lines = "".join(
        f"{n},Person{n % 700} Family{n % 900},19{n % 60 + 30}-04-23,(614) 555-{n % 10000:04},p{n}@example.com,OH\n"
        for n in range(5000)
    )
    text = "MRN,Name,DOB,Mobile,Email,State\n" + lines
    begun = time.perf_counter()
    path, shown = await office.shown(text)
    checked = time.perf_counter()
    assert shown["preview"]["new"] == 5000 and shown["done"] == 5000
    assert await office.applied(path) == "applied"
    done = time.perf_counter()
    print(f"5,000 lines: shown after {checked - begun:.1f} s, applied after another {done - checked:.1f} s")
    assert done - begun < 10
