"""What somebody who leaves has left undone, and who takes it over."""

from datetime import timedelta

import msgspec
import pytest

from runtime.settings import ServerSettings, WrappingKey
from store.database import Database
from tests.server.chart.test_notes import PRIVATE, Desk
from tests.server.conftest import EVENING, Browser, Clock, House


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    keys = (WrappingKey("2026", b"w" * 32),)
    return msgspec.structs.replace(settings, note_private_key=PRIVATE, note_wrapping_keys=keys)


async def test_unsigned_notes_and_sessions_to_lead_are_listed_until_somebody_else_has_them(
    administrator: Browser, house: House, database: Database
) -> None:
    desk = Desk(database, house)
    note = await desk.types()
    await desk.is_written(note)
    assert (await administrator.post(f"/api/persons/{house.facilitator}/deactivation")).status == 204
    left = (await administrator.get(f"/api/staff/{house.facilitator}/undone")).body
    assert [(one["session"], one["kind"]) for one in left["notes"]] == [(house.session, "progress")]
    assert [one["id"] for one in left["sessions"]] == [house.session]
    body = {"by": house.facilitator, "to": house.supervisor}
    handed = await administrator.post(f"/api/sessions/{house.session}/handover", body)
    assert [(one["person"], one["role"]) for one in handed.body["roster"]] == [
        (house.client, "client"),
        (house.supervisor, "facilitator"),
    ]
    assert handed.body["revision"] == 2
    left = (await administrator.get(f"/api/staff/{house.facilitator}/undone")).body
    assert (len(left["notes"]), left["sessions"]) == (1, [])


@pytest.mark.parametrize(("who", "field"), [("client", "$.to"), ("administrator", "$.to"), ("elsewhere", "$.to")])
async def test_a_session_is_handed_to_a_colleague_who_may_lead_it(
    administrator: Browser, house: House, elsewhere: House, who: str, field: str
) -> None:
    ids = {"client": house.client, "administrator": house.administrator, "elsewhere": elsewhere.facilitator}
    body = {"by": house.facilitator, "to": ids[who]}
    refused = await administrator.post(f"/api/sessions/{house.session}/handover", body)
    assert (refused.code, refused.body["path"]) == ("invalid_input", field)


async def test_only_the_part_of_somebody_who_leads_is_handed_over(administrator: Browser, house: House) -> None:
    body = {"by": house.supervisor, "to": house.facilitator}
    refused = await administrator.post(f"/api/sessions/{house.session}/handover", body)
    assert (refused.code, refused.body["path"]) == ("invalid_input", "$.by")


async def test_a_session_that_is_over_keeps_who_led_it(administrator: Browser, house: House, clock: Clock) -> None:
    clock.now = EVENING + timedelta(hours=9)
    assert (await administrator.sign_in(house.email("administrator"))).status == 200
    assert (await administrator.get(f"/api/staff/{house.facilitator}/undone")).body["sessions"] == []
    body = {"by": house.facilitator, "to": house.supervisor}
    refused = await administrator.post(f"/api/sessions/{house.session}/handover", body)
    assert refused.code == "session_begun"


async def test_nothing_of_another_clinic_is_listed_or_handed_over(
    administrator: Browser, house: House, elsewhere: House
) -> None:
    assert (await administrator.get(f"/api/staff/{elsewhere.facilitator}/undone")).code == "not_found"
    body = {"by": house.facilitator, "to": house.supervisor}
    assert (await administrator.post(f"/api/sessions/{elsewhere.session}/handover", body)).code == "not_found"
