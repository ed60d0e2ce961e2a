"""What each kind of mail carries. Its secret is made here, when the mail is sent, and its digest is stored with it.

The digest is committed before the mail leaves, so that a link works when it arrives. Each try makes a new secret, and
the one of an earlier try stops working.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import msgspec

from domain.mail.mails import Mail, MailKind
from runtime.secrets import codes, random_secrets
from store.access import email_changes, guest_links, identity_codes, invitations, password_resets
from store.database import Transaction


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What mails are made with. `origin` is the address of the web app."""

    origin: str
    code_key: bytes
    """The key of the digests of codes."""


Prepare = Callable[[Transaction, Mail, Desk, datetime], Awaitable[str | None]]
"""Makes the mail's link or code, "" for a kind without one. None: what the mail is about is over; it is not sent."""
PutDigest = Callable[[Transaction, str, str, bytes, datetime], Awaitable[bool]]
"""Store a new secret's SHA-256 with what is referred to: `put_digest(tx, clinic, reference, digest, now)`. False when
it was used, withdrawn, has expired or does not exist."""


def without_secret() -> Prepare:
    """Prepares a mail that carries no secret."""

    async def prepare(_tx: Transaction, _mail: Mail, _desk: Desk, _now: datetime) -> str | None:
        return ""

    return prepare


def link_to(page: str, put_digest: PutDigest) -> Prepare:
    """Prepares a mail with a link to this page of the web app, with its secret in the fragment."""

    async def prepare(tx: Transaction, mail: Mail, desk: Desk, now: datetime) -> str | None:
        secret = random_secrets.new()
        if not await put_digest(tx, mail.clinic, mail.reference or "", random_secrets.digest(secret), now):
            return None
        return f"{desk.origin}{page}#{secret}"

    return prepare


async def identity_code(tx: Transaction, mail: Mail, desk: Desk, now: datetime) -> str | None:
    """Prepares a mail with a code of six digits."""
    code, id = codes.new(), mail.reference or ""
    put = await identity_codes.put_digest(tx, mail.clinic, id, codes.digest(desk.code_key, id, code), now)
    return code if put else None


KINDS: Mapping[MailKind, Prepare] = {
    "invitation": link_to("/invitation", invitations.put_digest),
    "invited_elsewhere": without_secret(),
    "email_changed": without_secret(),
    "identity_code": identity_code,
    "password_reset": link_to("/reset", password_resets.put_digest),
    "email_change": link_to("/confirm-email", email_changes.put_digest),
    "guest_link": link_to("/join", guest_links.put_digest),
}
"""How each kind is prepared."""
