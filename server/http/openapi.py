"""The OpenAPI 3.1 document, from the table of routes and the Structs that they take and answer."""

import re
from collections.abc import Sequence
from typing import Any, get_args

import msgspec

from domain.people.roles import MAY, may
from server.http.callers import COOKIE
from server.http.payloads import Problem
from server.http.routes import Anyone, Route, Scope

Json = dict[str, Any]

_SCHEMAS = "#/components/schemas/{name}"
_PATH_ID = re.compile(r"{(\w+)}")


def document(routes: Sequence[Route]) -> Json:
    """The document of these routes."""
    shapes = [shape for route in routes for shape in (_body_of(route), route.response) if shape is not None]
    _, components = msgspec.json.schema_components([*shapes, Problem], ref_template=_SCHEMAS)
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vesper",
            "version": "1",
            "description": "Virtual intensive outpatient programs with attendance that can be proved. "
            "Refusals are problem details (RFC 9457); every instant is UTC or carries its offset.",
        },
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY_SCHEMES},
    }


_SECURITY_SCHEMES: Json = {
    "sign_in": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "Set by POST /api/sign-in."},
    "api_token": {"type": "http", "scheme": "bearer", "description": "Made by an administrator, with its scopes."},
}


def _operation(route: Route) -> Json:
    operation: Json = {
        "operationId": getattr(route.handler, "__name__", route.path),
        "summary": route.summary,
        "security": _security(route),
        "responses": {**_answer(route), "default": _PROBLEM},
    }
    if parameters := [*_ids(route), *_query(route)]:
        operation["parameters"] = parameters
    if (body := _body_of(route)) is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _reference(body)}}}
    return operation


_PROBLEM: Json = {
    "description": "Refused: `code` says why for programs, `detail` for people.",
    "content": {"application/problem+json": {"schema": {"$ref": _SCHEMAS.format(name="Problem")}}},
}


def _answer(route: Route) -> Json:
    if route.response is None:
        return {"204": {"description": "Done."}}
    content = {"application/json": {"schema": _reference(route.response)}}
    answer: Json = {str(route.status): {"description": "Answered.", "content": content}}
    return answer | ({"204": {"description": "There is none."}} if type(None) in get_args(route.response) else {})


def _security(route: Route) -> list[Json]:
    if isinstance(route.who, Anyone):
        return []
    # OpenAPI 3.1 lets every scheme list the roles that an operation requires.
    if isinstance(route.who, Scope):
        return [{"api_token": [route.who.name]}]
    return [{"sign_in": sorted(role for role in MAY if may({role}, route.who.may))}]


def _ids(route: Route) -> list[Json]:
    schema = {"type": "string", "format": "uuid"}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in _PATH_ID.findall(route.path)]


def _query(route: Route) -> list[Json]:
    if route.method != "GET" or route.request is None:
        return []
    (_,), components = msgspec.json.schema_components([route.request], ref_template=_SCHEMAS)
    shape = components[route.request.__name__]
    return [
        {"name": name, "in": "query", "required": name in shape.get("required", ()), "schema": schema}
        for name, schema in shape["properties"].items()
    ]


def _body_of(route: Route) -> Any:
    return None if route.method == "GET" else route.request


def _reference(shape: Any) -> Json:
    (schema,), _ = msgspec.json.schema_components([shape], ref_template=_SCHEMAS)
    return schema
