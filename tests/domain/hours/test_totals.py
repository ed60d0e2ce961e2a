"""Hours: totals by client, week and kind."""

from datetime import date, timedelta

from domain.attendance.records import BlockCredit
from domain.hours.totals import AttendedSession, HourTotal, TotalKey, totals

MONDAY = date(2026, 9, 14)


def attended(day: date, client: str = "pat", **kinds: int) -> AttendedSession:
    blocks = tuple(BlockCredit(kind, 0, 0, seconds, seconds // 2) for kind, seconds in kinds.items())
    return AttendedSession(client=client, service_date=day, blocks=blocks)


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


def test_two_blocks_of_a_kind_count_as_one_session_and_an_empty_one_as_none() -> None:
    blocks = tuple(BlockCredit("group", 0, 0, seconds, 0) for seconds in (100, 200))
    evening = AttendedSession(client="pat", service_date=MONDAY, blocks=(*blocks, BlockCredit("skills", 0, 0, 0, 0)))
    assert totals([evening], "sunday") == {TotalKey("pat", MONDAY - timedelta(days=1), "group"): HourTotal(300, 0, 1)}


def test_a_session_across_midnight_counts_in_the_week_on_which_it_began() -> None:
    saturday = attended(date(2026, 9, 19), group=10_800)
    (key,) = totals([saturday], "sunday")
    assert key.week == date(2026, 9, 13)
