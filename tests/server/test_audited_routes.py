"""Every route says who gets in, and every audited one is called once correctly: its row in the access audit names its
subject.
"""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pyotp
import pytest

from domain.mail.mails import Mail
from runtime.clock import new_id
from runtime.settings import ServerSettings, WrappingKey
from server.api import table
from server.http.routes import Staff
from server.privacy.records import READS_BY_POST, RECORDS
from store.database import Database
from store.mail import outbox
from store.privacy import erasures
from tests.mail_server import serving
from tests.provider.proxy import Provider
from tests.server.access.factors.soft_key import SoftKey
from tests.server.access.test_email_changes import link_sent
from tests.server.access.test_identity import sent_code
from tests.server.access.test_invitations import OWN, link_of
from tests.server.access.test_password_resets import asked_for
from tests.server.access.test_tickets import add_node
from tests.server.chart.test_notes import PRIVATE, TEXT, Desk
from tests.server.clinic.test_first_runs import link_to
from tests.server.conftest import EVENING, ORIGIN, PASSWORD, Browser, Clock, House, SignedIn
from tests.server.guests.conftest import RELEASE, invitation
from tests.server.http.test_dispatch import all_rows
from tests.server.roles.entrance import GETS_IN
from tests.server.single_sign_on.conftest import Staff as AtProvider
from tests.server.single_sign_on.conftest import set_up
from tests.server.transfer.test_exports import Office, an_office, second_administrator
from tests.server.way.test_inquiries import GOOD, LEVEL
from workers.transfer.imports import next_import

AUDITED = {(route.method, route.path) for route in table() if route.audited}
NOW = EVENING - timedelta(minutes=10)
HOUR = {"starts": "2026-12-01T18:00:00-05:00", "ends": "2026-12-01T19:00:00-05:00"}


