"""Texts that tests add to the final summary, from any process."""

from collections.abc import Callable

import pytest

_PROPERTY = "closing"


@pytest.fixture
def summary_line(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Prints a text after all tests."""
    return lambda text: record_property(_PROPERTY, text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests reported."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == _PROPERTY:
                terminalreporter.write_line(str(text))
