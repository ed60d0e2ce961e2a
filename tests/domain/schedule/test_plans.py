"""Valid plans: nothing is inverted, overlaps or lies outside, and no second lacks a kind."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from domain.errors import InvalidInput
from domain.schedule import plans
from domain.schedule.plans import Plan

A, B, C, D = (f"2026-11-25T{time}:00-05:00" for time in ("18:00", "19:30", "19:45", "21:15"))
"""The evening's edges: block, break, block."""


def plan(**also: Any) -> Plan:
    return msgspec.convert({"starts": A, "ends": D, **also}, Plan)


def block(start: str, end: str, kind: str = "group") -> dict[str, str]:
    return {"kind": kind, "start": start, "end": end}


def at(time: str) -> str:
    return f"2026-11-25T{time}-05:00"


def test_an_evening_of_two_blocks_and_a_break_is_kept_in_utc() -> None:
    kept = plans.checked(plan(blocks=[block(A, B), block(C, D, "education")], breaks=[[B, C]]))
    assert (kept.starts.tzinfo, kept.starts) == (UTC, datetime(2026, 11, 25, 23, 0, tzinfo=UTC))
    assert [each.kind for each in kept.blocks] == ["group", "education"]
    assert kept.breaks == ((kept.blocks[0].end, kept.blocks[1].start),)


def test_a_session_in_the_night_when_clocks_go_back_has_its_true_length() -> None:
    night = plans.checked(plan(starts="2026-10-31T22:30:00-04:00", ends="2026-11-01T01:45:00-05:00"))
    assert night.ends - night.starts == timedelta(hours=4, minutes=15)


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"ends": A}, "$.ends"),
        ({"ends": "2026-11-26T18:00:01-05:00"}, "$.ends"),
        ({"starts": "0001-01-01T00:00:00+14:00"}, "$.starts"),
        ({"ends": "9999-12-31T23:59:59-14:00"}, "$.ends"),
        ({"breaks": [[C, B]]}, "$.breaks[0][1]"),
        ({"breaks": [[B, B]]}, "$.breaks[0][1]"),
        ({"breaks": [[B, C], [at("19:44:59"), at("19:50:00")]]}, "$.breaks[1][0]"),
        ({"breaks": [[C, D], [A, B]]}, "$.breaks[1][0]"),
        ({"breaks": [[at("17:30:00"), B]]}, "$.breaks[0][0]"),
        ({"breaks": [[C, at("21:15:01")]]}, "$.breaks[0][1]"),
        ({"blocks": [block(A, C), block(B, D)]}, "$.blocks[1].start"),
        ({"blocks": [block(A, D), block(D, D)]}, "$.blocks[1].end"),
        ({"blocks": [block(A, B)]}, "$.blocks"),
        ({"blocks": [block(C, D)], "breaks": [[B, C]]}, "$.blocks"),
        ({"blocks": [block(A, B), block(C, D)]}, "$.blocks"),
    ],
)
def test_an_invalid_plan_is_refused_with_its_path(wrong: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        plans.checked(plan(**wrong))
    assert refused.value.path == path
