"""A guest is invited on a release, enters by a link of their own, and is out when the release ends."""

from datetime import timedelta
from typing import Any

import pytest

from domain.access.tickets import open_ticket
from domain.people.ties import RELATIONS, role_of
from domain.privacy.texts import RELEASE as TEXT
from domain.schedule.rosters import RosterPlace
from runtime.settings import ServerSettings
from store.access import access_changes
from store.database import Database
from tests.server.conftest import EVENING, Browser, Clock, House, a_program, a_session, enrolled, person
from tests.server.guests.conftest import RELEASE, Mother, agreed, invitation, secret_of


async def listed(browser: Browser, house: House) -> dict[str, Any]:
    answer = await browser.get(f"/api/clients/{house.client}/guests")
    assert answer.status == 200
    return dict(answer.body)


async def code(browser: Browser, path: str, body: Any) -> tuple[str, str | None]:
    answer = await browser.post(path, body)
    return answer.code, answer.body.get("path")


async def test_the_door_says_who_invited_and_what_others_will_see(
    supervisor: Browser, visitor: Browser, house: House
) -> None:
    made = await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house))
    opened = (await visitor.post("/api/join-links/open", {"link": secret_of(made)})).body
    assert (opened["name"], opened["seen_as"]) == ("Maria Morrow", "Maria M.")
    guest = opened["guest"]
    assert (guest["invited_by"], guest["relation"], guest["agreed"]) == ("Pat M.", "parent", False)
    assert opened["session"]["id"] == house.session and opened["session"]["roster"] == []


async def test_a_guest_enters_only_after_they_agreed_to_the_rule(
    supervisor: Browser, visitor: Browser, house: House, settings: ServerSettings, clock: Clock
) -> None:
    secret = secret_of(await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house)))
    path = f"/api/sessions/{house.session}/tickets"
    assert (await visitor.post(path, {"link": secret})).code == "rule_not_agreed"
    stale = {"link": secret, "version": "0"}
    assert (await visitor.post("/api/guest-links/agreement", stale)).code == "conflict"
    await agreed(visitor, secret)
    text = (await visitor.post(path, {"link": secret})).body["ticket"]
    ticket = open_ticket(text, settings.ticket_key, "node-1", clock.now)
    assert (ticket.role, ticket.name, ticket.guest_of) == ("family_member", "Maria Morrow", "Pat Morrow")
    assert ticket.session == house.session and ticket.link is not None


async def test_staff_see_the_guest_with_release_and_link_and_the_secret_never_again(
    supervisor: Browser, house: House, mother: Mother
) -> None:
    page = await listed(supervisor, house)
    [guest] = page["guests"]
    assert (guest["id"], guest["role"], guest["release"]["stands"]) == (mother.id, "family_member", True)
    assert (guest["release"]["filed_by"], guest["release"]["given"]) == ("supervisor", "paper")
    [link] = guest["links"]
    assert (link["session"]["id"], link["url"], link["agreed"] is not None) == (house.session, None, True)
    assert [one["id"] for one in page["sessions"]] == [house.session]
    assert mother.link not in str(page)


async def test_revoking_the_release_ends_every_link_and_is_announced(
    supervisor: Browser, visitor: Browser, house: House, mother: Mother, database: Database
) -> None:
    assert (await supervisor.ask("DELETE", f"/api/guests/{mother.id}/release")).status == 204
    assert (await supervisor.ask("DELETE", f"/api/guests/{mother.id}/release")).status == 204
    assert (await visitor.post("/api/join-links/open", {"link": mother.link})).code == "link_revoked"
    asked = await visitor.post(f"/api/sessions/{house.session}/tickets", {"link": mother.link})
    assert asked.code == "link_revoked"
    async with database.transaction() as tx:
        changes = [change for change in await access_changes.after(tx, 0) if change.kind == "link_revoked"]
    assert [change.subject for change in changes] == [mother.link_id]
    [guest] = (await listed(supervisor, house))["guests"]
    assert guest["release"]["stands"] is False and guest["release"]["revoked_by"] == "supervisor"
    again = await code(supervisor, f"/api/guests/{mother.id}/links", {"session": house.session})
    assert again == ("invalid_input", "$.session")
    assert (await visitor.post("/api/join-links/open", {"link": house.link})).status == 200, "the client's own stays"


async def test_a_client_whose_access_is_off_has_no_guests_at_the_door(
    administrator: Browser, visitor: Browser, house: House, mother: Mother, database: Database
) -> None:
    assert (await administrator.post(f"/api/persons/{house.client}/deactivation")).status == 204
    assert (await visitor.post("/api/join-links/open", {"link": mother.link})).code == "link_revoked"
    async with database.transaction() as tx:
        changes = [change for change in await access_changes.after(tx, 0) if change.kind == "link_revoked"]
    assert mother.link_id in [change.subject for change in changes]


