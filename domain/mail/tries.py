"""How often a mail is tried, and when it is given up."""

from datetime import datetime, timedelta
from typing import Literal

from domain.mail.mails import Mail

GIVE_UP = timedelta(days=1)
"""How long after it was queued a mail is tried."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
LEASE = timedelta(minutes=5)
"""How long a sender has for one try. Another takes the mail over after that: this one has died."""

Trouble = Literal["for_now", "for_good"]
"""Whether the same mail may be accepted later."""


def wait(tries: int) -> timedelta:
    """The pause after so many tries: doubled each time, up to `LONGEST_WAIT`."""
    doublings = min(max(tries - 1, 0), 16)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def next_try(mail: Mail, trouble: Trouble, now: datetime) -> datetime | None:
    """When to try again a mail whose try failed; None: give it up."""
    again = now + wait(mail.tries)
    return None if trouble == "for_good" or again > mail.queued_at + GIVE_UP else again
