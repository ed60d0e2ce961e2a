"""Who holds a link: a client with a personal link, or a client's guest."""

from typing import Any

import msgspec

from domain.access import door
from domain.access import guest_links as guests
from domain.access.guest_links import GuestHolder
from domain.access.links import LinkHolder
from domain.errors import LinkUnknown
from domain.programs import acts
from server.access import attempts
from server.http.calls import Actor, Call
from store.access import guest_links, join_links
from store.database import Transaction
from store.programs import acts as stored_acts


async def holder(call: Call[Any], secret: str) -> LinkHolder | GuestHolder:
    """The holder of a valid link. Only unknown links count as failures, by origin: a secret is random and long, so its
    lookup needs no other protection, and the holder of a known link never waits.

    Raises:
        LinkUnknown, LinkRevoked, LinkExpired, TooManyAttempts
    """
    found: LinkHolder | GuestHolder | None = await attempts.behind_link(call, secret, _find)
    if found is None:
        raise LinkUnknown
    call.acts(Actor(clinic=found.clinic, kind="person", id=found.person))
    call.concerns(found.person)
    if isinstance(found, GuestHolder):
        call.concerns(found.client)
        guests.check(found, call.now)
    else:
        door.check_link(found, call.now)
    return found


async def _find(tx: Transaction, digest: bytes) -> LinkHolder | GuestHolder | None:
    client = await join_links.holder(tx, digest)
    if client is None:
        return await guest_links.holder(tx, digest)
    if client.enrolment is None:
        return client
    return msgspec.structs.replace(
        client, days=acts.replay(await stored_acts.of_enrolment(tx, client.clinic, client.enrolment))
    )
