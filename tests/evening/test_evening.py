"""A first evening, from the door to the biller: real browsers, real media, real Postgres."""

import secrets
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import aiohttp
import msgspec
import pytest
from playwright.async_api import Browser, Playwright, expect

from store.database import Database
from tests.evening.conftest import Running
from tests.evening.people import FLAGS, WAIT, Client, Facilitator, freeze, thaw
from tests.waiting import eventually

JULES_BROWSER = f"--vesper-evening-of-jules-{secrets.token_hex(4)}"
NOTE = "Check-in went round. Pat named a plan for the weekend; Sam listened. Calm close."


class Evening:
    """Dana and three clients, tonight."""

    def __init__(self, vesper: Running, browser: Browser, dana: Facilitator, clients: tuple[Client, Client, Client]):
        self.vesper = vesper
        self.browser = browser
        self.dana = dana
        self.pat, self.sam, self.jules = clients
        self.clients = clients
        self.session: str = vesper.demo["session"]
        self.names: list[str] = [link["name"] for link in vesper.demo["links"]]
        self.title = ""
        self.came: list[float] = []
        self.went: dict[str, float] = {}

    async def everyone_comes_in(self) -> None:
        """Sign-in, links, lobby, start; Pat is admitted alone, the others together."""
        dana, demo = self.dana, self.vesper.demo
        await dana.sign_in(self.vesper.origin, demo["email"], demo["password"])
        await dana.open_room(self.session)
        for client, link in zip(self.clients, demo["links"], strict=True):
            await client.open_link(link["url"])
            await client.enter_lobby()
        await dana.press("Start session")
        self.title = await dana.page.get_by_role("heading", level=1).inner_text()
        await dana.press(f"Admit {self.names[0]}")
        await self.pat.sees(self.title)
        await self.sam.sees("You are in the lobby")
        await dana.press("Admit all")
        for client in self.clients:
            await client.sees(self.title)
        self.came = [await client.arrived_at(self.title) for client in self.clients]

    async def everyone_sees_and_hears(self) -> None:
        for person in (self.dana, *self.clients):
            await eventually(partial(person.sees_and_hears, 3), 40)

    async def dana_sees_who_is_here(self) -> None:
        for name in self.names:
            await expect(self.dana.row_of(name)).to_contain_text("Here")
        await expect(self.dana.row_of(self.names[0])).not_to_contain_text("0:00:00")

    async def pat_reloads(self) -> None:
        """The same person, at once, without the lobby and without a second tile."""
        await self.pat.page.reload()
        await self.pat.sees(self.title)
        assert "You are in the lobby" not in [moment.title for moment in await self.pat.moments()]
        await expect(self.dana.page.get_by_role("listitem", name=self.names[0])).to_have_count(1)

    async def sam_opens_a_second_device(self) -> None:
        """Two devices, let in at once, and still one Sam."""
        self.phone = await Client.at_a_screen(self.browser, width=375)
        await self.phone.open_link(self.vesper.demo["links"][1]["url"])
        await self.phone.press("Enter the lobby")
        await self.phone.sees(self.title)
        await expect(self.dana.row_of(self.names[1])).to_have_count(1)

    async def jules_laptop_dies(self) -> None:
        """In the middle of a sentence: nothing closes the socket, nothing says goodbye."""
        self.went["jules"] = await self.jules.page.evaluate("Date.now()") // 1000
        freeze(JULES_BROWSER)

    async def dana_writes_meanwhile(self) -> None:
        """It is kept as she types; and within the quarter minute she sees that Jules is away."""
        await self.dana.write_note(NOTE)
        await self.dana.page.get_by_role("tab", name="People").click()
        await expect(self.dana.row_of(self.names[2])).to_contain_text("Away", timeout=WAIT)

    async def sam_leaves_on_both_devices(self) -> None:
        await self.sam.leave()
        await self.phone.leave()
        self.went["sam"] = await self.phone.arrived_at("You have left the session")
        await self.phone.close()

    async def dana_ends_the_session(self) -> None:
        await eventually(partial(self.pat.sees_and_hears, 1), 20)
        await self.dana.confirm("End session", "End for everyone")
        await self.dana.sees("The session has ended")
        await self.pat.sees("The session has ended")
        self.went["pat"] = await self.pat.arrived_at("The session has ended")

    async def the_ledger_becomes_minutes(self, database: Database) -> list[dict[str, Any]]:
        """To the second, against the browsers' own clocks; returns the records as Postgres has them."""
        await eventually(partial(is_final, database, self.session), 15)
        records = [await record_of(database, self.session, name) for name in self.names]
        pat_off, sam_off, jules_off = (
            records[index]["credited_s"] - (self.went[who] - self.came[index])
            for index, who in enumerate(("pat", "sam", "jules"))
        )
        assert abs(pat_off) <= 1, "the reload is bridged"
        assert abs(sam_off) <= 1, "two devices count once"
        assert -2 <= jules_off <= 1, "a loss ends at its last evidence, and media gave one each second"
        return records

    async def dana_reads_why_and_signs(self) -> None:
        page = self.dana.page
        await page.get_by_role("link", name="Attendance and notes").click()
        await page.get_by_text(f"Why these numbers for {self.names[2]}").click()
        await expect(page.get_by_role("article", name=self.names[2]).get_by_text("lost").first).to_be_visible()
        await expect(page.get_by_role("textbox", name="The whole group")).to_have_value(NOTE, timeout=WAIT)
        await self.dana.confirm("Sign this note", "Sign")
        await expect(page.get_by_text("Signed by Dana Whitfield")).to_be_visible()


