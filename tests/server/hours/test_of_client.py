"""Staff see a client's hours, sessions and consents on the client's page."""

from datetime import timedelta
from typing import Any

from domain.privacy.consents import Consent
from runtime.clock import new_id
from store.database import Database
from store.privacy import consents
from tests.ledgers import consume
from tests.server.attendance.test_weeks import an_evening
from tests.server.conftest import EVENING, Browser, House
from tests.server.guests.conftest import RELEASE
from workers.attendance import CONSUMER


async def part(browser: Browser, house: House, name: str) -> Any:
    answer = await browser.get(f"/api/clients/{house.client}/{name}")
    assert answer.status == 200, answer.body
    return answer.body


async def test_weeks_are_shown_against_what_the_phase_requires(
    supervisor: Browser, house: House, database: Database
) -> None:
    await an_evening(database, house, 0, 3600)
    await an_evening(database, house, 1, 1800)
    await consume(database, CONSUMER)
    [program] = (await part(supervisor, house, "hours"))["programs"]
    assert (program["program"], len(program["weeks"])) == (house.program, 12)
    this_week = program["weeks"][-1]
    assert (this_week["first_day"], this_week["days"], this_week["credited_s"]) == ("2026-11-22", 2, 5400)
    assert (this_week["required_s"], this_week["required_days"]) == (32_400, 3)


async def test_sessions_are_listed_for_whoever_may_see_them(
    supervisor: Browser, facilitator: Browser, signed_in: Any, house: House, database: Database
) -> None:
    first = await an_evening(database, house, 0, 3600)
    second = await an_evening(database, house, 1, 1800)
    await consume(database, CONSUMER)
    rows = (await part(supervisor, house, "sessions"))["items"]
    assert [(row["session"], row["credited_s"]) for row in rows] == [
        (second, 1800),
        *sorted([(house.session, 0), (first, 3600)]),
    ]
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM rosters WHERE session_id = $1 AND role = 'facilitator'", second)
    assert [row["session"] for row in (await part(facilitator, house, "sessions"))["items"]] == sorted(
        [house.session, first]
    )


async def test_consents_say_to_whom_for_what_and_whether_they_hold(
    supervisor: Browser, facilitator: Browser, house: House, database: Database
) -> None:
    old = Consent(
        id=new_id(), client=house.client, recipient="Payer", purpose="treatment_payment_operations",
        signed_at=EVENING - timedelta(days=90), expires_at=EVENING - timedelta(days=1),
    )  # fmt: skip
    async with database.transaction() as tx:
        await consents.file(tx, house.clinic, old)
    guest = {"name": "Maria Morrow", "relation": "parent", "release": RELEASE}
    assert (await supervisor.post(f"/api/clients/{house.client}/guests", guest)).status == 201
    release, other = (await part(supervisor, house, "consents"))["items"]
    assert (release["recipient"], release["scopes"], release["stands"]) == ("Maria Morrow", ["attend"], True)
    assert (other["recipient"], other["purpose"], other["stands"]) == ("Payer", old.purpose, False)
    assert [one["recipient"] for one in (await part(facilitator, house, "consents"))["items"]] == [None, "Payer"]


async def test_another_clinics_client_has_no_parts_here(supervisor: Browser, elsewhere: House) -> None:
    for name in ("hours", "sessions", "consents"):
        assert (await supervisor.get(f"/api/clients/{elsewhere.client}/{name}")).code == "not_found"
