"""Wherever a name is typed, what nobody can read is refused at its field, and what pasting leaves behind goes."""

from typing import Any

import pytest

from domain.people import names
from tests.server.conftest import Browser, House
from tests.server.programs.test_phases import bridge

HIDDEN = "\u200b\u2060"
TURNED = "\u202eMorrow"
PASTED = "  Rio\u0301s \u200b Evening\ufeff  "


def _places(house: House) -> dict[str, dict[str, Any]]:
    """By route, what else it takes."""
    program = {"timezone": "America/New_York", "policy_id": "evening-sud", "policy_version": 1}
    return {
        "POST /api/staff": {"email": "new@riverbend.example", "roles": ["facilitator"]},
        "POST /api/programs": program,
        f"POST /api/programs/{house.program}/phases": bridge(),
        f"PUT /api/phases/{house.phase}": {"position": 1},
        f"PUT /api/programs/{house.program}": {},
        "POST /api/kinds": {"counts_as": "group"},
        "POST /api/inquiries": {"program": house.program, "reach": "614 555 0134"},
        "POST /api/api-tokens": {"scopes": ["feed"]},
    }


@pytest.mark.parametrize(
    ("typed", "sentence"), [(HIDDEN, names.BLANK), (TURNED, names.TURNED), ("a\u0007b", names.CONTROL)]
)
async def test_what_nobody_can_read_is_refused(
    administrator: Browser, supervisor: Browser, house: House, typed: str, sentence: str
) -> None:
    for route, body in _places(house).items():
        answer = await _asker(administrator, supervisor, route).ask(*route.split(), {**body, "name": typed})
        assert (answer.body["path"], answer.body["detail"]) == ("$.name", sentence), route


async def test_a_name_is_kept_as_people_read_it(administrator: Browser, supervisor: Browser, house: House) -> None:
    for number, (route, body) in enumerate(_places(house).items()):
        answer = await _asker(administrator, supervisor, route).ask(
            *route.split(), {**body, "name": f"{PASTED}{number}"}
        )
        assert answer.status in (200, 201), (route, answer.body)
        assert f"'Riós Evening {number}'" in str(answer.body), (route, answer.body)


def _asker(administrator: Browser, supervisor: Browser, route: str) -> Browser:
    return supervisor if "inquiries" in route else administrator
