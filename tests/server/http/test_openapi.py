"""The OpenAPI document is valid, complete and public."""

import msgspec
import pytest
from openapi_spec_validator import validate

from server.api import table
from server.http.openapi import document
from server.http.payloads import View
from tests.server.conftest import Browser


async def test_the_served_document_is_valid(visitor: Browser) -> None:
    served = (await visitor.get("/api/openapi.json")).body
    validate(served)
    assert served == msgspec.json.decode(msgspec.json.encode(document(table())))


def test_the_document_has_every_route_with_its_request_and_answer() -> None:
    described = document(table())
    for route in table():
        operation = described["paths"][route.path][route.method.lower()]
        assert str(route.status) in operation["responses"] or "204" in operation["responses"]
        assert ("requestBody" in operation) == (route.request is not None and route.method != "GET")
    assert "Problem" in described["components"]["schemas"]


def test_the_document_states_roles_and_query_parameters() -> None:
    paths = document(table())["paths"]
    assert paths["/api/persons"]["post"]["security"] == [{"sign_in": ["administrator"]}]
    assert paths["/api/health"]["get"]["security"] == []
    asked = {parameter["name"]: parameter["in"] for parameter in paths["/api/sessions"]["get"]["parameters"]}
    assert asked == {"from": "query", "to": "query"}


ANSWERED_WHOLE = {
    "Program": {"id", "name", "timezone", "week_start", "policy_id", "policy_version", "capacity", "tags"},
    "LoggedMeeting": {"id", "met_on", "kind", "home_group", "sponsor"},
    "ClinicKind": {"id", "name", "counts_as", "in_use"},
    "PolicyFrom": {"from_on", "policy_id", "policy_version"},
    "ProgramText": {"kind", "version", "text", "digest", "by", "at"},
    "Enrolment": {"id", "program", "client", "starts_on", "ends_on", "phase"},
    "Phase": {"id", "program", "position", "name", "usual_weeks", "requirements"},
    "Requirement": {"from_on", "required_s", "days_per_week", "kinds"},
    "ContactWay": {"kind", "value", "may_leave_message", "best_time"},
    "EmergencyContact": {"name", "relation", "phone"},
    "ExternalId": {"system", "value"},
    "Clock": {"code", "text", "scope", "of", "due", "met", "overdue"},
    "Question": {"code", "text", "good", "answers"},
    "LevelOfCare": {"edition", "ratings", "recommended", "placed", "difference"},
    "Beyond": {"clients", "capacity", "on"},
    "ClockRule": {"code", "text", "scope", "of", "from_on",
        "until_on", "hours", "priorities", "met_by", "eased_by", "source"},
    "Filling": {"program", "program_name", "clients", "capacity", "reached_on", "report_by", "overdue"},
    "Left": {"second_factor", "program", "kinds", "leaders", "clients", "group"},
    "Licence": {"id", "person", "kind", "state", "number", "npi", "from_on", "to_on"},
    "LicenceRule": {"kind", "asked", "from_on"},
    "Missing": {"kind", "asked"},
    "Preview": {"separator", "encoding", "columns", "new", "changed",
        "unchanged", "wrong_lines", "wrong", "lines", "same_names", "same_name_lines"},
    "PreviewColumn": {"header", "field"},
    "PreviewLine": {"line", "what", "external_id", "name", "alias", "fields"},
    "Reason": {"code", "national", "text"},
    "SummaryRule": {"state", "from_on", "days", "working_days", "reasons", "source"},
    "Wrong": {"line", "column", "sentence"},
    "RelayCredentials": {"urls", "username", "credential"},
}  # fmt: skip
"""The domain's own shapes that routes answer with: a field added to one is shown to everyone who may read it."""


@pytest.mark.parametrize("name", ANSWERED_WHOLE)
def test_a_shape_of_the_domain_shows_only_these_fields(name: str) -> None:
    assert document(table())["components"]["schemas"][name]["properties"].keys() == ANSWERED_WHOLE[name]


def test_no_other_shape_of_the_domain_is_answered() -> None:
    parts = {"Block"}  # of a session
    _, schemas = msgspec.json.schema_components([route.response for route in table() if route.response is not None])
    own = {view.__name__ for view in View.__subclasses__()}
    assert {name.split("_")[0] for name in schemas} - own - parts == ANSWERED_WHOLE.keys()
