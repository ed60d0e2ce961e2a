"""The OpenAPI document: valid, whole, and open to read."""

import msgspec
from openapi_spec_validator import validate

from server.api import table
from server.openapi import document
from tests.server.conftest import Browser


async def test_the_document_that_is_served_is_valid(visitor: Browser) -> None:
    served = (await visitor.get("/api/openapi.json")).body
    validate(served)
    assert served == msgspec.json.decode(msgspec.json.encode(document(table())))


def test_every_route_stands_in_it_with_what_it_takes_and_gives() -> None:
    described = document(table())
    for route in table():
        operation = described["paths"][route.path][route.method.lower()]
        assert str(route.status) in operation["responses"] or "204" in operation["responses"]
        assert ("requestBody" in operation) == (route.request is not None and route.method != "GET")
    assert "Problem" in described["components"]["schemas"]


def test_roles_scopes_and_questions_are_told() -> None:
    paths = document(table())["paths"]
    assert paths["/api/persons"]["post"]["security"] == [{"sign_in": ["administrator"]}]
    assert paths["/api/health"]["get"]["security"] == []
    asked = {parameter["name"]: parameter["in"] for parameter in paths["/api/sessions"]["get"]["parameters"]}
    assert asked == {"from": "query", "to": "query"}
