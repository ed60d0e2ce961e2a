"""Hours: by client, week and kind; what a phase asks for; lengths said without rounding."""

from datetime import date, timedelta

import pytest

from domain.hours import Attended, HourTotal, Phase, TotalKey, phase_of, spoken, totals
from domain.records import BlockCredit
from domain.weeks import Week

MONDAY = date(2026, 9, 14)


def attended(day: date, client: str = "pat", **kinds: int) -> Attended:
    blocks = tuple(BlockCredit(kind, 0, 0, seconds, seconds // 2) for kind, seconds in kinds.items())
    return Attended(client=client, service_date=day, blocks=blocks)


def test_seconds_are_summed_by_client_week_and_kind() -> None:
    evenings = [
        attended(MONDAY, group=5400, education=5400),
        attended(MONDAY + timedelta(days=2), group=5400),
        attended(MONDAY + timedelta(days=7), group=3600),
        attended(MONDAY, "sam", group=60),
    ]
    assert totals(evenings, "monday") == {
        TotalKey("pat", MONDAY, "education"): HourTotal(5400, 2700, 1),
        TotalKey("pat", MONDAY, "group"): HourTotal(10_800, 5400, 2),
        TotalKey("pat", MONDAY + timedelta(days=7), "group"): HourTotal(3600, 1800, 1),
        TotalKey("sam", MONDAY, "group"): HourTotal(60, 30, 1),
    }


def test_two_blocks_of_a_kind_are_one_session_and_an_empty_one_is_none() -> None:
    blocks = tuple(BlockCredit("group", 0, 0, seconds, 0) for seconds in (100, 200))
    evening = Attended(client="pat", service_date=MONDAY, blocks=(*blocks, BlockCredit("skills", 0, 0, 0, 0)))
    assert totals([evening], "sunday") == {TotalKey("pat", MONDAY - timedelta(days=1), "group"): HourTotal(300, 0, 1)}


def test_a_session_across_midnight_counts_in_the_week_on_which_it_began() -> None:
    saturday = attended(date(2026, 9, 19), group=10_800)
    (key,) = totals([saturday], "sunday")
    assert key.week == date(2026, 9, 13)


INTENSIVE = Phase(name="1", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=27), required_s=32_400, days=3)
STEP_DOWN = Phase(name="3", starts_on=MONDAY + timedelta(days=28), required_s=21_600, days=2, kinds=("group",))
PHASES = (STEP_DOWN, INTENSIVE)


@pytest.mark.parametrize(
    ("first", "phase"),
    [
        (MONDAY - timedelta(days=7), None),
        (MONDAY - timedelta(days=3), INTENSIVE),
        (MONDAY, INTENSIVE),
        (MONDAY + timedelta(days=25), INTENSIVE),
        (MONDAY + timedelta(days=28), STEP_DOWN),
        (MONDAY + timedelta(days=280), STEP_DOWN),
    ],
    ids=["before", "admitted in mid-week", "first day", "change in mid-week", "stepped down", "until further notice"],
)
def test_a_week_is_measured_by_the_phase_of_its_first_day(first: date, phase: Phase | None) -> None:
    assert phase_of(PHASES, Week(first, "America/New_York")) == phase


def test_after_the_last_phase_nothing_is_asked_for() -> None:
    assert phase_of((INTENSIVE,), Week(MONDAY + timedelta(days=28), "America/New_York")) is None


def test_a_phase_holds_on_its_last_day() -> None:
    ended = Week(MONDAY + timedelta(days=27), "America/New_York")
    assert phase_of((INTENSIVE,), ended) == INTENSIVE


def test_only_the_kinds_of_the_phase_count_toward_it() -> None:
    assert (INTENSIVE.counts("family"), STEP_DOWN.counts("family"), STEP_DOWN.counts("group")) == (True, False, True)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(32_400, "9 h"), (32_325, "8 h 58 min 45 s"), (0, "0 s"), (3605, "1 h 5 s"), (59, "59 s")],
)
def test_a_lost_minute_shows(seconds: int, text: str) -> None:
    assert spoken(seconds) == text
