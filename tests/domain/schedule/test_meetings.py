"""The plan of a mutual-help meeting: its time, and nobody's name."""

from datetime import UTC, datetime, timedelta

from domain.events.schedule import MUTUAL_HELP, PolicyReference
from domain.schedule.meetings import meeting_plan
from domain.schedule.sessions import Session

SEVEN = datetime(2026, 11, 26, 19, tzinfo=UTC)


def test_a_meeting_is_planned_for_nobody() -> None:
    meeting = Session(
        id="m", clinic="c", program="p", kind=MUTUAL_HELP, title="Thursday meeting", timezone="America/New_York",
        starts=SEVEN, ends=SEVEN + timedelta(hours=1), policy=PolicyReference("evening-sud", 1, "digest"),
    )  # fmt: skip
    plan = meeting_plan(meeting)
    assert (plan.session, plan.start, plan.end, plan.roster) == ("m", SEVEN, SEVEN + timedelta(hours=1), ())
