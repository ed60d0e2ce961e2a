"""Log a lasting outage when it begins, when its cause changes and when it is over; not at each attempt."""

import errno
import logging


class Outage:
    """Whether a service is out of reach, for a loop that tries again."""

    def __init__(self, log: logging.Logger, trouble: str, over: str, **details: object) -> None:
        """`trouble` and `over` are the log messages of its beginning and end; `details` go with both."""
        self._log = log
        self._trouble = trouble
        self._over = over
        self._details = details
        self._cause: str | None = None

    def met(self, error: BaseException) -> None:
        """Record that an attempt failed."""
        cause = cause_of(error)
        if cause != self._cause:
            self._log.warning(self._trouble, extra={**self._details, "cause": cause})
        self._cause = cause

    def passed(self) -> None:
        """Record that an attempt succeeded."""
        if self._cause is not None:
            self._log.info(self._over, extra=self._details)
        self._cause = None


def cause_of(error: BaseException) -> str:
    """The cause of an error, by its type and code alone: a database's messages quote values."""
    cause = error.__cause__ or error
    number = cause.errno if isinstance(cause, OSError) else None
    code = getattr(cause, "sqlstate", None) or (errno.errorcode.get(number) if number else None)
    return " ".join(filter(None, (type(cause).__name__, code)))
