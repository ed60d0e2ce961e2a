"""What a command that could not be carried out says, in a sentence."""

from domain.errors import Refusal
from runtime.errors import CannotStart, for_operator
from store import errors


def sentence(error: Exception) -> str | None:
    """What to tell whoever ran a command that ended so; None when it is a bug, which keeps its traceback."""
    known = for_operator(error) if isinstance(error, Refusal | CannotStart | OSError) else None
    return errors.for_operator(error) if known is None else str(known)
