"""Case files: malformed ones are refused with the path to the wrong field."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.attendance.credit import attendance
from domain.errors import InvalidInput
from domain.policy import Policy
from domain.proof.cases import plain, read
from domain.units import UnitRule

WHOLE = json.loads((Path(__file__).parents[1] / "cases" / "11-correction.json").read_bytes())


def refusal(spoil: Callable[[dict], object]) -> str:
    case = copy.deepcopy(WHOLE)
    spoil(case)
    with pytest.raises(InvalidInput) as refused:
        read(json.dumps(case).encode())
    return refused.value.sentence


@pytest.mark.parametrize(
    ("spoil", "path"),
    [
        (lambda case: case.pop("sessions"), "sessions: "),
        (lambda case: case["sessions"].append(case["sessions"][0]), "sessions[1].id: "),
        (lambda case: case["sessions"][0].update(kind="party"), "sessions[0].kind: "),
        (lambda case: case["sessions"][0].update(timezone="Mars/Olympus"), "sessions[0].timezone: "),
        (lambda case: case["sessions"][0].update(timezone="../etc/passwd"), "sessions[0].timezone: "),
        (lambda case: case["sessions"][0].update(start="0001-01-01T00:00:00Z"), "sessions[0].start: "),
        (lambda case: case["sessions"][0].update(end="2026-09-15T21:00:00Z"), "sessions[0].end: "),
        (lambda case: case["sessions"][0]["breaks"].append(["2026-09-15T23:30:00Z"]), "sessions[0].breaks[1]: "),
        (lambda case: case["sessions"][0]["events"][3].update(at="at nine"), "sessions[0].events[3].at: "),
        (lambda case: case["sessions"][0]["events"][3].update(at="2026-09-15T22:00:00"), "sessions[0].events[3].at: "),
        (lambda case: case["sessions"][0]["events"][3].pop("at"), "sessions[0].events[3].at: "),
        (lambda case: case["sessions"][0]["events"][3].pop("type"), "sessions[0].events[3].type: "),
        (lambda case: case["sessions"][0]["events"][3].pop("seq"), "sessions[0].events[3].seq: "),
        (lambda case: case["sessions"][0]["events"][3].update(role="guest"), "sessions[0].events[3].role: "),
        (
            lambda case: case["sessions"][0].update(roster=[{"person": "p", "role": "x"}]),
            "sessions[0].roster[0].role: ",
        ),
        (lambda case: case["sessions"][0]["events"].insert(2, 7), "sessions[0].events[2]: "),
        (lambda case: case["sessions"][0]["corrections"][0].update(op="double"), "sessions[0].corrections[0].op: "),
        (lambda case: case["sessions"][0]["corrections"][0].pop("from"), "sessions[0].corrections[0].from: "),
        (lambda case: case["sessions"][0]["corrections"][0].update(to="noon"), "sessions[0].corrections[0].to: "),
        (lambda case: case["sessions"][0]["corrections"].append(7), "sessions[0].corrections[1]: "),
        (lambda case: case.update(policy={"bridge_max": 9}), "policy.bridge_max: "),
        (lambda case: case.update(policy={"units": {"DAY": ["per day", 9]}}), "policy.units[...][0]: "),
        (lambda case: case.update(policy=None), "policy: "),
        (lambda case: case.update(policy={"late_effect": "shrug"}), "policy.late_effect: "),
        (lambda case: case.update(policy={"present_ratio": 2}), "policy: "),
    ],
)
def test_a_malformed_case_is_refused_with_the_path_to_the_wrong_field(spoil, path: str) -> None:
    assert refusal(spoil).startswith(path)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'{"sessions": [{"id": "\xff"}]}'])
def test_a_file_that_is_not_a_case_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidInput, match="the file: "):
        read(body)


def test_a_unit_rule_may_be_written_with_a_space() -> None:
    case = copy.deepcopy(WHOLE) | {"policy": {"units": {"DAY": ["per diem", 7200], "GROUP": ["per session", 2700]}}}
    assert read(json.dumps(case).encode()).sessions[0].policy.units == {
        "DAY": UnitRule("per_diem", 7200),
        "GROUP": UnitRule("per_session", 2700),
    }


def test_unknown_fields_and_unknown_events_are_ignored() -> None:
    case = copy.deepcopy(WHOLE)
    case["reviewed"] = True
    case["sessions"][0]["events"].append({"type": "room.painted", "seq": 99, "at": "2026-09-15T22:00:00Z", "colour": 3})
    found = read(json.dumps(case).encode())
    assert plain(attendance(found.sessions)) == WHOLE["expect"]


def test_optional_fields_of_a_case_have_defaults() -> None:
    bare = {
        "id": "G",
        "kind": "group",
        "timezone": "UTC",
        "start": "2026-09-15T09:00:00Z",
        "end": "2026-09-15T10:00:00Z",
    }
    found = read(json.dumps({"sessions": [bare]}).encode())
    assert (found.name, found.expect, found.sessions[0].policy) == ("", None, Policy())
    assert plain(attendance(found.sessions)) == {
        "G": {
            "service_date": "2026-09-15",
            "net_s": 3600,
            "facilitator_gap_s": 3600,
            "participant_count": 0,
            "clients": {},
        }
    }


def test_a_correction_without_maker_and_approver_does_not_count() -> None:
    case = copy.deepcopy(WHOLE)
    for unsaid in ("reason", "by", "approved_by"):
        del case["sessions"][0]["corrections"][0][unsaid]
    client = attendance(read(json.dumps(case).encode()).sessions)["G"].clients["pat"]
    assert client.flags == ("correction_not_counted",)
    assert client.credited_s < WHOLE["expect"]["G"]["clients"]["pat"]["credited_s"]


def test_an_unknown_event_without_an_id_is_a_copy_of_none() -> None:
    case = copy.deepcopy(WHOLE)
    case["sessions"][0]["events"][0]["seq"] = 0
    case["sessions"][0]["events"].append({"type": "room.painted", "at": "2026-09-15T10:00:00Z"})
    assert plain(attendance(read(json.dumps(case).encode()).sessions)) == WHOLE["expect"]


def test_in_a_case_file_the_sessions_own_fields_are_its_plan() -> None:
    case = copy.deepcopy(WHOLE)
    case["sessions"][0]["events"].append({"type": "session.planned", "seq": 99, "at": "2026-09-15T23:00:00Z"})
    assert plain(attendance(read(json.dumps(case).encode()).sessions)) == WHOLE["expect"]


def test_a_roster_entry_may_be_an_id_or_an_object() -> None:
    case = copy.deepcopy(WHOLE)
    case["sessions"][0]["roster"] = ["zoe", {"person": "yan", "payer": "medicaid"}]
    clients = attendance(read(json.dumps(case).encode()).sessions)["G"].clients
    assert {person: client.status for person, client in clients.items()} == {
        "pat": "present",
        "yan": "no_show",
        "zoe": "no_show",
    }
