"""Slow steps are shown with the time they took."""

import io
import re

import pytest
from rich.console import Console

from vesper.run.steps import Steps


def test_without_a_terminal_each_step_is_two_plain_lines() -> None:
    written = io.StringIO()
    with Steps(Console(file=written)).step("Starting Postgres", "Postgres started"):
        pass
    assert re.fullmatch(r"Starting Postgres …\n✓ Postgres started \(\d\.\d s\)\n", written.getvalue())


def test_a_failed_step_is_not_shown_as_done() -> None:
    written = io.StringIO()
    with pytest.raises(ZeroDivisionError), Steps(Console(file=written)).step("Dividing", "Divided"):
        raise ZeroDivisionError
    assert written.getvalue() == "Dividing …\n"


def test_a_terminal_keeps_only_finished_steps() -> None:
    written = io.StringIO()
    with Steps(Console(file=written, force_terminal=True, width=80)).step("Starting", "Started"):
        pass
    assert "Started" in written.getvalue().rsplit("\r", 1)[-1]
