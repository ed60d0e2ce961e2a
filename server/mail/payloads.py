"""What the outbox answers."""

from domain.events.fact import Instant
from domain.mail.mails import MailKind, MailState
from server.http.payloads import View


class MailText(View, frozen=True, kw_only=True):
    subject: str
    body: str


class OutboxMail(View, frozen=True, kw_only=True):
    """One mail. Its text is here only while no mail server is set up, and never if it carries a link or a code."""

    id: str
    kind: MailKind
    secret: bool
    """Whether it carries a link or a code, which this page never shows."""
    person: str | None
    name: str | None
    address: str | None
    state: MailState
    queued_at: Instant
    sent_at: Instant | None
    tries: int
    error: str | None
    """The mail server's code, such as `550`, or what else went wrong: `connection`, `timeout`, `sign_in`, `sender`."""
    text: MailText | None


class Outbox(View, frozen=True, kw_only=True):
    """The clinic's mails, newest first; `next` is the id to pass as `after` for older ones."""

    sends: bool
    """Whether a mail server is set up."""
    items: tuple[OutboxMail, ...]
    next: str | None