@pytest.fixture
async def evening(
    vesper: Running, browser: Browser, playwright: Playwright, chromium_path: str
) -> AsyncIterator[Evening]:
    """Jules has a laptop, and so a browser process, of their own."""
    laptop = await playwright.chromium.launch(executable_path=chromium_path, args=[*FLAGS, JULES_BROWSER])
    dana = await Facilitator.at_a_screen(browser, width=1280)
    pat = await Client.at_a_screen(browser, width=375)
    sam = await Client.at_a_screen(browser)
    yield Evening(vesper, browser, dana, (pat, sam, await Client.at_a_screen(laptop)))
    thaw(JULES_BROWSER)
    await laptop.close()
    for person in (dana, pat, sam):
        await person.close()


async def record_of(database: Database, session: str, name: str) -> dict[str, Any]:
    """A client's attendance record, as it stands in Postgres."""
    async with database.transaction() as tx:
        row = await tx.fetchrow(
            """
            SELECT attendance_records.* FROM attendance_records JOIN persons ON persons.id = client_id
            WHERE session_id = $1 AND display_name = $2
            """,
            session,
            name,
        )
    return dict(row or {})


async def is_final(database: Database, session: str) -> bool:
    async with database.transaction() as tx:
        return bool(await tx.fetchval("SELECT final FROM session_records WHERE session_id = $1", session))


async def whole_feed(vesper: Running) -> list[dict[str, Any]]:
    """Every position, read in small pages as a billing system would."""
    items: list[dict[str, Any]] = []
    headers = {"Authorization": f"Bearer {vesper.demo['api_token']}"}
    async with aiohttp.ClientSession(vesper.origin, headers=headers) as biller:
        more = True
        while more:
            after = items[-1]["position"] if items else 0
            async with biller.get("/api/feed", params={"after": after, "limit": 7}) as answer:
                assert answer.status == 200
                page = await answer.json()
            assert "42 CFR part 2" in page["notice"]
            items.extend(page["items"])
            more = page["more"]
    return items


async def the_biller_reads_everything_it_may(
    evening: Evening, database: Database, records: list[dict[str, Any]]
) -> None:
    """In order, none skipped; what may not be told is withheld, and what is told is on file."""

    async def stated() -> list[dict[str, Any]]:
        return [item for item in await whole_feed(evening.vesper) if item["type"] == "attendance.stated"]

    statements = await eventually(stated, 15)
    items = await whole_feed(evening.vesper)
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    assert any(item["type"] == "withheld" for item in items)
    told = {item["event"]["client"]: item["event"]["credited_s"] for item in statements}
    kept = {record["client_id"]: record["credited_s"] for record in records}
    shared = told.keys() & kept.keys()
    assert shared and all(told[client] == kept[client] for client in shared)
    text = msgspec.json.encode(items).decode()
    assert not any(name.split()[0] in text for name in [*evening.names, "Dana"])
    assert NOTE[:20] not in text
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM disclosures") > 0


@pytest.mark.alone
@pytest.mark.timeout(240)
async def test_a_first_evening(evening: Evening, database: Database) -> None:
    await evening.everyone_comes_in()
    await evening.everyone_sees_and_hears()
    await evening.dana_sees_who_is_here()
    await evening.pat_reloads()
    await evening.sam_opens_a_second_device()
    await evening.jules_laptop_dies()
    await evening.dana_writes_meanwhile()
    await evening.sam_leaves_on_both_devices()
    await evening.dana_ends_the_session()
    records = await evening.the_ledger_becomes_minutes(database)
    await evening.dana_reads_why_and_signs()
    await the_biller_reads_everything_it_may(evening, database, records)
