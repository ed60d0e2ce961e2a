"""Log lines that programs can read: with ids only, never names, people's words, tickets or queries.

Our own lines keep their message. A library's line shows only its place in the library's source: its message may
quote a request, an address, a session description or a row. Errors show their types and frames, never their messages.
"""

import asyncio
import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import msgspec

from runtime.safe_errors import described, is_ours
from runtime.settings import Settings

log = logging.getLogger(__name__)

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}
"""The attributes of every record; the others were passed as `extra`."""

_QUIET = ("aioice", "aiortc", "asyncio", "websockets", "aiohttp.access")
"""Libraries that log every request or packet below the level of a warning."""


def configure(settings: Settings) -> None:
    """Send this process's log lines to standard error, in the format and from the level that `settings` name.

    Uncaught errors and Python warnings are logged the same way.
    """
    handler = Lines()
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread


class Lines(logging.StreamHandler[TextIO]):
    """Standard error; a line that cannot be written is reported without its content."""

    def handleError(self, record: logging.LogRecord) -> None:
        self.stream.write(f"a line of {record.name} could not be written ({record.module}:{record.lineno})\n")


class TextLines(logging.Formatter):
    """`18:03:07 info signaling.hosting.rooms: room opened session=… epoch=1`."""

    def format(self, record: logging.LogRecord) -> str:
        at = _moment(record).strftime("%H:%M:%S")
        details = "".join(f" {name}={value}" for name, value in details_of(record).items())
        line = f"{at} {record.levelname.lower()} {record.name}: {message_of(record)}{details}"
        trace = trace_of(record)
        return f"{line}\n{trace}" if trace else line


class JsonLines(logging.Formatter):
    """One JSON object per line: `at`, `level`, `logger`, `message`, and the details by name."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        line |= details_of(record)
        if trace := trace_of(record):
            line["traceback"] = trace
        return msgspec.json.encode(line, enc_hook=str).decode()


def message_of(record: logging.LogRecord) -> str:
    """The message; for a library's line, only its place in the library's source."""
    if is_ours(record.name):
        return record.getMessage()
    return f"{Path(record.pathname).name}:{record.lineno}" if record.pathname else "a library's line"


def details_of(record: logging.LogRecord) -> dict[str, object]:
    """The details that our own code added with `extra`."""
    if not is_ours(record.name):
        return {}
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


def trace_of(record: logging.LogRecord) -> str | None:
    """The record's error without its message; for a library's line, only our own frames."""
    error = record.exc_info[1] if record.exc_info else None
    return described(error, whole=is_ours(record.name)) if error else None


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | asyncio.CancelledError):
        return
    log.critical("the process ends by an unforeseen error", exc_info=(kind, error, trace))


def _unraisable(unraisable: Any) -> None:
    log.error("an error could not be raised", exc_info=unraisable.exc_value)


def _uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.error("a thread ended by an unforeseen error", exc_info=failed.exc_value)
