"""Log lines for people and for programs."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.logs import JsonLines, TextLines, configure
from runtime.settings import MigrationSettings

NEEDLE = "dana.moore@riverbend.example"
PROJECT = Path(__file__).parents[2]


def record(**details: object) -> logging.LogRecord:
    made = logging.makeLogRecord(
        {"name": "signaling.hosting.rooms", "levelname": "INFO", "msg": "room %s", "args": ("opened",)}
    )
    made.created = 1_767_636_187.5
    vars(made).update(details)
    return made


def test_a_line_for_people() -> None:
    assert TextLines().format(record(session="s-1", epoch=1)) == (
        "18:03:07 info signaling.hosting.rooms: room opened session=s-1 epoch=1"
    )


def test_a_line_for_programs() -> None:
    assert json.loads(JsonLines().format(record(session="s-1"))) == {
        "at": "2026-01-05T18:03:07.500000Z",
        "level": "info",
        "logger": "signaling.hosting.rooms",
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


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_an_error_is_shown_by_its_types_and_frames_and_never_by_its_message(formatter: logging.Formatter) -> None:
    try:
        try:
            raise ValueError(NEEDLE)
        except ValueError as cause:
            raise ExceptionGroup(NEEDLE, [KeyError(NEEDLE)]) from cause
    except ExceptionGroup:
        line = formatter.format(record(exc_info=sys.exc_info()))
    assert all(kind in line for kind in ("ValueError", "ExceptionGroup", "KeyError"))
    assert "tests/runtime/test_logs.py" in line and NEEDLE not in line


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
@pytest.mark.parametrize(
    "library", ["aiohttp.server", "websockets.server", "asyncio", "aioice.ice", "py.warnings", "root"]
)
def test_a_librarys_line_shows_only_its_place_in_the_source(formatter: logging.Formatter, library: str) -> None:
    try:
        raise ValueError(NEEDLE)
    except ValueError:
        made = logging.LogRecord(library, logging.ERROR, "/x/web_protocol.py", 7, f"bad %s {NEEDLE}", (NEEDLE,), None)
        made.exc_info = sys.exc_info()
        made.peer = NEEDLE
    line = formatter.format(made)
    assert NEEDLE not in line
    assert "error" in line and library in line and "web_protocol.py:7" in line and "ValueError" in line


@pytest.fixture
def configured() -> Iterator[None]:
    """A process with its logs configured, and restored afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, sys.unraisablehook, threading.excepthook)
    before = root.handlers[:], root.level
    configure(MigrationSettings(owner_database_url="postgresql://x"))
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level = before
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks


@pytest.mark.usefixtures("configured")
def test_libraries_that_log_each_request_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(sys.stderr)
    logging.getLogger("aiohttp.access").info("GET /join?secret")
    logging.getLogger("server").info("listening")
    written = capsys.readouterr().err
    assert "listening" in written and "aiohttp" not in written


ENDS = {
    "an uncaught error": f"raise ValueError('{NEEDLE}')",
    "an error in a thread": f"t = threading.Thread(target=int, args=('{NEEDLE}',)); t.start(); t.join()",
    "a task that is never awaited": f"asyncio.run(forget('{NEEDLE}'))",
    "an error while an object is deleted": f"Dying('{NEEDLE}')",
    "a warning": f"warnings.warn('{NEEDLE}')",
    "a line that cannot be formatted": f"logging.getLogger('server').error('two %s %s', '{NEEDLE}')",
}
PROLOGUE = """
import asyncio, gc, logging, threading, warnings
from runtime.logs import configure
from runtime.settings import Settings
class Dying(str):
    def __del__(self): raise ValueError(str(self))
async def forget(text):
    asyncio.get_running_loop().create_task(fail(text))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
async def fail(text): raise ValueError(text)
configure(Settings())
"""


@pytest.mark.parametrize("end", ENDS)
def test_no_error_leaves_the_process_with_its_message(end: str) -> None:
    """The program joins the needle at run time, so that no line of source shows it."""
    program = PROLOGUE + ENDS[end].replace(f"'{NEEDLE}'", f"'{NEEDLE[:5]}' + '{NEEDLE[5:]}'")
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.stderr.strip() and NEEDLE not in done.stdout + done.stderr, done.stderr
