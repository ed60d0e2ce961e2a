"""Two clients of one name: staff tell them apart wherever both are shown; the others stand with their name alone."""

from datetime import timedelta

from domain.people.clients import Client
from domain.schedule.rosters import RosterPlace
from runtime.clock import new_id
from store.database import Database
from store.people import clients
from store.people.clients import Author
from tests.server.conftest import EVENING, Browser, House, a_session, person


async def test_two_of_one_name_are_told_apart_on_the_roster_and_the_attendance_page(
    facilitator: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        cedar = Client(id=new_id(), name="PAT MORROW", alias="Cedar")
        await clients.create(tx, house.clinic, cedar, Author(by=None, at=EVENING))
        kim = await person(tx, house.clinic, "Kim Ito")
        people = (house.client, cedar.id, kim)
        roster = [
            RosterPlace(person=house.facilitator, role="facilitator"),
            *(RosterPlace(person=one, role="client") for one in people),
        ]
        starts = EVENING - timedelta(hours=5)
        session = await a_session(tx, house.clinic, house.program, starts, roster)
    shown = (await facilitator.get(f"/api/sessions/{session}")).body
    names = {member["person"]: member["name"] for member in shown["roster"]}
    wanted = ["Pat Morrow (Pat M.)", "PAT MORROW (Cedar)", "Kim Ito"]
    assert [names[one] for one in people] == wanted
    page = (await facilitator.get(f"/api/sessions/{session}/attendance")).body
    assert {record["name"] for record in page["clients"]} == set(wanted)
