"""Mails by their kinds. A mail of a secret kind carries a link or a code that is made when it is sent."""

from datetime import datetime
from typing import Literal

import msgspec

Language = Literal["en", "es"]
MailKind = Literal[
    "invitation",
    "password_reset",
    "email_change",
    "email_changed",
    "invited_elsewhere",
    "identity_code",
    "guest_link",
    "join_link",
]
"""`email_change` goes to the new address with a link that confirms it, `email_changed` to the old one.
`invited_elsewhere`: another clinic invited somebody with this person's address."""

SECRET: frozenset[MailKind] = frozenset({
    "invitation", "password_reset", "email_change", "identity_code", "guest_link", "join_link",
})  # fmt: skip
"""The kinds that carry a secret, so that their text is shown and stored nowhere."""

MailState = Literal["waiting", "sent", "failed", "dropped", "handed_over"]
"""`dropped`: what the mail was about is over. `handed_over`: staff took its secret from the server's command line."""


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to one person or address; `reference` is the id of what it is about."""

    id: str
    clinic: str
    kind: MailKind
    reference: str | None = None
    person: str | None = None
    address: str | None = None
    """Without one, the mail goes to the person's own address at the time of sending."""
    language: Language = "en"
    queued_at: datetime
    state: MailState = "waiting"
    tries: int = 0
    sent_at: datetime | None = None
    error: str | None = None


def message_id(mail: Mail, domain: str) -> str:
    """The Message-ID of this try, the same whenever it is worked out.

    A mailbox shows two mails with one id as one. Every try of a secret kind has a new secret, so it has its own id;
    other mails keep theirs.
    """
    part = f".{mail.tries}" if mail.kind in SECRET else ""
    return f"<{mail.id}{part}@{domain}>"
