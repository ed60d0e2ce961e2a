"""The lock: what fifteen minutes without input refuse, and what opens it again; and how long a sign-in lasts."""

from datetime import timedelta

import pytest

from domain.access.standing import ABSOLUTE, IDLE
from store.database import Database
from tests.server.access.factors.test_second_factors import add_phone
from tests.server.access.test_tickets import add_node
from tests.server.conftest import EVENING, PASSWORD, Browser, Clock, House

pytestmark = pytest.mark.usefixtures("nobody_confirms")


async def test_fifteen_minutes_without_input_lock_everything(facilitator: Browser, house: House, clock: Clock) -> None:
    clock.advance(minutes=15)
    for method, path, body in (
        ("GET", "/api/sessions", None),
        ("GET", f"/api/sessions/{house.session}/notes", None),
        ("POST", f"/api/sessions/{house.session}/tickets", {}),
        ("POST", "/api/me/activity", {}),
        ("GET", "/api/me/factors", None),
        ("DELETE", "/api/me/sign-ins", None),
    ):
        answer = await facilitator.ask(method, path, body)
        assert (answer.status, answer.code) == (423, "locked"), path
    assert (await facilitator.get("/api/me")).body["standing"] == "locked"


async def test_requests_alone_do_not_keep_a_page_open_and_input_does(facilitator: Browser, clock: Clock) -> None:
    for _ in range(14):
        clock.advance(minutes=1)
        assert (await facilitator.get("/api/sessions")).status == 200
    assert (await facilitator.post("/api/me/activity", {"seconds_ago": 60})).status == 204
    clock.advance(minutes=13)
    assert (await facilitator.get("/api/sessions")).status == 200
    clock.advance(minutes=1)
    assert (await facilitator.get("/api/sessions")).code == "locked"


async def test_the_password_opens_it_again(facilitator: Browser, clock: Clock) -> None:
    clock.advance(minutes=20)
    assert (await facilitator.post("/api/me/confirmation", {"password": "a guess"})).code == "wrong_credentials"
    assert (await facilitator.get("/api/sessions")).code == "locked"
    assert (await facilitator.post("/api/me/confirmation", {"password": PASSWORD})).status == 204
    assert (await facilitator.get("/api/sessions")).status == 200


async def test_a_code_alone_opens_nothing(facilitator: Browser, clock: Clock) -> None:
    phone, added = await add_phone(facilitator, clock)
    clock.advance(minutes=20)
    for proof in ({"code": phone.code()}, {"recovery_code": added["codes"][0]}):
        assert (await facilitator.post("/api/me/confirmation", proof)).code == "forbidden"
    assert (await facilitator.get("/api/sessions")).code == "locked"


async def test_guesses_at_a_locked_page_are_delayed(facilitator: Browser, clock: Clock) -> None:
    clock.advance(minutes=20)
    guesses = [(await facilitator.post("/api/me/confirmation", {"password": f"guess {n}"})).code for n in range(6)]
    assert guesses == 5 * ["wrong_credentials"] + ["too_many_attempts"]


async def test_a_person_locks_their_page_by_hand(facilitator: Browser) -> None:
    assert (await facilitator.post("/api/me/lock")).status == 204
    assert (await facilitator.get("/api/sessions")).code == "locked"
    assert (await facilitator.post("/api/me/confirmation", {"password": PASSWORD})).status == 204
    assert (await facilitator.get("/api/sessions")).status == 200


async def test_a_locked_page_can_be_left_by_signing_out(facilitator: Browser, clock: Clock) -> None:
    clock.advance(minutes=20)
    assert (await facilitator.post("/api/sign-out")).status == 204
    assert (await facilitator.get("/api/me")).status == 204


@pytest.mark.parametrize("entered", [True, False])
async def test_whoever_is_in_a_session_is_not_signed_out_before_an_hour_after_it(
    facilitator: Browser, house: House, clock: Clock, database: Database, entered: bool
) -> None:
    """In the room the page may ask the server nothing for hours."""
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
        ends = EVENING + IDLE + timedelta(hours=1)
        await tx.execute("UPDATE sessions SET ends_at = $2 WHERE id = $1", house.session, ends)
    if entered:
        assert (await facilitator.post(f"/api/sessions/{house.session}/tickets", {})).status == 201
    clock.now = ends + timedelta(minutes=59)
    assert ((await facilitator.get("/api/me")).status == 200) == entered
    clock.now = ends + ABSOLUTE
    assert (await facilitator.get("/api/me")).status == 204
