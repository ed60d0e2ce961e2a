"""Log lines that programs can read and that name nobody: ids only, never people, their words, tickets or queries.

Our own lines say what we wrote into them. A library's line says only where it came from: what a library writes may
quote a request, an address, a description or a row. Errors show their types and frames, never their words.
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
"""What every record has; the rest was given as `extra`."""

_QUIET = ("aioice", "aiortc", "asyncio", "websockets", "aiohttp.access")
"""Libraries whose lines below a warning are about every request and packet."""


def configure(settings: Settings) -> None:
    """Send this process's log lines to standard error, in the format and from the level that `settings` name.

    Errors that nobody caught, and warnings, leave the process by the same door.
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
    """Standard error; a line that cannot be written is reported without what it holds."""

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
    """One JSON object a line: `at`, `level`, `logger`, `message`, and the details by name."""

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
    """What the line says: of a library's line, only the place in the library that wrote it."""
    if is_ours(record.name):
        return record.getMessage()
    return f"{Path(record.pathname).name}:{record.lineno}" if record.pathname else "a library's line"


def details_of(record: logging.LogRecord) -> dict[str, object]:
    """What our own code added with `extra`."""
    if not is_ours(record.name):
        return {}
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


def trace_of(record: logging.LogRecord) -> str | None:
    """The error of the record, without its words; of a library's line only our own frames."""
    error = record.exc_info[1] if record.exc_info else None
    return described(error, whole=is_ours(record.name)) if error else None


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | asyncio.CancelledError):
        return
    log.critical("the process ends by an error that nobody foresaw", exc_info=(kind, error, trace))


def _unraisable(unraisable: Any) -> None:
    log.error("an error had nowhere to go", exc_info=unraisable.exc_value)


def _uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        log.error("a thread ended by an error that nobody foresaw", exc_info=failed.exc_value)
