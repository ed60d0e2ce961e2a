"""Problems: every refusal has its status, and a bug discloses nothing."""

import logging

import asyncpg
import pytest

from domain.errors import Failure, Refusal
from server.http.errors import STATUS
from tests.server.conftest import Browser, House

OF_SOCKETS = {
    "ticket_missing", "ticket_forged", "ticket_expired", "ticket_used", "ticket_for_another_node", "already_joined",
    "removed_from_session", "bad_message", "too_many_sockets", "not_admitted",
    "deactivated", "place_changed",
}  # fmt: skip
"""Refusals that only a room or its gateway raises."""


def test_every_refusal_belongs_to_one_edge() -> None:
    codes = {kind.code for kind in Refusal.__subclasses__()}
    assert codes == STATUS.keys() | OF_SOCKETS
    assert not STATUS.keys() & OF_SOCKETS


def test_a_failure_between_machines_is_no_refusal() -> None:
    assert {kind.__name__ for kind in Failure.__subclasses__()} == {"StaleStream", "TooSlow", "MediaRefused"}
    assert not any(issubclass(kind, Refusal) for kind in Failure.__subclasses__())


async def test_a_refusal_is_a_problem_for_people_and_for_programs(visitor: Browser, house: House) -> None:
    answer = await visitor.post("/api/sign-in", {"email": "dana@riverbend.example"})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body == {
        "type": "urn:vesper:problem:invalid_input",
        "title": "Invalid input",
        "status": 422,
        "detail": "Object missing required field `password`.",
        "code": "invalid_input",
        "path": "$",
    }


async def test_a_refusal_of_a_wrong_form_quotes_no_regular_expression(visitor: Browser) -> None:
    answer = await visitor.post("/api/sign-in", {"email": "dana", "password": "…"})
    assert answer.body["path"] == "$.email"
    assert answer.body["detail"] == "This is not of the form that is asked for here."


async def test_a_bug_is_answered_with_its_number_and_logged_without_values(
    administrator: Browser, owner_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    owner = await asyncpg.connect(owner_url)
    await owner.execute("ALTER TABLE persons ADD CHECK (display_name <> 'Robin Vale')")
    await owner.close()
    with caplog.at_level(logging.ERROR):
        answer = await administrator.post("/api/persons", {"display_name": "Robin Vale"})
    assert (answer.status, answer.code) == (500, "internal_error")
    (record,) = caplog.records
    assert vars(record)["request"] in answer.body["detail"]
    assert "create_person" in record.getMessage()
    assert "Robin Vale" not in caplog.text + str(answer.body)
