"""The sentence for a command that failed."""

from domain.errors import Refusal
from runtime.errors import CannotStart, for_operator
from store import errors


def sentence(error: Exception) -> str | None:
    """The sentence for the operator about `error`; None for a bug, which keeps its traceback."""
    known = for_operator(error) if isinstance(error, Refusal | CannotStart | OSError) else None
    return errors.for_operator(error) if known is None else str(known)
