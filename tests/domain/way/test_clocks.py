"""The clocks of somebody who waits: which apply, when they are due, and what stops them."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from domain.way.clocks import SHIPPED, ClockRule, clocks
from domain.way.inquiries import Inquiry, Step, StepKind

SIX = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ASKED = Inquiry(
    id="i", program="p", name="Ines", reach="", may_leave_message=False, heard="", priorities=("injects",), asked_at=SIX
)


def after(hours: float, *kinds: StepKind, of: Inquiry = ASKED) -> dict[str, tuple[bool, bool]]:
    """By rule: whether it is met, and whether it is overdue."""
    steps = [Step(id=kind, kind=kind, on=date(2026, 11, 24), at=SIX) for kind in kinds]
    found = clocks(of, steps, SHIPPED, SIX + timedelta(hours=hours))
    return {clock.code: (clock.met, clock.overdue) for clock in found}


def test_who_injects_has_interim_services_in_48_hours_and_a_place_in_14_days() -> None:
    assert after(48) == {"interim_48h": (False, False), "admit_14d": (False, False), "admit_120d": (False, False)}
    assert after(48.1)["interim_48h"] == (False, True)
    assert after(14 * 24 + 1)["admit_14d"] == (False, True)


def test_with_interim_services_the_120_days_take_the_place_of_the_14() -> None:
    assert after(15 * 24, "interim") == {"admit_120d": (False, False), "interim_48h": (True, False)}
    assert after(121 * 24, "interim")["admit_120d"] == (False, True)


def test_others_wait_without_a_federal_clock() -> None:
    assert after(1000, of=msgspec.structs.replace(ASKED, priorities=())) == {}
    pregnant = msgspec.structs.replace(ASKED, priorities=("pregnant",))
    assert after(0, of=pregnant) == {"interim_48h": (False, False)}


def test_a_rule_holds_from_its_day_to_its_last() -> None:
    rule = ClockRule(
        code="wy", scope="state", of="WY", from_on=date(2026, 11, 24), hours=336, met_by=("admitted",),
        until_on=date(2026, 12, 31),
    )  # fmt: skip
    asked = [msgspec.structs.replace(ASKED, asked_at=SIX + timedelta(days=days)) for days in (0, 1, 38, 39)]
    assert [len(clocks(one, [], [rule], SIX)) for one in asked] == [0, 1, 1, 0]


def test_the_next_one_due_comes_first_and_the_met_ones_last() -> None:
    steps = [Step(id="s", kind="interim", on=date(2026, 11, 24), at=SIX)]
    assert [clock.code for clock in clocks(ASKED, steps, SHIPPED, SIX)] == ["admit_120d", "interim_48h"]
