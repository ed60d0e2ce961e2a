"""What a test found worth reading stands in the closing summary, whichever process ran it."""

from collections.abc import Callable

import pytest

_PROPERTY = "closing"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Prints a text when all tests are done."""
    return lambda text: record_property(_PROPERTY, text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests reported."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == _PROPERTY:
                terminalreporter.write_line(str(text))