async def test_the_ledger_records_the_release_and_its_end_without_a_word(
    supervisor: Browser, house: House, mother: Mother, database: Database
) -> None:
    await supervisor.ask("DELETE", f"/api/guests/{mother.id}/release")
    async with database.transaction() as tx:
        found = await tx.fetch("SELECT type, body::text, subject_id, stream FROM ledger WHERE type LIKE 'consent.%'")
    assert [row["type"] for row in found] == ["consent.given", "consent.revoked"]
    assert {(row["subject_id"], row["stream"]) for row in found} == {(house.client, f"consent:{house.client}")}
    assert TEXT.digest("en") in found[0]["body"] and mother.id in found[0]["body"]
    assert not [row for row in found if "Maria" in row["body"] or "Morrow" in row["body"]]


async def test_one_link_is_withdrawn_and_the_others_stay(
    supervisor: Browser, visitor: Browser, house: House, mother: Mother, database: Database
) -> None:
    another = secret_of(await supervisor.post(f"/api/guests/{mother.id}/links", {"session": house.session}))
    assert (await supervisor.ask("DELETE", f"/api/guest-links/{mother.link_id}")).status == 204
    assert (await visitor.post("/api/join-links/open", {"link": mother.link})).code == "link_revoked"
    assert (await visitor.post("/api/join-links/open", {"link": another})).status == 200


async def test_a_guest_whose_release_ended_comes_again_on_a_new_one(
    supervisor: Browser, visitor: Browser, house: House, mother: Mother
) -> None:
    path = f"/api/guests/{mother.id}/release"
    asked = {"release": RELEASE, "link": {"session": house.session}}
    assert (await supervisor.post(path, asked)).code == "conflict", "the first still stands"
    assert (await supervisor.ask("DELETE", path)).status == 204
    secret = secret_of(made := await supervisor.post(path, asked))
    assert (made.body["release"]["stands"], len(made.body["links"])) == (True, 2)
    assert (await visitor.post("/api/join-links/open", {"link": secret})).status == 200
    assert (await visitor.post("/api/join-links/open", {"link": mother.link})).code == "link_revoked", "the old stays"


async def test_a_guest_has_an_alias_of_their_own_from_the_day_of_the_invitation(
    supervisor: Browser, visitor: Browser, house: House, mother: Mother
) -> None:
    namesake = await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house, relation="sibling"))
    seen = [guest["seen_as"] for guest in (await listed(supervisor, house))["guests"]]
    assert len(set(seen)) == 2 and "Maria M." in seen
    opened = (await visitor.post("/api/join-links/open", {"link": secret_of(namesake)})).body
    assert opened["alias"]["alias"] == namesake.body["seen_as"]


async def test_a_link_for_all_of_one_kind_opens_them_up_to_its_day(
    supervisor: Browser, visitor: Browser, house: House, database: Database, clock: Clock
) -> None:
    of_kind = {"program": house.program, "kind": "group", "until": "2026-11-25"}
    asked = invitation(house, link={"of_kind": of_kind}, relation="interpreter")
    secret = secret_of(await supervisor.post(f"/api/clients/{house.client}/guests", asked))
    async with database.transaction() as tx:
        second = await a_session(tx, house.clinic, house.program, EVENING + timedelta(days=2), [])
        third = await a_session(tx, house.clinic, house.program, EVENING + timedelta(days=4), [])
    await agreed(visitor, secret)
    for session, days, expected in ((house.session, 0, 201), (second, 2, 201), (third, 4, 403)):
        clock.now = EVENING + timedelta(days=days)
        assert (await visitor.post(f"/api/sessions/{session}/tickets", {"link": secret})).status == expected


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"minor": True}, "$.guardian.name"),
        ({"minor": True, "guardian": {"name": "Ana", "signed_on": "2026-11-24"}}, "$.guardian.signed_on"),
        ({"release": RELEASE | {"expires_on": "2026-11-22"}}, "$.release.expires_on"),
        ({"release": RELEASE | {"expires_on": "2029-11-22"}}, "$.release.expires_on"),
        ({"release": RELEASE | {"signed_on": "2026-11-24"}}, "$.release.signed_on"),
        ({"release": RELEASE | {"scopes": ["hear_progress"]}}, "$.release.scopes"),
        ({"release": RELEASE | {"scopes": []}}, "$.release.scopes"),
        ({"link": {}}, "$.link.session"),
        ({"link": {"session": "00000000-0000-0000-0000-000000000000"}}, "$.link.session"),
        ({"link": {"by_mail": True, "of_kind": None}, "email": "m@mail.example"}, "$.link.session"),
        ({"name": " "}, "$.name"),
        ({"relation": "boss"}, "$.relation"),
        ({"phone": "call me"}, "$.phone"),
    ],
)
async def test_what_an_invitation_lacks_is_said_at_its_field(
    supervisor: Browser, house: House, changes: dict[str, Any], path: str
) -> None:
    asked = invitation(house, **changes)
    assert await code(supervisor, f"/api/clients/{house.client}/guests", asked) == ("invalid_input", path)
    assert (await listed(supervisor, house))["guests"] == [], "nothing was kept"


