"""The table of routes: every route refuses every wrong request in the same way, and never with a 500."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from domain.people.roles import StaffRole, may
from runtime.clock import new_id
from server.api import table
from server.http.routes import Anyone, Route, Scope, Staff
from tests.server.conftest import Browser, House, SignedIn

ROUTES = table()
WITH_BODY = [route for route in ROUTES if route.request is not None and route.method != "GET"]
WITH_QUERY = [route for route in ROUTES if route.request is not None and route.method == "GET"]

TELLING = st.sampled_from([
    None, True, 0, 1, -1, 2**31, 2**63, 1e300, "", " ", "\u0000", "x" * 300, "\U0001f600", "group", "client", "feed",
    "a@b", "sunday", "America/New_York", "evening-sud", "2026-11-25", "9999-12-31", "2026-11-25T18:00:00Z",
    "2026-11-25T20:00:00+01:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
    "0191e000-0000-7000-8000-000000000000",
])  # fmt: skip
"""Values at the edges of the fields' ranges."""
FIELDS = sorted({field.encode_name for route in WITH_BODY for field in structs.fields(route.request)})
JSON = st.recursive(
    TELLING | st.text(max_size=20) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=6,
)

Entitled = Callable[[Route], tuple[Browser, dict[str, str]]]


def address(route: Route, id: str | None = None) -> str:
    return re.sub(r"{\w+}", lambda _: id or new_id(), route.path)


def name_of(route: Route) -> str:
    return f"{route.method} {route.path}"


def inputs(route: Route) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with the route's own fields, some missing, and values that may or may not fit."""
    return st.fixed_dictionaries({}, optional={field.encode_name: JSON for field in structs.fields(route.request)})


@pytest.fixture
async def entitled(signed_in: SignedIn, visitor: Browser, house: House) -> Entitled:
    """A browser that may call the route, and its headers."""
    administrator, facilitator = await signed_in("administrator"), await signed_in("facilitator")

    def choose(route: Route) -> tuple[Browser, dict[str, str]]:
        if isinstance(route.who, Scope):
            return visitor, {"Authorization": f"Bearer {house.token}"}
        if isinstance(route.who, Staff):
            return (administrator if may({"administrator"}, route.who.may) else facilitator), {}
        return visitor, {}

    return choose


def test_no_two_routes_share_an_address_and_each_says_what_it_does() -> None:
    assert len({name_of(route) for route in ROUTES}) == len(ROUTES)
    for route in ROUTES:
        assert route.summary, name_of(route)


def test_routes_of_persons_records_are_audited() -> None:
    for route in ROUTES:
        if re.match(r"/api/(persons|clients|enrolments|sessions(?!/{session}/tickets)|notes)", route.path):
            assert route.audited, name_of(route)


OWN_LOG = "that a client keeps a log of meetings is theirs to tell"
UNAUDITED = {
    "GET /api/clinic": "the clinic's own name, zone and settings, nobody's record",
    "GET /api/first-run": "what is left to set up, in numbers",
    "GET /api/intake-rules": "questions and clocks of the clinic, nobody's record",
    "GET /api/providers/{clinic}": "what a clinic's sign-in page shows to anybody",
    "POST /api/providers/{clinic}/sign-in": "it begins a sign-in, which is audited when somebody comes back",
    "GET /api/clinic/provider": "the clinic's own provider, nobody's record",
    "POST /api/clinic/provider/try": "it asks the provider about itself, nobody's record",
    "GET /api/me/provider": "the caller's own account",
    "POST /api/me/provider/link": "it begins a linking, which is audited when the caller comes back",
    "POST /api/me/provider/confirmation": "it begins a confirmation, which is audited when the caller comes back",
    "GET /api/staff": "names and roles of colleagues, no client's record",
    "GET /api/staff/{member}/licences": "licences of a colleague, no client's record",
    "GET /api/expiring-licences": "licences of colleagues, no client's record",
    "GET /api/clinic/licences": "what the clinic asks for, nobody's record",
    "GET /api/staff/{member}/undone": "sessions and kinds of notes of a colleague, no client",
    "GET /api/staff/{member}": "names and roles of colleagues, no client's record",
    "GET /api/import-template": "an empty file",
    "GET /api/imports/{import}": "what the caller brought; bringing it and applying it are audited",
    "GET /api/exports": "names of colleagues, no client",
    "GET /api/me": "it shows callers only themselves",
    "GET /api/me/sign-ins": "it shows callers only their own",
    "GET /api/me/factors": "it shows callers only their own",
    "POST /api/me/factors/one-time-code/offer": "nothing is kept until it is added, which is audited",
    "POST /api/me/factors/passkey/offer": "nothing is kept until it is added, which is audited",
    "POST /api/me/passkey-question": "its answer is audited",
    "POST /api/me/activity": "it says only that the caller is there, every minute",
    "GET /api/clinic/second-factor": "a policy is no person's record; changes of it are audited",
    "GET /api/health": "it is about nobody",
    "GET /api/closing-keys": "public: anyone checks closings with these",
    "GET /api/programs": "a program is no person's record; changes of one are audited",
    "POST /api/my-meetings/open": OWN_LOG,
    "POST /api/my-meetings": OWN_LOG,
    "POST /api/my-meetings/removal": OWN_LOG,
    "POST /api/my-meetings/sharing": OWN_LOG,
    "GET /api/kinds": "it names no person",
    "GET /api/programs/{program}/phases": "it names no person",
    "GET /api/programs/{program}/occupancy": "it counts people and names none",
    "GET /api/programs/{program}/texts": "it is the same for everybody; who wrote it is staff",
    "GET /api/programs/{program}/policies": "it names no person",
    "POST /api/programs/{program}/policies/preview": "it counts sessions, and changes nothing",
    "GET /api/programs/{program}": "a program is no person's record",
    "GET /api/api-tokens": "a list of systems, without secrets; making and revoking is audited",
}
"""Why a route leaves no row in the access audit."""


