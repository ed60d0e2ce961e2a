"""A copy of everything about one person holds what is theirs, and nothing of anybody else's."""

import io
import zipfile
from typing import Any

import msgspec
import pytest

from domain.people.clients import Client, ContactWay
from domain.privacy.consents import Consent
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from store.database import Database
from store.people import clients
from store.people.clients import Author
from store.privacy import consents
from store.schedule import rosters
from tests.mail_server import serving
from tests.server.access.test_identity import sent_code
from tests.server.chart.test_notes import Desk
from tests.server.conftest import EVENING, Answer, Browser, Clock, House

THEIRS = "needle-of-theirs"
OTHERS = "needle-of-others"


def files(answer: Answer) -> dict[str, str]:
    assert answer.status == 200, answer.body
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def signed(facilitator: Browser, desk: Desk, text: str, **also: Any) -> None:
    note = await desk.types(text, **also)
    await desk.is_written(note)
    assert (await facilitator.post(f"/api/notes/{note}/signatures", {"version": 1, "text": text})).status == 200


@pytest.fixture
async def session(database: Database, house: House, facilitator: Browser) -> None:
    """Pat's session, with Sam in it too, and notes on both and on the group."""
    sam = Client(
        id=new_id(), name=f"Sam {OTHERS}", alias="Cedar",
        contacts=[ContactWay(kind="email", value=f"{OTHERS}@mail.example", may_leave_message=False)],
    )  # fmt: skip
    consent = Consent(
        id=new_id(), client=house.client, recipient=f"Payer {THEIRS}", purpose="treatment_payment_operations",
        signed_at=EVENING,
    )  # fmt: skip
    async with database.transaction() as tx:
        await clients.create(tx, house.clinic, sam, Author(by=None, at=EVENING))
        await rosters.replace(tx, house.clinic, house.session, [
            RosterPlace(person=house.facilitator, role="facilitator"),
            RosterPlace(person=house.client, role="client", enrolment=house.enrolment),
            RosterPlace(person=sam.id, role="client"),
        ])  # fmt: skip
        await consents.file(tx, house.clinic, consent)
    desk = Desk(database, house)
    await signed(facilitator, desk, f"progress {THEIRS}")
    await signed(facilitator, desk, f"reflection {OTHERS}", kind="private_reflection")
    others = Desk(database, _for(house, sam.id))
    await signed(facilitator, others, f"progress on Sam {OTHERS}")
    await signed(facilitator, Desk(database, _for(house, None)), f"group {OTHERS}")


def _for(house: House, client: str | None) -> House:
    """The house, where notes are on somebody else, or on the whole group."""
    return House(**{**vars(house), "client": client})


@pytest.mark.usefixtures("session")
async def test_staff_make_a_copy_with_what_they_may_read_and_nothing_of_others(
    administrator: Browser, house: House
) -> None:
    found = files(await administrator.get(f"/api/clients/{house.client}/copy"))
    assert found.keys() == {"record.html", "record.json"}
    for text in found.values():
        assert OTHERS not in text and f"progress {THEIRS}" not in text
        assert f"Payer {THEIRS}" in text and "Pat Morrow" in text
    said = msgspec.json.decode(found["record.json"])
    assert said["notes_left_out"] == 1 and said["enrolments"][0]["acts"][0]["kind"] == "admitted"


@pytest.mark.usefixtures("session")
async def test_clients_take_their_own_copy_whole_once_they_proved_who_they_are(
    administrator: Browser, visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    refused = await visitor.post("/api/my-copy", {"link": house.link})
    assert refused.code == "identity_needed"
    contact = {"address": "pat@mail.example"}
    await administrator.ask("PUT", f"/api/persons/{house.client}/identity/contact", contact)
    await visitor.post("/api/identity/codes", {"link": house.link})
    async with serving() as postman:
        code = await sent_code(database, postman, clock.now)
    await visitor.post("/api/identity/browsers", {"link": house.link, "code": code})
    found = files(await visitor.post("/api/my-copy", {"link": house.link}))
    for text in found.values():
        assert OTHERS not in text and f"progress {THEIRS}" in text
    looks = msgspec.json.decode(found["record.json"])["looks"]
    assert {look["by"] for look in looks} >= {"administrator"}, "who looked is in it"


async def test_a_copy_is_in_the_audit_and_only_for_who_may_make_one(
    administrator: Browser, supervisor: Browser, house: House, elsewhere: House
) -> None:
    path = f"/api/clients/{house.client}/copy"
    assert (await supervisor.get(path)).status == 403
    assert (await administrator.get(f"/api/clients/{elsewhere.client}/copy")).status == 404
    await administrator.get(path)
    [look, *_] = (await administrator.get(f"/api/who-looked?person={house.client}")).body["items"]
    assert (look["record"], look["did"]) == ("transfer", "saw")
