"""Who works in a clinic."""

from tests.server.conftest import Browser, House


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