def test_a_route_that_is_not_audited_says_why() -> None:
    assert {name_of(route) for route in ROUTES if not route.audited} == UNAUDITED.keys()


async def test_strangers_are_asked_to_sign_in(visitor: Browser, house: House) -> None:
    for route in (route for route in ROUTES if not isinstance(route.who, Anyone)):
        for forged in ({}, {"Authorization": "Bearer guess"}, {"Cookie": "vesper_sign_in=guess"}):
            answer = await visitor.ask(route.method, address(route), **forged)
            assert (answer.status, answer.code) == (401, "not_signed_in"), name_of(route)
            assert answer.headers["WWW-Authenticate"]


SIGNED_IN: tuple[StaffRole, ...] = ("facilitator", "supervisor", "administrator")


async def test_the_wrong_role_is_refused(signed_in: SignedIn, visitor: Browser, house: House) -> None:
    staff = {role: await signed_in(role) for role in SIGNED_IN}
    for route in ROUTES:
        if isinstance(route.who, Scope):
            answer = await staff["administrator"].ask(route.method, address(route))
            assert answer.code == "not_signed_in", name_of(route)
        elif isinstance(route.who, Staff):
            for role in (role for role in SIGNED_IN if not may({role}, route.who.may)):
                answer = await staff[role].ask(route.method, address(route))
                assert (answer.status, answer.code) == (403, "forbidden"), (name_of(route), role)
            answer = await visitor.ask(route.method, address(route), Authorization=f"Bearer {house.token}")
            assert answer.code == "not_signed_in", name_of(route)


LICENCE = {"kind": "nurse", "state": "NY", "number": "1", "from_on": "2026-01-01"}
NINE_HOURS = {"from_on": "2026-11-23", "required_s": 32_400, "days_per_week": 3}
STEPS: dict[str, Any] = {
    "screening": {},
    "intake": {"facilitator": new_id(), "starts": "2027-01-04T18:00:00Z"},
    "eligibility": {"answers": [], "level": {"edition": "4", "recommended": "2.1", "placed": "2.1"}},
    "admission/preview": {"phase": new_id(), "from_on": "2026-12-24"},
    "admission": {"phase": new_id(), "from_on": "2026-12-24"},
    "referral": {"to": "A", "reason": "detox", "sent_on": "2026-12-24"},
    "arrival": {"on": "2026-12-24"},
    "waiting": {},
    "interim": {"on": "2026-12-24"},
    "decline": {"reason": "other"},
    "reopening": {},
}
INVITED = {
    "name": "Maria", "relation": "parent",
    "release": {"scopes": ["attend"], "signed_on": "2026-11-20", "expires_on": "2026-12-31"},
}  # fmt: skip
WHOLE = {
    "/api/clients/{client}/guests": INVITED,
    "/api/guests/{guest}/release": {"release": INVITED["release"]},
    "/api/guests/{guest}/links": {"session": new_id()},
    "/api/sessions/{session}/cancellation": {"reason": "weather"},
    "/api/sessions/{session}/roster": {"revision": 1, "roster": []},
    "/api/sessions/{session}/removals": {"person": new_id()},
    "/api/sessions/{session}/responsibility": {"why": "left"},
    "/api/programs/{program}/phases": {"name": "Phase 1", "required": NINE_HOURS},
    "/api/programs/{program}": {"name": "Evening"},
    "/api/programs/{program}/texts": {"kind": "welcome", "after": 0, "text": "Welcome."},
    "/api/programs/{program}/policies/preview": {"from_on": "2026-12-01", "policy_id": "x", "policy_version": 1},
    "/api/programs/{program}/policies": {"from_on": "2026-12-01", "policy_id": "evening-sud", "policy_version": 1},
    "/api/persons/{person}/tags": {"tags": [], "consented": False},
    "/api/kinds/{kind}": {"name": "Yoga", "in_use": True},
    "/api/phases/{phase}": {"name": "Phase 1", "position": 1},
    "/api/phases/{phase}/requirements": NINE_HOURS,
    "/api/persons/{person}/identity/contact": {"address": "pat@mail.example"},
    "/api/clients/{client}/person": {"revision": 1, "name": "Pat"},
    "/api/clients/{client}/contacts": {"revision": 1, "contacts": []},
    "/api/clients/{client}/external-ids": {"revision": 1, "external_ids": []},
    "/api/clients/{client}/alias": {"revision": 1, "alias": "Cedar"},
    "/api/clients/{client}/diagnoses": {"code": "F10.20", "starts_on": "2026-11-01"},
    "/api/clients/{client}/diagnoses/{diagnosis}": {"ends_on": None},
    "/api/clients/{client}/diagnosis-order": {"order": []},
    "/api/enrolments/{enrolment}/acts": {"kind": "leave", "from_on": "2026-12-24"},
    "/api/enrolments/{enrolment}/acts/preview": {"kind": "leave", "from_on": "2026-12-24"},
    **{f"/api/inquiries/{{inquiry}}/{step}": body for step, body in STEPS.items()},
    "/api/me/factors/{factor}": {"name": "my phone"},
    "/api/staff/{member}/roles": {"roles": ["biller"]},
    "/api/staff/{member}/licences": LICENCE,
    "/api/licences/{licence}": LICENCE,
    "/api/sessions/{session}/handover": {"by": new_id(), "to": new_id()},
    "/api/clients/{client}/holds": {"reason": "a suit"},
    "/api/clients/{client}/erasing": {"until": "2027-12-24"},
    "/api/notes/{note}/signatures": {"version": 1, "text": "…"},
}
"""Complete bodies of routes that change something."""


