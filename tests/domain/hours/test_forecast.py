"""The shortfall: found in the second in which it becomes unavoidable, and made up by sessions that are still ahead."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.hours.forecast import Asked, MakeUp, WeekSession, forecast
from domain.spans import union

HOUR = 3600
NINE_HOURS = Asked(9 * HOUR, days=3)
EVENINGS = [0, 48 * HOUR, 72 * HOUR]


def evening(start: int, *credited: tuple[int, int], **more) -> WeekSession:
    """A session of three hours from `start`; `credited` is in seconds from the start."""
    day = date(2026, 9, 14) + timedelta(seconds=start)
    spans = [(start + a, start + b) for a, b in credited]
    fields = {"session": f"at {start // HOUR}", "service_date": day} | more
    return WeekSession(scheduled=[(start, start + 3 * HOUR)], credited=spans, **fields)


def test_a_week_in_which_everything_is_ahead_is_not_short() -> None:
    found = forecast(NINE_HOURS, [evening(start) for start in EVENINGS], [], now=-1)
    assert (found.credited_s, found.still_scheduled_s, found.shortfall_s) == (0, 9 * HOUR, 0)
    assert (found.unavoidable_since, found.days, found.days_short, found.final) == (None, 3, 0, False)


def test_the_first_lost_second_of_a_week_without_slack_is_the_moment() -> None:
    missed = evening(0, (0, 600), (675, 3 * HOUR))
    week = [missed, *(evening(start) for start in EVENINGS[1:])]
    assert forecast(NINE_HOURS, week, [], now=600).shortfall_s == 0
    found = forecast(NINE_HOURS, week, [], now=601)
    assert (found.shortfall_s, found.unavoidable_since) == (1, 601)
    later = forecast(NINE_HOURS, week, [], now=48 * HOUR)
    assert (later.shortfall_s, later.unavoidable_since) == (75, 601)


def test_slack_is_used_before_there_is_a_shortfall() -> None:
    week = [evening(0, (0, 3 * HOUR)), evening(EVENINGS[1], (1000, 3 * HOUR)), evening(EVENINGS[2])]
    found = forecast(Asked(9 * HOUR - 900), week, [], now=EVENINGS[1] + 5000)
    assert (found.shortfall_s, found.unavoidable_since) == (100, EVENINGS[1] + 901)


def test_an_early_end_that_takes_the_rest_makes_the_shortfall_unavoidable() -> None:
    week = [evening(0, (0, 2 * HOUR), over_at=2 * HOUR), *(evening(start) for start in EVENINGS[1:])]
    assert forecast(NINE_HOURS, week, [], now=2 * HOUR - 1).shortfall_s == 0
    found = forecast(NINE_HOURS, week, [], now=20 * HOUR)
    assert (found.shortfall_s, found.unavoidable_since) == (HOUR, 2 * HOUR)


def test_credit_in_an_extended_evening_can_remove_the_shortfall() -> None:
    week = [evening(0, (600, 3 * HOUR + 600)), *(evening(start) for start in EVENINGS[1:])]
    assert forecast(NINE_HOURS, week, [], now=3 * HOUR).shortfall_s == 600
    assert forecast(NINE_HOURS, week, [], now=4 * HOUR).shortfall_s == 0


def test_a_schedule_with_too_few_seconds_is_short_from_the_start() -> None:
    found = forecast(NINE_HOURS, [evening(start) for start in EVENINGS[:2]], [], now=-5)
    assert (found.shortfall_s, found.unavoidable_since, found.days_short) == (3 * HOUR, -5, 1)


def test_which_sessions_make_up_a_shortfall_and_until_when() -> None:
    week = [evening(0), *(evening(start) for start in EVENINGS[1:])]
    tuesday, friday = evening(24 * HOUR, session="tuesday"), evening(96 * HOUR, session="friday")
    short = WeekSession(session="short", service_date=date(2026, 9, 18), scheduled=[(90 * HOUR, 92 * HOUR)])
    found = forecast(NINE_HOURS, week, [friday, short, tuesday], now=4 * HOUR)
    assert found.shortfall_s == 3 * HOUR
    assert found.make_up == (
        MakeUp("tuesday", 10_800, True),
        MakeUp("short", 7200, False),
        MakeUp("friday", 10_800, True),
    )
    assert found.latest_make_up == 96 * HOUR


def test_make_ups_may_be_enough_together_when_none_is_alone() -> None:
    week = [evening(start) for start in EVENINGS]
    halves = [
        WeekSession(session=n, service_date=date(2026, 9, 18), scheduled=[(at, at + 5400)])
        for n, at in (("a", 90 * HOUR), ("b", 95 * HOUR))
    ]
    found = forecast(NINE_HOURS, week, halves, now=4 * HOUR)
    assert [each.enough for each in found.make_up] == [False, False]
    assert found.latest_make_up == 90 * HOUR
    assert forecast(NINE_HOURS, week, halves[:1], now=4 * HOUR).latest_make_up is None


def test_a_make_up_at_the_same_time_as_an_own_session_adds_nothing() -> None:
    week = [evening(start) for start in EVENINGS]
    found = forecast(NINE_HOURS, week, [evening(EVENINGS[1], session="parallel")], now=4 * HOUR)
    assert (found.make_up, found.latest_make_up) == ((), None)


def test_a_pull_out_does_not_count_twice() -> None:
    group = evening(0)
    pulled = WeekSession(session="I", service_date=group.service_date, scheduled=[(HOUR, 2 * HOUR)])
    assert forecast(Asked(3 * HOUR + 1), [group, pulled], [], now=0).shortfall_s == 1


def test_a_forecast_is_final_when_every_session_of_the_week_is() -> None:
    over = [evening(start, (0, 3 * HOUR), final=True) for start in EVENINGS]
    assert forecast(NINE_HOURS, over, [], now=100 * HOUR).final
    open_one = evening(EVENINGS[-1], (0, 3 * HOUR))
    assert not forecast(NINE_HOURS, [*over[:-1], open_one], [], now=100 * HOUR).final


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3).map(union)


@given(
    st.lists(st.tuples(spans, spans, st.none() | st.integers(0, 40)), max_size=3),
    st.integers(0, 60),
    st.integers(0, 45),
)
@settings(max_examples=300, derandomize=True, database=None, deadline=None)
def test_the_shortfall_begins_at_the_first_second_after_which_it_remained(week, asked: int, now: int) -> None:
    sessions = [
        WeekSession(
            session=str(n), service_date=date(2026, 9, 14), scheduled=scheduled, credited=credited, over_at=over_at
        )
        for n, (scheduled, credited, over_at) in enumerate(week)
    ]
    found = forecast(Asked(asked), sessions, [], now)
    if not found.shortfall_s:
        assert found.unavoidable_since is None
        return
    stayed = now
    while stayed > -1 and forecast(Asked(asked), sessions, [], stayed - 1).shortfall_s:
        stayed -= 1
    from_the_beginning = min([now, *(edge for session in sessions for edge in edges(session))])
    assert found.unavoidable_since == (from_the_beginning if stayed == -1 else stayed)


def edges(session: WeekSession) -> list[int]:
    planned = [edge for span in (*session.scheduled, *session.credited) for edge in span]
    return planned if session.over_at is None else [*planned, session.over_at]
