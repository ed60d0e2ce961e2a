"""Errors as a log may show them: their types and frames, never their messages.

An error's message may hold values: a line of a request, a column of a row, a part of a message.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

PROJECT = Path(__file__).resolve().parents[1]
OURS = frozenset({"domain", "store", "runtime", "server", "signaling", "workers", "bots", "vesper", "bench", "tests"})
"""The packages of this project; all others are libraries."""
_DEEPEST = 8
"""Causes shown per error; a longer chain repeats itself."""


def is_ours(logger: str) -> bool:
    """Whether the logger with that name belongs to our own code."""
    return logger.partition(".")[0] in OURS


def described(error: BaseException, *, whole: bool) -> str:
    """The error's type and frames, its causes before it, as lines. `whole` shows the frames of libraries too."""
    chain = [*_chain(error)][:_DEEPEST]
    return "\n".join(line for one in reversed(chain) for line in _lines(one, whole))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then its causes."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _lines(error: BaseException, whole: bool) -> Iterator[str]:
    yield from _frames(error.__traceback__, whole)
    yield _name(error)
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from (f"  | {line}" for line in described(inner, whole=whole).splitlines())


def _frames(trace: TracebackType | None, whole: bool) -> Iterator[str]:
    for frame in traceback.extract_tb(trace, limit=-50):
        path = Path(frame.filename)
        mine = path.is_relative_to(PROJECT) and path.relative_to(PROJECT).parts[0] in OURS
        if mine or whole:
            shown = path.relative_to(PROJECT) if mine else Path(*path.parts[-2:])
            yield f"  {shown}:{frame.lineno} in {frame.name}"


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
