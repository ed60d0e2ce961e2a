"""Identity: a code to the person's own contact, and the browsers in which it was given.

A personal link can be forwarded or found, so it only opens the door. Hours and signatures ask for more.
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

CODE_LIFE = timedelta(minutes=10)
"""How long a code works, from its sending; and how long after it was asked for it may still be sent."""
TRIES = 5
"""How many wrong codes a person may give in a row. After that staff must help."""
BROWSER_LIFE = timedelta(days=30)
"""How long a browser counts after a right code."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person's codes go."""

    address: str
    set_at: datetime
    set_by: str
    wrong_tries: int
    shared: bool
    """Whether another client of the clinic has the same address: a code to it would prove nothing."""

    @property
    def is_locked(self) -> bool:
        """Whether too many wrong codes were given."""
        return self.wrong_tries >= TRIES

    @property
    def may_be_asked(self) -> bool:
        """Whether codes are sent to it."""
        return not self.shared and not self.is_locked


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """The code that a person asked for last; `digest` is None until it is sent."""

    id: str
    digest: bytes | None
    expires_at: datetime | None
    used_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be given."""
        return (
            self.digest is not None and self.used_at is None and self.expires_at is not None and now < self.expires_at
        )


Verdict = Literal["right", "wrong", "nothing_to_try"]
"""`nothing_to_try`: no code could have been right, so none was guessed at."""


def judge(contact: Contact | None, code: Code | None, matches: bool, now: datetime) -> Verdict:
    """Whether a given code is right; `matches` says whether its digest is the code's."""
    if contact is None or not contact.may_be_asked or code is None or not code.is_open(now):
        return "nothing_to_try"
    return "right" if matches else "wrong"


class IdentifiedBrowser(msgspec.Struct, frozen=True, kw_only=True):
    """A browser in which the person gave a right code."""

    id: str
    identified_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Whether it still proves who sits at it."""
        return self.revoked_at is None and now < self.expires_at
