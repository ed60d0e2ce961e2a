"""One's own sign-ins and password."""

from collections.abc import Callable

from store.database import Database
from tests.server.conftest import PASSWORD, Browser, Clock, House, SignedIn

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "a password that is new"


async def test_a_person_sees_where_they_are_signed_in(
    facilitator: Browser, supervisor: Browser, browse: Callable[[], Browser], house: House, clock: Clock
) -> None:
    clock.advance(minutes=2)
    body = {"email": house.email("facilitator"), "password": PASSWORD}
    await browse().post("/api/sign-in", body, **{"User-Agent": FIREFOX})
    listed = (await facilitator.get("/api/me/sign-ins")).body["items"]
    assert [(one["browser"], one["this"]) for one in listed] == [("", True), ("Firefox, Windows", False)]


async def test_a_person_ends_one_of_their_sign_ins(signed_in: SignedIn) -> None:
    here, there = await signed_in("facilitator"), await signed_in("facilitator")
    (other,) = [one["id"] for one in (await here.get("/api/me/sign-ins")).body["items"] if not one["this"]]
    assert (await here.ask("DELETE", f"/api/me/sign-ins/{other}")).status == 204
    assert (await there.get("/api/me")).status == 204
    assert (await here.get("/api/me")).status == 200


async def test_nobody_ends_another_persons_sign_in(facilitator: Browser, supervisor: Browser) -> None:
    (theirs,) = (await supervisor.get("/api/me/sign-ins")).body["items"]
    assert (await facilitator.ask("DELETE", f"/api/me/sign-ins/{theirs['id']}")).code == "not_found"
    assert (await supervisor.get("/api/me")).status == 200


async def test_a_person_ends_all_others(signed_in: SignedIn, supervisor: Browser, database: Database) -> None:
    here, *others = [await signed_in("facilitator") for _ in range(3)]
    assert (await here.ask("DELETE", "/api/me/sign-ins")).status == 204
    assert [(await other.get("/api/me")).status for other in others] == [204, 204]
    assert (await here.get("/api/me")).status == (await supervisor.get("/api/me")).status == 200
    async with database.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM access_changes WHERE kind = 'signed_out'") == 2


async def test_a_new_password_ends_the_other_sign_ins(signed_in: SignedIn, visitor: Browser, house: House) -> None:
    here, there = await signed_in("facilitator"), await signed_in("facilitator")
    change = {"current": PASSWORD, "password": NEW}
    assert (await here.ask("PUT", "/api/me/password", change | {"current": "a guess"})).code == "wrong_credentials"
    assert (await here.ask("PUT", "/api/me/password", change | {"password": "short"})).body["path"] == "$.password"
    easy = change | {"password": "password1234"}
    assert (await here.ask("PUT", "/api/me/password", easy)).body["path"] == "$.password"
    assert (await here.ask("PUT", "/api/me/password", change)).status == 204
    assert ((await here.get("/api/me")).status, (await there.get("/api/me")).status) == (200, 204)
    assert (await visitor.sign_in(house.email("facilitator"))).code == "wrong_credentials"
    assert (await visitor.sign_in(house.email("facilitator"), NEW)).status == 200
