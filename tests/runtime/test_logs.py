"""Log lines for people and for programs."""

import json
import logging
import sys

import pytest

from runtime.logs import JsonLines, TextLines, configure
from runtime.settings import MigrationSettings


def record(**details: object) -> logging.LogRecord:
    made = logging.makeLogRecord(
        {"name": "signaling.rooms", "levelname": "INFO", "msg": "room %s", "args": ("opened",)}
    )
    made.created = 1_767_636_187.5
    vars(made).update(details)
    return made


def test_a_line_for_people() -> None:
    assert TextLines().format(record(session="s-1", epoch=1)) == (
        "18:03:07 info signaling.rooms: room opened session=s-1 epoch=1"
    )


def test_a_line_for_programs() -> None:
    assert json.loads(JsonLines().format(record(session="s-1"))) == {
        "at": "2026-01-05T18:03:07.500000Z",
        "level": "info",
        "logger": "signaling.rooms",
        "message": "room opened",
        "session": "s-1",
    }


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_a_bug_keeps_its_traceback(formatter: logging.Formatter) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        made = record(exc_info=sys.exc_info())
    assert "ZeroDivisionError" in formatter.format(made)


def test_libraries_that_would_tell_each_request_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:]
    try:
        configure(MigrationSettings(owner_database_url="postgresql://x"))
        logging.getLogger("aiohttp.access").info("GET /join?secret")
        logging.getLogger("server").info("listening")
    finally:
        logging.getLogger().handlers[:] = before
    written = capsys.readouterr().err
    assert "listening" in written and "secret" not in written
