"""A guest's link: made on a release, and sent by mail or shown once."""

from datetime import datetime
from typing import Any

from domain.access.guest_links import GuestLink
from domain.access.links import address
from domain.errors import InvalidInput
from domain.mail.mails import Mail
from domain.people.ties import Tie
from domain.privacy.consents import Consent
from runtime.clock import new_id
from runtime.secrets import random_secrets
from server.guests import choosing
from server.guests.payloads import GuestFor
from server.http.calls import Call
from store.access import guest_links
from store.database import Transaction
from store.mail import outbox


async def make(tx: Transaction, call: Call[Any], on: tuple[Tie, Consent], wanted: GuestFor, at: str) -> str | None:
    """Make a guest's link for what is wanted, on their release. Its address, unless it is sent by mail.

    Raises:
        InvalidInput
    """
    tie, release = on
    if "attend" not in release.scopes:
        raise InvalidInput("To come to a session, the release must say so. Mark it there.", "$.release.scopes")
    if wanted.by_mail and tie.email is None:
        raise InvalidInput("Give the guest's e-mail address, or pass the link on yourself.", "$.email")
    link = GuestLink(
        id=new_id(),
        clinic=call.staff.clinic,
        guest=tie.guest,
        consent=release.id,
        role=tie.role,
        opens=await choosing.opened(tx, call.staff.clinic, release, wanted, at),
        created_at=call.now,
        created_by=call.staff.person,
        expires_at=choosing.end_of(release),
    )
    if wanted.by_mail:
        await guest_links.create(tx, link, None)
        await outbox.queue(tx, _mail(link, tie, call.now))
        return None
    secret = random_secrets.new()
    await guest_links.create(tx, link, random_secrets.digest(secret))
    return address(call.settings.public_origin, secret)


def _mail(link: GuestLink, tie: Tie, now: datetime) -> Mail:
    return Mail(
        id=new_id(),
        clinic=link.clinic,
        kind="guest_link",
        reference=link.id,
        person=tie.guest,
        address=tie.email,
        language=tie.language,
        queued_at=now,
    )