async def test_a_minor_comes_with_a_guardians_consent(supervisor: Browser, house: House) -> None:
    guardian = {"name": "Ana Morrow", "signed_on": "2026-11-20"}
    asked = invitation(house, relation="sibling", minor=True, guardian=guardian)
    assert (await supervisor.post(f"/api/clients/{house.client}/guests", asked)).body["guardian"] == "Ana Morrow"


async def test_a_guest_for_emergencies_only_gets_no_link(supervisor: Browser, house: House) -> None:
    asked = invitation(house, link=None, release=RELEASE | {"scopes": ["emergency_only"]})
    made = await supervisor.post(f"/api/clients/{house.client}/guests", asked)
    assert (made.status, made.body["links"]) == (201, [])


async def test_a_facilitator_invites_guests_of_clients_of_their_own_sessions_only(
    facilitator: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        program = await a_program(tx, house.clinic, "Mornings")
        robin = await person(tx, house.clinic, "Robin Vale")
        await enrolled(tx, house.clinic, program, robin)
    assert (await facilitator.post(f"/api/clients/{robin}/guests", invitation(house))).code == "not_found"
    assert (await facilitator.get(f"/api/clients/{robin}/guests")).code == "not_found"
    made = await facilitator.post(f"/api/clients/{house.client}/guests", invitation(house))
    assert made.status == 201
    assert (await facilitator.ask("DELETE", f"/api/guests/{made.body['id']}/release")).status == 204


async def test_clinics_are_strangers(supervisor: Browser, house: House, elsewhere: House) -> None:
    path = f"/api/clients/{elsewhere.client}/guests"
    assert (await supervisor.get(path)).code == "not_found"
    assert (await supervisor.post(path, invitation(house))).code == "not_found"
    foreign = invitation(house, link={"session": elsewhere.session})
    answer = await supervisor.post(f"/api/clients/{house.client}/guests", foreign)
    assert answer.body["path"] == "$.link.session"


async def test_a_guest_is_no_client(administrator: Browser, house: House, mother: Mother, database: Database) -> None:
    roster = {"revision": 1, "roster": [{"person": mother.id, "role": "client"}]}
    refused = await administrator.ask("PUT", f"/api/sessions/{house.session}/roster", roster)
    assert refused.body["path"] == "$.roster[0].role"
    assert (await administrator.get(f"/api/clients/{mother.id}/guests")).code == "not_found"
    with pytest.raises(Exception, match="a guest is no client"):
        async with database.transaction() as tx:
            await enrolled(tx, house.clinic, house.program, mother.id)


def test_each_relation_has_a_role() -> None:
    roles = {role_of(relation) for relation in RELATIONS}
    assert roles == {"family_member", "interpreter", "support_person"}
    assert role_of("interpreter") == "interpreter" and role_of("sponsor") == "support_person"


async def test_a_release_is_of_the_clinics_day(supervisor: Browser, house: House) -> None:
    """It ends with the last second of its day in New York."""
    made = await supervisor.post(f"/api/clients/{house.client}/guests", invitation(house))
    assert made.body["release"]["expires"] == "2027-01-01T05:00:00Z"


async def test_a_session_that_the_client_is_taken_off_is_closed_to_the_guest(
    administrator: Browser, visitor: Browser, house: House, database: Database
) -> None:
    async with database.transaction() as tx:
        places = [RosterPlace(person=house.client, role="client")]
        family = await a_session(tx, house.clinic, house.program, EVENING, places, kind="family")
    asked = invitation(house, link={"session": family})
    secret = secret_of(await administrator.post(f"/api/clients/{house.client}/guests", asked))
    await agreed(visitor, secret)
    path = f"/api/sessions/{family}/tickets"
    assert (await visitor.post(path, {"link": secret})).status == 201
    emptied = await administrator.ask("PUT", f"/api/sessions/{family}/roster", {"revision": 1, "roster": []})
    assert emptied.status == 200
    assert (await visitor.post(path, {"link": secret})).code == "not_on_roster"
