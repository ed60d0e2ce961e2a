"""Kinds that a clinic names itself: offered when sessions are planned, shown by their name, and counted by another."""

from typing import Any

import pytest

from domain.events.schedule import SessionPlanned
from store.database import Database
from tests import ledgers
from tests.server.conftest import Browser, House

YOGA = {"name": "Yoga", "counts_as": "expressive"}
HOUR = {"starts": "2026-12-01T18:00:00-05:00", "ends": "2026-12-01T19:00:00-05:00"}


async def test_a_kind_is_named_renamed_and_offered_no_longer(administrator: Browser, facilitator: Browser) -> None:
    made = await administrator.post("/api/kinds", YOGA)
    assert (made.status, made.body["in_use"]) == (201, True)
    path = f"/api/kinds/{made.body['id']}"
    changed = await administrator.ask("PUT", path, {"name": "Gentle yoga", "in_use": False})
    assert (await facilitator.get("/api/kinds")).body["items"] == [changed.body]
    assert (changed.body["name"], changed.body["counts_as"]) == ("Gentle yoga", "expressive")


async def test_a_session_has_the_clinics_word_and_the_kind_that_counts(
    administrator: Browser, house: House, database: Database
) -> None:
    kind = (await administrator.post("/api/kinds", YOGA)).body["id"]
    asked = {"program": house.program, "kind": "expressive", "own_kind": kind, **HOUR}
    made = (await administrator.post("/api/sessions", asked)).body
    assert (made["kind"], made["own_kind"], made["own_kind_name"]) == ("expressive", kind, "Yoga")
    async with database.transaction() as tx:
        [plan] = [fact.event for fact in await ledgers.of_session(tx, made["id"])]
    assert isinstance(plan, SessionPlanned)
    assert (plan.kind, plan.own_kind) == ("expressive", kind)
    assert "Yoga" not in str(plan), "facts carry no words"


async def test_the_page_plans_an_evening_of_yoga_and_an_hour_of_mutual_help(
    administrator: Browser, house: House
) -> None:
    kind = (await administrator.post("/api/kinds", YOGA)).body["id"]
    evening = {
        "program": house.program, "kind": "expressive", "own_kind": kind, "title": "",
        "starts": "2026-12-01T23:00:00.000Z", "ends": "2026-12-02T02:15:00.000Z",
        "blocks": [
            {"kind": "expressive", "start": "2026-12-01T23:00:00.000Z", "end": "2026-12-02T00:30:00.000Z"},
            {"kind": "skills", "start": "2026-12-02T00:45:00.000Z", "end": "2026-12-02T02:15:00.000Z"},
        ],
        "breaks": [["2026-12-02T00:30:00.000Z", "2026-12-02T00:45:00.000Z"]],
        "roster": [{"person": house.facilitator, "role": "facilitator"}],
    }  # fmt: skip
    made = await administrator.post("/api/sessions", evening)
    assert (made.status, made.body["own_kind_name"], len(made.body["blocks"])) == (201, "Yoga", 2)
    none = {"own_kind": None, "blocks": [], "breaks": [], "roster": []}
    meeting = {"program": house.program, "kind": "mutual_help", "title": "", **HOUR, **none}
    made = await administrator.post("/api/sessions", meeting)
    assert (made.status, made.body["kind"], made.body["roster"]) == (201, "mutual_help", [])
    found = await administrator.get("/api/sessions?from=2026-12-01T00:00:00.000Z&to=2026-12-15T00:00:00.000Z")
    assert {one["kind"] for one in found.body["items"]} >= {"expressive", "mutual_help"}, "the coming two weeks"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [({"name": "yoga"}, "$.name"), ({"counts_as": "mutual_help"}, "$.counts_as"), ({"name": ""}, "$.name")],
)
async def test_a_wrong_kind_is_refused(administrator: Browser, wrong: dict[str, Any], path: str) -> None:
    await administrator.post("/api/kinds", YOGA)
    answer = await administrator.post("/api/kinds", {"name": "Tai chi", "counts_as": "expressive"} | wrong)
    assert (answer.status, answer.body["path"]) == (422, path)


async def test_a_session_takes_only_a_kind_of_its_clinic_that_counts_so(
    administrator: Browser, house: House, elsewhere: House, database: Database
) -> None:
    kind = (await administrator.post("/api/kinds", YOGA)).body["id"]
    asked = {"program": house.program, "kind": "group", "own_kind": kind, **HOUR}
    assert (await administrator.post("/api/sessions", asked)).body["path"] == "$.own_kind"
    asked = {"program": house.program, "kind": "expressive", "own_kind": house.client, **HOUR}
    assert (await administrator.post("/api/sessions", asked)).body["path"] == "$.own_kind"
    await administrator.ask("PUT", f"/api/kinds/{kind}", {"name": "Yoga", "in_use": False})
    asked = {"program": house.program, "kind": "expressive", "own_kind": kind, **HOUR}
    assert (await administrator.post("/api/sessions", asked)).body["path"] == "$.own_kind"
