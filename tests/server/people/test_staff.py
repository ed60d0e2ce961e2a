"""Who works in a clinic."""

import asyncio
from collections.abc import Callable

from store.database import Database
from tests.server.conftest import EVENING, PASSWORD, Browser, House, SignedIn


async def test_everybody_sees_who_works_here_and_nobody_else(
    facilitator: Browser, administrator: Browser, house: House, elsewhere: House
) -> None:
    await administrator.post(f"/api/persons/{house.supervisor}/deactivation")
    listed = (await facilitator.get("/api/staff")).body["items"]
    assert [(one["id"], one["roles"], one["state"]) for one in listed] == [
        (house.administrator, ["administrator"], "active"),
        (house.facilitator, ["facilitator"], "active"),
        (house.supervisor, ["supervisor"], "off"),
    ]


async def test_roles_change_at_once_for_whoever_is_signed_in(
    administrator: Browser, signed_in: SignedIn, house: House
) -> None:
    ruth = await signed_in("supervisor")
    path = f"/api/staff/{house.supervisor}/roles"
    changed = await administrator.ask("PUT", path, {"roles": ["biller", "facilitator"]})
    assert changed.body["roles"] == ["biller", "facilitator"]
    me = (await ruth.get("/api/me")).body
    assert me["roles"] == ["biller", "facilitator"] and "rooms.oversee" not in me["permissions"]


async def test_an_auditor_has_a_last_day_and_others_have_none(administrator: Browser, house: House) -> None:
    path = f"/api/staff/{house.supervisor}/roles"
    until = EVENING.replace(day=30).isoformat()
    refused = await administrator.ask("PUT", path, {"roles": ["auditor"]})
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.auditor_until")
    assert (await administrator.ask("PUT", path, {"roles": ["auditor"], "auditor_until": until})).status == 200
    later = EVENING.replace(month=12).isoformat()
    changed = await administrator.ask("PUT", path, {"roles": ["auditor"], "auditor_until": later})
    assert changed.body["auditor_until"].startswith("2026-12-23")
    plain = await administrator.ask("PUT", path, {"roles": ["supervisor"]})
    assert (plain.body["roles"], plain.body["auditor_until"]) == (["supervisor"], None)


async def test_nobody_changes_their_own_roles_nor_anybody_elses_without_the_right(
    administrator: Browser, supervisor: Browser, house: House, elsewhere: House
) -> None:
    body = {"roles": ["administrator", "facilitator"]}
    own = await administrator.ask("PUT", f"/api/staff/{house.administrator}/roles", body)
    assert own.code == "forbidden"
    assert (await supervisor.ask("PUT", f"/api/staff/{house.facilitator}/roles", body)).code == "forbidden"
    for stranger in (elsewhere.facilitator, house.client):
        assert (await administrator.ask("PUT", f"/api/staff/{stranger}/roles", body)).code == "not_found"


async def test_two_administrators_who_demote_or_switch_off_each_other_leave_one(
    administrator: Browser, browse: Callable[[], Browser], house: House, database: Database
) -> None:
    """Whichever comes second is refused: it has lost the role, or would leave nobody."""
    both = {"roles": ["administrator", "supervisor"]}
    assert (await administrator.ask("PUT", f"/api/staff/{house.supervisor}/roles", both)).status == 200
    ruth = browse()
    await ruth.sign_in(house.email("supervisor"), PASSWORD)
    answers = await asyncio.gather(
        administrator.post(f"/api/persons/{house.supervisor}/deactivation"),
        ruth.ask("PUT", f"/api/staff/{house.administrator}/roles", {"roles": ["biller"]}),
    )
    assert sorted(answer.status < 300 for answer in answers) == [False, True]
    async with database.transaction() as tx:
        left = await tx.fetchval(
            """
            SELECT count(*) FROM staff_roles JOIN persons
                ON persons.clinic_id = staff_roles.clinic_id AND persons.id = person_id
            WHERE staff_roles.clinic_id = $1 AND role = 'administrator' AND deactivated_at IS NULL
            """,
            house.clinic,
        )
    assert left == 1
