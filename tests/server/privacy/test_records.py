"""Routes in words; `tests/server/test_audited_routes.py` asks that none is forgotten."""

from server.privacy.records import is_read, kind_of


def test_a_route_of_an_older_release_is_something_else() -> None:
    assert kind_of("GET", "/api/persons/{person}") == "person"
    assert kind_of("GET", "/api/long-gone") == "other"


def test_a_look_is_no_change() -> None:
    assert is_read("GET", "/api/persons") and not is_read("POST", "/api/persons")
