"""An outage is logged when it begins, changes and ends, and not at each attempt."""

import errno
import logging

import pytest

from domain.errors import DatabaseAway
from runtime.outage import Outage, cause_of

log = logging.getLogger(__name__)


def away(behind: Exception) -> DatabaseAway:
    error = DatabaseAway()
    error.__cause__ = behind
    return error


def test_an_outage_is_logged_at_its_start_at_a_new_cause_and_at_its_end(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    outage = Outage(log, "away", "back", node="a")
    outage.passed()
    for error in (ConnectionError(), ConnectionError(), OSError(errno.ENOSPC, "full"), OSError(errno.ENOSPC, "full")):
        outage.met(error)
    outage.passed()
    outage.passed()
    assert [record.getMessage() for record in caplog.records] == ["away", "away", "back"]
    assert [vars(record).get("cause") for record in caplog.records] == ["ConnectionError", "OSError ENOSPC", None]
    assert {vars(record)["node"] for record in caplog.records} == {"a"}


def test_a_cause_is_named_by_its_type_and_never_by_its_values() -> None:
    assert cause_of(away(ValueError("pat@example.org"))) == "ValueError"
    assert cause_of(DatabaseAway("pat@example.org")) == "DatabaseAway"
