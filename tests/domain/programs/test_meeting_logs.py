"""What a client may write into their log of meetings."""

from datetime import date, timedelta

import pytest

from domain.errors import InvalidInput
from domain.programs.meeting_logs import MOST, LoggedMeeting, check_new

TODAY = date(2026, 11, 28)
MEETING = LoggedMeeting(id="1", met_on=TODAY, kind="secular", home_group=True, sponsor=False)


def test_a_meeting_of_today_may_be_written_down() -> None:
    check_new(MEETING, [], TODAY)


def test_a_meeting_that_lies_ahead_may_not() -> None:
    with pytest.raises(InvalidInput, match="lies ahead"):
        check_new(MEETING, [], TODAY - timedelta(days=1))


def test_a_log_has_an_end() -> None:
    with pytest.raises(InvalidInput, match="full"):
        check_new(MEETING, [MEETING] * MOST, TODAY)
