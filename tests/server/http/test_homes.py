"""One server and two databases, with a clinic in each: callers are known in their own clinic, and see no other."""

import itertools
from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest

from runtime.postgres.embedded import OWNER_ROLE, Embedded
from runtime.settings import ServerSettings
from server.app import build
from server.listening import Runner
from store.database import Database
from tests.server.access.test_email_changes import link_sent
from tests.server.conftest import PASSWORD, Browser, Clock, House, Serving, found

_numbers = itertools.count(1)


@pytest.fixture
async def second_name(postgres: Embedded, template: str) -> AsyncIterator[str]:
    """A second migrated database on the same Postgres."""
    name = f"second_{next(_numbers)}"
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER_ROLE}")
    yield name
    await superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await superuser.close()


@pytest.fixture
async def second(postgres: Embedded, second_name: str) -> AsyncIterator[Database]:
    async with Database.open(postgres.application_url(second_name)) as opened:
        yield opened


@pytest.fixture
async def server(
    settings: ServerSettings, database: Database, second: Database, clock: Clock
) -> AsyncIterator[Serving]:
    """The server over both."""
    async with Serving(Runner(build(settings, database, clock, strict=True, others=[second]))) as serving:
        yield serving


@pytest.fixture
async def lakeside(second: Database, clock: Clock) -> House:
    """The clinic of the second database; that of the first is `house`."""
    return await found(second, "lakeside", clock.now)


async def count(database: Database, query: str) -> int:
    async with database.transaction() as tx:
        return int(await tx.fetchval(query))


async def test_staff_of_each_clinic_sign_in_and_see_only_their_own_sessions(
    browse: Callable[[], Browser], database: Database, second: Database, house: House, lakeside: House
) -> None:
    for own, other in ((house, lakeside), (lakeside, house)):
        browser = browse()
        assert (await browser.sign_in(own.email("administrator"))).status == 200
        assert (await browser.get("/api/me")).body["clinic"] == own.clinic
        listed = (await browser.get("/api/sessions")).body["items"]
        assert [session["id"] for session in listed] == [own.session]
        assert (await browser.get(f"/api/sessions/{own.session}")).status == 200
        assert (await browser.get(f"/api/sessions/{other.session}")).code == "not_found"
        assert (await browser.post("/api/sign-out")).status == 204
        assert (await browser.get("/api/me")).body is None
    for one in (database, second):
        assert await count(one, "SELECT count(*) FROM sign_ins WHERE ended_at IS NOT NULL") == 1
        assert await count(one, "SELECT count(DISTINCT clinic_id) FROM access_audit") == 1


async def test_links_and_tokens_open_only_their_own_clinic(visitor: Browser, house: House, lakeside: House) -> None:
    for own in (house, lakeside):
        assert (await visitor.post("/api/join-links/open", {"link": own.link})).body["person"] == own.client
        feed = await visitor.get("/api/feed?after=0", Authorization=f"Bearer {own.token}")
        assert [item["type"] for item in feed.body["items"]] == ["session.planned"]
    assert (await visitor.post("/api/join-links/open", {"link": "nobody's"})).code == "link_unknown"


async def test_an_address_signs_in_one_person_over_both_databases(
    browse: Callable[[], Browser], database: Database, second: Database, house: House, lakeside: House
) -> None:
    """Entered at the first clinic too, it gets the usual answer, and its owner in the second gets a notice."""
    administrator = browse()
    await administrator.sign_in(house.email("administrator"))
    taken = lakeside.email("facilitator")
    asked = {"name": "Dana", "email": taken, "roles": ["facilitator"]}
    assert (await administrator.post("/api/staff", asked)).status == 201
    owner = browse()
    assert (await owner.sign_in(taken)).body["me"]["clinic"] == lakeside.clinic
    assert await count(second, "SELECT count(*) FROM mails WHERE kind = 'invited_elsewhere'") == 1
    assert await count(database, "SELECT count(*) FROM mails") == 0


async def test_an_address_moves_to_one_that_is_free_over_both_databases(
    browse: Callable[[], Browser], second: Database, clock: Clock, house: House, lakeside: House
) -> None:
    """Someone of the second clinic; the link finds its database, and the first has the address that is taken."""
    lake = browse()
    await lake.sign_in(lakeside.email("facilitator"))
    for email, status in ((house.email("facilitator"), 409), ("dana@free.example", 204)):
        assert (await lake.post("/api/me/email", {"password": PASSWORD, "email": email})).status == 204
        link = {"link": await link_sent(second, clock)}
        assert (await browse().post("/api/email-changes/use", link)).status == status
    assert (await browse().sign_in(house.email("facilitator"))).body["me"]["clinic"] == house.clinic
    assert (await browse().sign_in("dana@free.example")).body["me"]["clinic"] == lakeside.clinic


async def test_a_clinic_works_while_another_clinics_database_is_away(
    browse: Callable[[], Browser], postgres: Embedded, database_name: str, house: House, lakeside: House
) -> None:
    """Health reports it; callers who may be in the absent database are asked to come back, and not refused."""
    staff = browse()
    await staff.sign_in(lakeside.email("administrator"))
    assert (await browse().get("/api/health")).status == 200
    superuser = await asyncpg.connect(postgres.superuser_url())
    await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT 0")
    await superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", database_name)
    try:
        assert (await staff.get(f"/api/sessions/{lakeside.session}")).status == 200
        assert (await browse().get("/api/health")).status == 503
        assert (await browse().sign_in(house.email("administrator"))).status == 503
    finally:
        await superuser.execute(f"ALTER DATABASE {database_name} CONNECTION LIMIT -1")
        await superuser.close()
