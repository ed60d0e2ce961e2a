"""Messages for the operator of a process: one sentence that says what is wrong and how to fix it."""

import errno
from collections.abc import Iterator

from domain.errors import Refusal


class CannotStart(Exception):
    """The process cannot start or continue; the text is one sentence that says what to do."""


def for_operator(error: BaseException) -> Exception | None:
    """The error to show to the operator for `error`, or None for a bug, which keeps its traceback."""
    return next(filter(None, map(_of_one, _leaves(error))), None)


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """The exceptions in nested groups."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _of_one(error: BaseException) -> Exception | None:
    if isinstance(error, Refusal | CannotStart):
        return error
    if not isinstance(error, OSError) or not error.strerror:
        return None
    if error.errno in {errno.EADDRINUSE, errno.EADDRNOTAVAIL}:
        return CannotStart(f"Stop the program that holds the port, or choose another one: {error.strerror}.")
    if error.filename:
        return CannotStart(f"{error.filename}: {error.strerror.lower()}; check that it is there and may be used.")
    return None