async def test_an_unknown_id_is_not_found(entitled: Entitled) -> None:
    for route in (route for route in ROUTES if "{" in route.path and isinstance(route.who, Staff)):
        browser, headers = entitled(route)
        body = WHOLE.get(route.path)
        for id in (new_id(), "7", "00000000-0000-0000-0000-00000000000g", "%00", new_id().upper()):
            answer = await browser.ask(route.method, address(route, id), body, **headers)
            assert (answer.status, answer.code) == (404, "not_found"), (name_of(route), id)


async def test_a_malformed_body_is_refused(entitled: Entitled) -> None:
    for route in WITH_BODY:
        browser, headers = entitled(route)
        for body, status, code in (
            (b"", 400, "malformed"),
            (b"{", 400, "malformed"),
            (b"email=dana", 400, "malformed"),
            (b"[]", 422, "invalid_input"),
            (b'{"surprise": 1}', 422, "invalid_input"),
            (b" " * (route.body_limit + 1), 413, "too_large"),
        ):
            answer = await browser.ask(route.method, address(route), body, **headers)
            assert (answer.status, answer.code) == (status, code), (name_of(route), body[:20])
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            answer = await browser.ask(route.method, address(route), b"{}", **{"Content-Type": kind}, **headers)
            assert (answer.status, answer.code) == (415, "wrong_content_type"), name_of(route)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_body_causes_a_server_error(data: st.DataObject, entitled: Entitled, house: House) -> None:
    route = data.draw(st.sampled_from(WITH_BODY), "route")
    browser, headers = entitled(route)
    answer = await browser.ask(route.method, address(route, house.session), data.draw(inputs(route)), **headers)
    assert answer.status < 500
    assert answer.status < 400 or answer.code


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_query_causes_a_server_error(data: st.DataObject, entitled: Entitled) -> None:
    route = data.draw(st.sampled_from(WITH_QUERY), "route")
    browser, headers = entitled(route)
    query = {field: str(value) for field, value in data.draw(inputs(route)).items()}
    answer = await browser.ask("GET", f"{address(route)}?{urlencode(query)}", **headers)
    assert answer.status < 500
    assert answer.status < 400 or answer.code


async def test_a_body_of_unknown_length_is_stopped_at_the_limit(visitor: Browser) -> None:
    (route,) = (route for route in ROUTES if route.path == "/api/sign-in")

    async def too_much() -> Any:
        for _ in range(route.body_limit // 1000 + 2):
            yield b" " * 1000

    headers = {"Content-Type": "application/json"}
    async with visitor.client.post(route.path, data=too_much(), headers=headers) as response:
        assert response.status == 413


async def test_a_wrong_method_gets_a_list_of_the_right_ones(visitor: Browser) -> None:
    for route in ROUTES:
        answer = await visitor.ask("PATCH", address(route))
        assert (answer.status, answer.code) == (405, "method_not_allowed"), name_of(route)
        right = {other.method for other in ROUTES if other.path == route.path}
        assert right <= set(answer.headers["Allow"].split(", "))


async def test_an_address_outside_the_table_is_not_found(visitor: Browser) -> None:
    for method in ("GET", "POST"):
        answer = await visitor.ask(method, "/api/nothing-here")
        assert (answer.status, answer.code) == (404, "not_found")
