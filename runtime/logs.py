"""Log lines that programs can read and that name nobody: ids only, never people, their words, tickets or queries."""

import logging
from datetime import UTC, datetime

import msgspec

from runtime.settings import Settings

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}
"""What every record has; the rest was given as `extra`."""

_QUIET = ("aioice", "aiortc", "asyncio", "websockets", "aiohttp.access")
"""Libraries whose lines below a warning tell of addresses, descriptions or every request."""


def configure(settings: Settings) -> None:
    """Send this process's log lines to standard error, in the format and from the level that `settings` name."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class TextLines(logging.Formatter):
    """`18:03:07 info signaling.rooms: room opened session=… epoch=1`."""

    def format(self, record: logging.LogRecord) -> str:
        at = _moment(record).strftime("%H:%M:%S")
        details = "".join(f" {name}={value}" for name, value in details_of(record).items())
        line = f"{at} {record.levelname.lower()} {record.name}: {record.getMessage()}{details}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonLines(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `message`, and the details by name."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= details_of(record)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


def details_of(record: logging.LogRecord) -> dict[str, object]:
    """What the caller added with `extra`."""
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)
