"""A personal link opens the door; hours ask for a code that goes to the person's own contact."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import pytest

from runtime.secrets import codes
from store.database import Database
from tests.mail_server import Postman, serving
from tests.server.conftest import Browser, Clock, House, a_link, enrolled, person
from workers.mail.kinds import Desk
from workers.mail.sender import send_next

DESK = Desk(origin="http://localhost:8080", code_key=codes.key_from(b"n" * 32))
ADDRESS = "pat@mail.example"


async def sent_code(database: Database, postman: Postman, now: datetime) -> str:
    """Send the mail that waits, and read the code in it."""
    before = len(postman.accepted)
    while await send_next(database, DESK, postman.server(), now):
        pass
    (mail,) = postman.accepted[before:]
    (code,) = re.findall(r"^(\d{6})\r?$", mail.get_content(), re.MULTILINE)
    return str(code)


class Phone:
    """Pat's browser, and the mailbox that Pat reads with it."""

    def __init__(self, browser: Browser, link: str, database: Database, postman: Postman, clock: Clock) -> None:
        self.browser = browser
        self.link = link
        self.database = database
        self.postman = postman
        self.clock = clock

    async def asks(self, **also: str) -> int:
        return (await self.browser.post("/api/identity/codes", {"link": self.link, **also})).status

    async def reads(self) -> str:
        return await sent_code(self.database, self.postman, self.clock.now)

    async def gives(self, code: str) -> str:
        """The refusal's code, or "" if it was right."""
        answer = await self.browser.post("/api/identity/browsers", {"link": self.link, "code": code})
        return "" if answer.status == 204 else answer.code

    async def hours(self) -> str:
        answer = await self.browser.post("/api/my-hours", {"link": self.link})
        return "" if answer.status == 200 else answer.code


def other(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.fixture
async def postman() -> AsyncIterator[Postman]:
    async with serving() as postman:
        yield postman


@pytest.fixture
async def phone(visitor: Browser, house: House, database: Database, postman: Postman, clock: Clock) -> Phone:
    return Phone(visitor, house.link, database, postman, clock)


async def contact(staff: Browser, client: str, address: str = ADDRESS) -> None:
    answer = await staff.ask("PUT", f"/api/persons/{client}/identity/contact", {"address": address})
    assert answer.status == 200, answer.body


async def test_a_code_opens_the_hours_in_this_browser_for_thirty_days(
    supervisor: Browser, phone: Phone, house: House, clock: Clock, browse: Callable[[], Browser]
) -> None:
    await contact(supervisor, house.client)
    assert await phone.hours() == "identity_needed"
    assert await phone.asks(language="es") == 204
    code = await phone.reads()
    mail = phone.postman.accepted[-1]
    assert mail["To"] == ADDRESS and "Su código" in mail["Subject"]
    assert await phone.gives(f" {code[:3]} {code[3:]} ") == ""
    assert await phone.hours() == ""
    assert await phone.gives(code) == "wrong_code", "a code works once"
    friend = await browse().post("/api/my-hours", {"link": house.link})
    assert friend.code == "identity_needed", "the forwarded link alone shows nothing"
    clock.advance(days=13)
    assert await phone.hours() == ""


async def test_the_cookie_is_kept_from_pages(supervisor: Browser, phone: Phone, house: House) -> None:
    await contact(supervisor, house.client)
    await phone.asks()
    code = await phone.reads()
    answer = await phone.browser.post("/api/identity/browsers", {"link": house.link, "code": code})
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in ("vesper_identified=", "HttpOnly", "SameSite=Strict", "Max-Age=2592000"))


async def test_a_code_is_too_old_after_ten_minutes_and_a_new_one_replaces_it(
    supervisor: Browser, phone: Phone, house: House, clock: Clock
) -> None:
    await contact(supervisor, house.client)
    await phone.asks()
    old = await phone.reads()
    clock.advance(minutes=10)
    assert await phone.gives(old) == "wrong_code"
    await phone.asks()
    first = await phone.reads()
    clock.advance(seconds=5)
    await phone.asks()
    second = await phone.reads()
    assert await phone.gives(first) == ("wrong_code" if first != second else "")
    assert await phone.gives(second) == ""


async def test_a_mail_that_is_late_carries_no_code(
    supervisor: Browser, phone: Phone, house: House, clock: Clock
) -> None:
    await contact(supervisor, house.client)
    await phone.asks()
    assert await send_next(phone.database, DESK, phone.postman.server(), clock.now + timedelta(minutes=11))
    assert phone.postman.accepted == []


async def test_after_five_wrong_codes_staff_must_help(
    supervisor: Browser, phone: Phone, house: House, clock: Clock
) -> None:
    await contact(supervisor, house.client)
    await phone.asks()
    code = await phone.reads()
    assert [await phone.gives(other(code)) for _ in range(5)] == ["wrong_code"] * 5
    clock.advance(minutes=5)
    assert await phone.gives(code) == "wrong_code", "also the right one"
    path = f"/api/persons/{house.client}/identity"
    assert (await supervisor.get(path)).body["contact"]["locked"]
    assert await phone.asks() == 204
    assert not await send_next(phone.database, DESK, phone.postman.server(), clock.now), "none is sent"
    assert (await supervisor.ask("DELETE", f"{path}/wrong-codes")).status == 204
    clock.advance(minutes=1)
    await phone.asks()
    assert await phone.gives(await phone.reads()) == ""


async def test_guesses_at_the_same_moment_are_counted_one_by_one(
    supervisor: Browser, phone: Phone, house: House, browse: Callable[[], Browser]
) -> None:
    await contact(supervisor, house.client)
    await phone.asks()
    code = await phone.reads()
    guesses = [Phone(browse(), house.link, phone.database, phone.postman, phone.clock) for _ in range(8)]
    await asyncio.gather(*(one.gives(other(code)) for one in guesses))
    locked = (await supervisor.get(f"/api/persons/{house.client}/identity")).body["contact"]["locked"]
    assert locked and await phone.gives(code) in {"wrong_code", "too_many_attempts"}


