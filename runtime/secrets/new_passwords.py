"""Whether a new password is hard enough to guess."""

from collections.abc import Sequence

import zxcvbn

from domain.errors import InvalidInput

LENGTH = 12
"""The fewest characters."""
STRONG_ENOUGH = 3
"""Of zxcvbn's scores, from 0 to 4: safe even if its hash is stolen and slow to compute."""
_CONSIDERED = 72
"""Characters that are looked at: those behind only make it harder."""


def check(password: str, known: Sequence[str], path: str = "$.password") -> None:
    """Refuse a password that is short or common, or made of what others know: `known`, such as name and address.

    Raises:
        InvalidInput: at `path`.
    """
    if len(password) < LENGTH:
        raise InvalidInput(f"Choose a password of at least {LENGTH} characters.", path)
    words = [word for text in known for word in (text, *text.replace("@", " ").replace(".", " ").split())]
    score = zxcvbn.zxcvbn(password[:_CONSIDERED], user_inputs=words)["score"]
    if score < STRONG_ENOUGH:
        raise InvalidInput(
            "This password is easy to guess: it is common, or made of your name or address. "
            "Take a few words that do not belong together.",
            path,
        )