class Evening:
    """One caller of each kind; a refused call fails the test."""

    def __init__(self, house: House, visitor: Browser, staff: dict[str, Browser]) -> None:
        self.house = house
        self.visitor = visitor
        self.staff = staff

    async def ask(self, who: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = await self.staff.get(who, self.visitor).ask(method, path, body, **headers)
        assert answer.status < 400, (method, path, answer.body)
        return answer.body

    async def people(self) -> str:
        made = await self.ask("administrator", "POST", "/api/persons", {"display_name": "Sam Okonjo"})
        path = f"/api/persons/{made['id']}"
        await self.ask("supervisor", "GET", "/api/persons")
        await self.ask("supervisor", "GET", path)
        await self.ask("administrator", "POST", f"{path}/deactivation")
        await self.ask("administrator", "DELETE", f"{path}/deactivation")
        return str(made["id"])

    async def clients(self) -> None:
        made = await self.ask("supervisor", "POST", "/api/clients", {"name": "Pat Morrow"})
        path, contact = f"/api/clients/{made['id']}", {"kind": "email", "value": "pat@example.com"}
        await self.ask("facilitator", "GET", path)
        await self.ask("facilitator", "POST", "/api/clients/search", {"text": "morr"})
        await self.ask("supervisor", "POST", "/api/clients/alike", {"name": "pat morrow"})
        await self.ask("supervisor", "PUT", f"{path}/person", {"revision": 1, "name": "Pat Morrow"})
        await self.ask("supervisor", "PUT", f"{path}/contacts", {"revision": 2, "contacts": [contact]})
        await self.ask("supervisor", "PUT", f"{path}/external-ids", {"revision": 3, "external_ids": []})
        await self.ask("supervisor", "PUT", f"{path}/alias", {"revision": 4, "alias": "Cedar"})
        code = {"code": "F10.20", "starts_on": "2026-11-01"}
        [given] = (await self.ask("supervisor", "POST", f"{path}/diagnoses", code))["items"]
        await self.ask("facilitator", "GET", f"{path}/diagnoses")
        await self.ask("supervisor", "PUT", f"{path}/diagnosis-order", {"order": [given["id"]]})
        await self.ask("supervisor", "PUT", f"{path}/diagnoses/{given['id']}", {"ends_on": "2026-11-02"})
        await self.ask("supervisor", "DELETE", f"{path}/diagnoses/{given['id']}")

    async def invitations(self, database: Database) -> None:
        body = {"name": "Marcus", "email": "marcus@riverbend.example", "roles": ["facilitator"]}
        made = await self.ask("administrator", "POST", "/api/staff", body)
        path = f"/api/staff/{made['id']}/invitation"
        await self.ask("administrator", "POST", path)
        await self.ask("administrator", "DELETE", path)
        await self.ask("administrator", "PUT", f"/api/staff/{made['id']}/roles", {"roles": ["biller"]})
        again = await self.ask("administrator", "POST", "/api/staff", {**body, "email": "kim@riverbend.example"})
        link = {"link": await link_of(database, self.house, again["id"])}
        await self.ask("visitor", "POST", "/api/invitations/open", link)
        await self.ask("visitor", "POST", "/api/invitations/accept", {**link, "name": "Kim", "password": OWN})

    async def transfer(self, database: Database, clock: Clock) -> None:
        file = {"content": base64.b64encode(b"id,name\n1,Sam Okonjo\n").decode()}
        made = await self.ask("administrator", "POST", "/api/imports", file)
        await next_import(database, clock.now)
        await self.ask("administrator", "POST", f"/api/imports/{made['id']}/application")
        await next_import(database, clock.now)
        await self.ask("administrator", "DELETE", f"/api/imports/{made['id']}")
        await self.ask("administrator", "GET", f"/api/clients/{self.house.client}/copy")
        await self.clinic(database, clock)

    async def exports(self, office: Office) -> None:
        path, _ = await office.ready()
        await office.lena.confirms()
        await self.ask("administrator", "POST", f"{path}/file")
        await self.ask("administrator", "DELETE", path)

    async def licences(self) -> None:
        body = {"kind": "counsellor", "state": "NY", "number": "1", "from_on": "2026-01-01"}
        path = f"/api/staff/{self.house.facilitator}/licences"
        [one] = (await self.ask("administrator", "POST", path, body))["items"]
        [one] = (await self.ask("administrator", "PUT", f"/api/licences/{one['id']}", body))["items"]
        await self.ask("administrator", "DELETE", f"/api/licences/{one['id']}")
        await self.ask("administrator", "PUT", "/api/clinic/licences/policy", {"policy": "warn"})
        rule = {"kind": "skills", "asked": "none", "from_on": "2026-01-01"}
        await self.ask("administrator", "POST", "/api/clinic/licences/rules", rule)

    async def proving(self, provider: Provider, database: Database) -> None:
        await self.identity(database)
        await self.single_sign_on(provider, database)

    async def single_sign_on(self, provider: Provider, database: Database) -> None:
        at = int(NOW.timestamp())
        provider.claims(iat=at, auth_time=at, exp=at + 600)  # the server's clock here is not the real one
        assert (await set_up(self.staff["administrator"], provider, self.house.clinic)).status == 200
        assert (await AtProvider(self.staff["facilitator"], "dana").goes("/api/me/provider/link")).status == 200
        await self.ask("facilitator", "DELETE", "/api/me/provider")
        body = {"name": "Noor", "email": "noor@riverbend.example", "roles": ["facilitator"]}
        invited = await self.ask("administrator", "POST", "/api/staff", body)
        link = {"link": await link_of(database, self.house, invited["id"])}
        await self.ask("visitor", "POST", "/api/invitations/provider", link)
        await self.ask("administrator", "DELETE", "/api/clinic/provider")

    async def clinic(self, database: Database, clock: Clock) -> None:
        west = {"name": "Riverbend West", "timezone": "America/Denver", "language": "es"}
        await self.ask("administrator", "PUT", "/api/clinic", west)
        begun = {
            "template": "adolescent", "name": "Teens", "timezone": "America/Denver", "policy_id": "evening-sud",
            "policy_version": 1,
        }  # fmt: skip
        await self.ask("administrator", "POST", "/api/programs/from-template", begun)
        link = await link_to(database, clock)
        await self.ask("visitor", "POST", "/api/first-run/open", {"link": link})
        own = {"link": link, "name": "Kim", "email": "kim@hillside.example", "password": OWN}
        await self.ask("visitor", "POST", "/api/first-run/administrator", own)

    async def programs(self, client: str) -> None:
        policy = {"policy_id": "evening-sud", "policy_version": 1}
        days = {"name": "Days", "timezone": "America/New_York", **policy}
        program = await self.ask("administrator", "POST", "/api/programs", days)
        hours = {"from_on": "2026-11-01", "required_s": 32_400, "days_per_week": 3}
        named = {"name": "Phase 1", "required": hours}
        phase = await self.ask("administrator", "POST", f"/api/programs/{program['id']}/phases", named)
        await self.ask("administrator", "PUT", f"/api/phases/{phase['id']}", {"name": "Phase I", "position": 1})
        await self.ask("administrator", "POST", f"/api/phases/{phase['id']}/requirements", hours)
        await self.ask("administrator", "PUT", f"/api/programs/{program['id']}", {"name": "Day group"})
        kind = await self.ask("administrator", "POST", "/api/kinds", {"name": "Yoga", "counts_as": "expressive"})
        await self.ask("administrator", "PUT", f"/api/kinds/{kind['id']}", {"name": "Yoga", "in_use": False})
        text = {"kind": "welcome", "after": 0, "text": "Welcome."}
        await self.ask("administrator", "POST", f"/api/programs/{program['id']}/texts", text)
        change = {"from_on": "2026-12-01", **policy}
        await self.ask("administrator", "POST", f"/api/programs/{program['id']}/policies", change)
        tags = {"tags": ["women"], "consented": True}
        await self.ask("supervisor", "PUT", f"/api/persons/{client}/tags", tags)
        await self.ask("supervisor", "GET", f"/api/persons/{client}/tags")
        await self.ask("supervisor", "GET", f"/api/persons/{client}/meetings")
        wanted = {"program": program["id"], "client": client, "starts_on": "2026-11-01", "phase": phase["id"]}
        made = await self.ask("administrator", "POST", "/api/enrolments", wanted)
        await self.ask("supervisor", "GET", "/api/enrolments")
        await self.ask("supervisor", "GET", f"/api/enrolments/{made['id']}")
        for part in ("enrolments", "hours", "sessions", "consents"):
            await self.ask("supervisor", "GET", f"/api/clients/{client}/{part}")
        leave = {"kind": "leave", "from_on": "2026-12-24"}
        await self.ask("supervisor", "POST", f"/api/enrolments/{made['id']}/acts/preview", leave)
        timeline = await self.ask("supervisor", "POST", f"/api/enrolments/{made['id']}/acts", leave)
        act = f"/api/acts/{timeline['acts'][-1]['id']}/withdrawal"
        await self.ask("supervisor", "POST", f"{act}/preview")
        await self.ask("supervisor", "POST", act)

    async def inquiries(self) -> None:
        reason = {"code": "completed", "national": "completed"}
        await self.ask("administrator", "POST", "/api/intake-rules", {"from_on": "2026-12-01", "reasons": [reason]})
        wanted = {"program": self.house.program, "name": "Ines Duarte", "reach": "+1 555 0100"}
        made = await self.ask("facilitator", "POST", "/api/inquiries", wanted)
        path = f"/api/inquiries/{made['line']['id']}"
        await self.ask("facilitator", "GET", "/api/inquiries")
        await self.ask("facilitator", "GET", path)
        await self.ask("facilitator", "POST", f"{path}/screening", {})
        await self.ask(
            "supervisor", "POST", f"{path}/referral", {"to": "A", "reason": "detox", "sent_on": "2026-11-23"}
        )
        await self.ask("facilitator", "POST", f"{path}/arrival", {"on": "2026-11-24"})
        await self.ask("facilitator", "POST", f"{path}/reopening", {})
        await self.ask("supervisor", "POST", f"{path}/decline", {"reason": "no_answer"})
        await self.ask("facilitator", "POST", f"{path}/reopening", {})
        intake = {"facilitator": self.house.facilitator, "starts": HOUR["starts"]}
        await self.ask("facilitator", "POST", f"{path}/intake", intake)
        await self.ask("facilitator", "POST", f"{path}/eligibility", {"answers": GOOD, "level": LEVEL})
        await self.ask("facilitator", "POST", f"{path}/waiting", {})
        await self.ask("facilitator", "POST", f"{path}/interim", {"on": "2026-11-24"})
        admission = {"phase": self.house.phase, "from_on": "2026-12-01"}
        await self.ask("supervisor", "POST", f"{path}/admission/preview", admission)
        await self.ask("supervisor", "POST", f"{path}/admission", admission)

    async def schedule(self) -> None:
        planned = {"program": self.house.program, "kind": "group", **HOUR}
        made = await self.ask("administrator", "POST", "/api/sessions", planned)
        path = f"/api/sessions/{made['id']}"
        await self.ask("supervisor", "GET", "/api/sessions")
        await self.ask("supervisor", "GET", path)
        roster = [{"person": self.house.client}]
        await self.ask("administrator", "PUT", f"{path}/roster", {"revision": 1, "roster": roster})
        await self.ask("administrator", "POST", f"{path}/cancellation", {"reason": "weather"})
        await self.ask("administrator", "DELETE", f"{path}/cancellation")

    async def handover(self) -> None:
        body = {"by": self.house.facilitator, "to": self.house.supervisor}
        await self.ask("administrator", "POST", f"/api/sessions/{self.house.session}/handover", body)

    async def chart(self, note: str) -> None:
        path = f"/api/sessions/{self.house.session}"
        await self.ask("facilitator", "GET", f"{path}/attendance")
        await self.ask("facilitator", "GET", f"{path}/notes")
        await self.ask("facilitator", "POST", f"/api/notes/{note}/signatures", {"version": 1, "text": TEXT})

    async def guests(self) -> None:
        path = f"/api/clients/{self.house.client}/guests"
        made = await self.ask("supervisor", "POST", path, invitation(self.house))
        secret = str(made["links"][0]["url"]).partition("#")[2]
        await self.ask("facilitator", "GET", path)
        await self.ask("visitor", "POST", "/api/guest-links/agreement", {"link": secret, "version": "1"})
        more = await self.ask("facilitator", "POST", f"/api/guests/{made['id']}/links", {"session": self.house.session})
        await self.ask("facilitator", "DELETE", f"/api/guest-links/{more['links'][0]['id']}")
        await self.ask("facilitator", "DELETE", f"/api/guests/{made['id']}/release")
        await self.ask("facilitator", "POST", f"/api/guests/{made['id']}/release", {"release": RELEASE})

    async def door(self) -> None:
        made = await self.ask("facilitator", "POST", "/api/join-links", {"enrolment": self.house.enrolment})
        await self.ask("facilitator", "GET", f"/api/clients/{self.house.client}/join-links")
        await self.ask("facilitator", "DELETE", f"/api/join-links/{made['id']}")
        opened = await self.ask("visitor", "POST", "/api/join-links/open", {"link": self.house.link})
        alias = {"link": self.house.link, "alias": opened["alias"]["others"][0]}
        await self.ask("visitor", "POST", "/api/join-links/alias", alias)
        await self.ask("visitor", "POST", f"/api/sessions/{self.house.session}/tickets", {"link": self.house.link})

    async def identity(self, database: Database) -> None:
        path, link = f"/api/persons/{self.house.client}/identity", self.house.link
        await self.ask("supervisor", "PUT", f"{path}/contact", {"address": "pat@mail.example"})
        await self.ask("visitor", "POST", "/api/identity/codes", {"link": link})
        async with serving() as postman:
            code = await sent_code(database, postman, NOW)
        await self.ask("visitor", "POST", "/api/identity/browsers", {"link": link, "code": code})
        await self.ask("visitor", "POST", "/api/identity/codes", {"link": link})
        async with serving() as postman:
            again = await sent_code(database, postman, NOW)
        moved = {"link": link, "code": again, "address": "pat@new.example"}
        await self.ask("visitor", "POST", "/api/identity/contact", moved)
        await self.ask("visitor", "POST", "/api/my-hours", {"link": link})
        await self.ask("visitor", "POST", "/api/my-copy", {"link": link})
        (browser,) = (await self.ask("supervisor", "GET", path))["browsers"]
        await self.ask("supervisor", "DELETE", f"{path}/browsers/{browser['id']}")
        await self.ask("supervisor", "DELETE", f"{path}/wrong-codes")
        await self.ask("supervisor", "DELETE", f"{path}/contact")

    async def room(self) -> None:
        path, client = f"/api/sessions/{self.house.session}", self.house.client
        await self.ask("supervisor", "GET", f"{path}/room")
        await self.ask("supervisor", "POST", f"{path}/removals", {"person": client})
        await self.ask("supervisor", "DELETE", f"{path}/removals/{client}")
        await self.ask("supervisor", "POST", f"{path}/responsibility", {"why": "did_not_come"})

    async def privacy(self) -> None:
        await self.ask("supervisor", "GET", f"/api/who-looked?person={self.house.client}")

    async def retention(self, database: Database) -> None:
        path, today = f"/api/clients/{self.house.client}", NOW.date()
        await self.ask("administrator", "POST", f"{path}/holds", {"reason": "a subpoena"})
        shown = await self.ask("administrator", "GET", "/api/clinic/retention")
        await self.ask("administrator", "DELETE", f"/api/holds/{shown['holds'][0]['id']}")
        async with database.transaction() as tx:
            await erasures.list_for_erasing(tx, self.house.clinic, {self.house.client: today})
        await self.ask("administrator", "PUT", f"{path}/erasing", {"until": str(today + timedelta(days=90))})
        await self.ask("administrator", "PUT", "/api/clinic/retention", {"record": "client", "keep": 10})

    async def billing(self) -> None:
        made = await self.ask("administrator", "POST", "/api/api-tokens", {"name": "Claims", "scopes": ["feed"]})
        await self.ask("administrator", "DELETE", f"/api/api-tokens/{made['id']}")
        await self.ask("visitor", "GET", "/api/feed", Authorization=f"Bearer {self.house.token}")

    async def mail(self, database: Database) -> None:
        at = datetime(2026, 11, 20, tzinfo=UTC)
        house = self.house
        mail = Mail(id=new_id(), clinic=house.clinic, kind="email_changed", person=house.facilitator, queued_at=at)
        async with database.transaction() as tx:
            await outbox.queue(tx, mail)
        await self.ask("administrator", "GET", "/api/outbox")

    async def own_sign_in(self, clock: Clock, database: Database) -> None:
        """Of the supervisor, who does nothing else afterwards."""
        await self.ask("administrator", "PUT", "/api/clinic/second-factor", {"required": "never"})
        secret = (await self.ask("supervisor", "POST", "/api/me/factors/one-time-code/offer"))["secret"]
        code = pyotp.TOTP(secret).at(clock.now)
        app = {"name": "my phone", "secret": secret, "code": code}
        added = await self.ask("supervisor", "POST", "/api/me/factors/one-time-code", app)
        path = f"/api/me/factors/{added['factors'][0]['id']}"
        await self.ask("supervisor", "PUT", path, {"name": "my old phone"})
        key = SoftKey(ORIGIN)
        options = (await self.ask("supervisor", "POST", "/api/me/factors/passkey/offer"))["options"]
        await self.ask("supervisor", "POST", "/api/me/factors/passkey", {"name": "key", "passkey": key.made(options)})
        await self.ask("supervisor", "DELETE", path)
        codes = (await self.ask("supervisor", "POST", "/api/me/recovery-codes"))["codes"]
        await self.ask("supervisor", "POST", "/api/me/lock")
        await self.ask("supervisor", "POST", "/api/me/confirmation", {"password": PASSWORD})
        await self.ask("supervisor", "DELETE", "/api/me/sign-ins")
        (own,) = (await self.ask("supervisor", "GET", "/api/me/sign-ins"))["items"]
        await self.ask("supervisor", "POST", "/api/me/email", {"password": PASSWORD, "email": "ruth@new.example"})
        moved = {"link": await link_sent(database, clock)}
        await self.ask("visitor", "POST", "/api/email-changes/use", moved)
        await self.ask("supervisor", "PUT", "/api/me/password", {"current": PASSWORD, "password": f"{PASSWORD}!"})
        await self.ask("supervisor", "DELETE", f"/api/me/sign-ins/{own['id']}")
        who = {"email": "ruth@new.example", "password": f"{PASSWORD}!"}
        pending = (await self.ask("visitor", "POST", "/api/sign-in", who))["factor"]["pending"]
        await self.ask("visitor", "POST", "/api/sign-in/factor", {"pending": pending, "recovery_code": codes[0]})
        await self.ask("visitor", "POST", "/api/password-resets", {"email": self.house.email("facilitator")})
        link = await asked_for(database, clock, self.house)
        await self.ask("visitor", "POST", "/api/password-resets/use", {"link": link, "password": PASSWORD})

    async def sign_in_and_out(self) -> None:
        who = {"email": self.house.email("facilitator"), "password": PASSWORD}
        await self.ask("visitor", "POST", "/api/sign-in", who)
        await self.ask("visitor", "POST", "/api/sign-out")


@pytest.fixture
def settings(settings: ServerSettings) -> ServerSettings:
    """The server's settings, with keys for notes."""
    keys = (WrappingKey("2026", b"w" * 32),)
    return msgspec.structs.replace(settings, note_private_key=PRIVATE, note_wrapping_keys=keys)


@pytest.fixture
async def evening(signed_in: SignedIn, visitor: Browser, house: House) -> Evening:
    staff = {
        "facilitator": await signed_in("facilitator"),
        "supervisor": await signed_in("supervisor"),
        "administrator": await signed_in("administrator"),
    }
    return Evening(house, visitor, staff)


@pytest.fixture
async def office(
    evening: Evening, browse: Callable[[], Browser], database: Database, database_url: str, clock: Clock
) -> Office:
    """Two administrators with second factors."""
    lena, omar = evening.staff["administrator"], await second_administrator(browse(), evening.house, database, clock)
    return await an_office((lena, omar), database, database_url, clock)


async def test_every_audited_route_names_its_subject(
    evening: Evening, *, house: House, database: Database, clock: Clock, office: Office, provider: Provider
) -> None:
    desk = Desk(database, house)
    note = await desk.types()
    await desk.is_written(note)
    async with database.transaction() as tx:
        await add_node(tx, "node-1")
    client = await evening.people()
    await evening.clients()
    await evening.invitations(database)
    await evening.transfer(database, clock)
    await evening.licences()
    await evening.programs(client)
    await evening.inquiries()
    await evening.schedule()
    await evening.chart(note)
    await evening.door()
    await evening.proving(provider, database)
    await evening.guests()
    await evening.room()
    await evening.privacy()
    await evening.retention(database)
    await evening.billing()
    await evening.mail(database)
    await evening.exports(office)
    await evening.own_sign_in(clock, database)
    await evening.handover()
    await evening.sign_in_and_out()
    rows = await all_rows(database)
    assert {(row["method"], row["route"]) for row in rows} == AUDITED
    nobodys = {(row["method"], row["route"]) for row in rows if not row["subjects"]}
    assert nobodys <= {("GET", "/api/feed")}, "about the clinic's ledger, which holds no record of a person yet"


def test_every_route_says_who_gets_in() -> None:
    routes = {f"{route.method} {route.path}" for route in table()}
    unknown, gone = routes - GETS_IN.keys(), GETS_IN.keys() - routes
    assert not unknown, (
        f"Nobody wrote down who gets in at {sorted(unknown)}. Add a line for each to GETS_IN in "
        'tests/server/roles/entrance.py, such as:  "GET /api/inquiries": "A S F P X",  Its head explains the letters. '
        "Think who needs it for their work; do not copy the table of roles."
    )
    assert not gone, f"There are no such routes any more: {sorted(gone)}. Take their lines out of GETS_IN."


def test_every_route_that_the_access_audit_may_record_has_a_word_for_its_record() -> None:
    recorded = {f"{route.method} {route.path}" for route in table() if route.audited or isinstance(route.who, Staff)}
    unknown, gone = recorded - RECORDS.keys(), RECORDS.keys() - recorded
    assert not unknown, (
        f"People could not read what was looked at by {sorted(unknown)}: say in RECORDS of server/privacy/records.py "
        "what kind of record each is about. A new kind needs its words in web/src/messages/{en,es}/staff/looks.ts."
    )
    assert not gone, f"There are no such routes any more: {sorted(gone)}. Take their lines out of RECORDS."
    assert {f"{route.method} {route.path}" for route in table() if route.reads} == READS_BY_POST