async def test_answers_are_alike_whether_or_not_there_is_a_contact(
    supervisor: Browser, visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam")
        link, _ = await a_link(tx, house.clinic, sam, await enrolled(tx, house.clinic, house.program, sam), clock.now)
    await contact(supervisor, house.client)
    seen = []
    for secret in (house.link, link):
        answers = [await visitor.post("/api/identity/codes", {"link": secret}) for _ in range(4)]
        answers.append(await visitor.post("/api/identity/browsers", {"link": secret, "code": "nonsense"}))
        seen.append([(answer.status, answer.body) for answer in answers])
    assert seen[0] == seen[1]
    assert [status for status, _ in seen[0]] == [204, 204, 204, 429, 403]


async def test_a_contact_that_two_clients_share_is_refused(
    supervisor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam")
    await contact(supervisor, house.client)
    answer = await supervisor.ask("PUT", f"/api/persons/{sam}/identity/contact", {"address": ADDRESS.upper()})
    assert (answer.code, answer.body["path"]) == ("invalid_input", "$.address")
    assert (await supervisor.get(f"/api/persons/{sam}/identity")).body["contact"] is None


async def test_a_shared_contact_gets_no_code_even_if_it_came_to_be(
    supervisor: Browser, phone: Phone, house: House, database: Database, clock: Clock
) -> None:
    await contact(supervisor, house.client)
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam")
        await tx.execute(
            "INSERT INTO identity_contacts (clinic_id, person_id, address, set_at, set_by) VALUES ($1, $2, $3, $4, $2)",
            house.clinic, sam, ADDRESS, clock.now,
        )  # fmt: skip
    assert await phone.asks() == 204
    assert not await send_next(database, DESK, phone.postman.server(), clock.now)
    assert (await supervisor.get(f"/api/persons/{house.client}/identity")).body["contact"]["shared"]


async def test_staff_forget_a_browser_and_a_new_contact_forgets_them_all(
    supervisor: Browser, phone: Phone, house: House, clock: Clock
) -> None:
    path = f"/api/persons/{house.client}/identity"
    await contact(supervisor, house.client)
    for forget in ("one", "all"):
        await phone.asks()
        assert await phone.gives(await phone.reads()) == ""
        (browser,) = (await supervisor.get(path)).body["browsers"]
        if forget == "one":
            assert (await supervisor.ask("DELETE", f"{path}/browsers/{browser['id']}")).status == 204
        else:
            await contact(supervisor, house.client, "new@mail.example")
        assert await phone.hours() == "identity_needed"
        assert (await supervisor.get(path)).body["browsers"] == []
        clock.advance(minutes=1)


async def test_another_clinic_and_staff_have_no_contact_here(
    supervisor: Browser, facilitator: Browser, house: House, elsewhere: House
) -> None:
    for path in (f"/api/persons/{elsewhere.client}/identity", f"/api/persons/{elsewhere.client}/identity/contact"):
        method, body = ("GET", None) if path.endswith("identity") else ("PUT", {"address": ADDRESS})
        assert (await supervisor.ask(method, path, body)).code == "not_found"
    answer = await supervisor.ask("PUT", f"/api/persons/{house.facilitator}/identity/contact", {"address": ADDRESS})
    assert answer.code == "invalid_input"
    assert (await facilitator.get(f"/api/persons/{house.client}/identity")).status == 200


async def test_a_client_moves_codes_to_another_address_with_a_code_from_the_present_one(
    supervisor: Browser, phone: Phone, house: House, clock: Clock, browse: Callable[[], Browser]
) -> None:
    path = f"/api/persons/{house.client}/identity"
    await contact(supervisor, house.client)
    tablet = Phone(browse(), house.link, phone.database, phone.postman, clock)
    await tablet.asks()
    assert await tablet.gives(await tablet.reads()) == ""
    clock.advance(minutes=1)
    move = {"link": house.link, "code": "000000", "address": "new@mail.example"}
    assert (await phone.browser.post("/api/identity/contact", move)).code == "wrong_code", (
        "the link alone moves nothing"
    )
    await phone.asks()
    code = await phone.reads()
    assert (await phone.browser.post("/api/identity/contact", move | {"code": code})).status == 204
    moved = (await supervisor.get(path)).body
    assert moved["contact"]["address"] == "new@mail.example"
    assert (moved["contact"]["set_by"], len(moved["browsers"])) == (house.client, 1)
    assert (await phone.hours(), await tablet.hours()) == ("", "identity_needed")
    assert await send_next(phone.database, DESK, phone.postman.server(), clock.now)
    notice = phone.postman.accepted[-1]
    assert notice["To"] == ADDRESS and "new@mail.example" not in notice.get_content()
    clock.advance(minutes=5)
    await tablet.asks()
    await tablet.reads()
    assert phone.postman.accepted[-1]["To"] == "new@mail.example"


async def test_an_address_of_another_client_is_taken_silently_and_gets_no_codes(
    supervisor: Browser, phone: Phone, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        sam = await person(tx, house.clinic, "Sam")
    await contact(supervisor, sam, "sam@mail.example")
    await contact(supervisor, house.client)
    await phone.asks()
    move = {"link": house.link, "code": await phone.reads(), "address": "SAM@mail.example"}
    assert (await phone.browser.post("/api/identity/contact", move)).status == 204
    assert (await supervisor.get(f"/api/persons/{house.client}/identity")).body["contact"]["shared"]
