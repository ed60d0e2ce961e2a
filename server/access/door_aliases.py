"""At the door: what the holder of a link is called by the others in the room, and what else they may be called."""

from datetime import datetime

from domain.access.guest_links import GuestHolder
from domain.access.links import LinkHolder
from domain.errors import InvalidInput
from server.access import holders
from server.access.guest_payloads import AliasOffer, ConfirmAlias
from server.http.calls import Call
from server.http.routes import ANYONE, Route
from store.database import Transaction
from store.people import aliases, search

NOT_OFFERED = "This alias is not one of those offered, or somebody else took it meanwhile. Choose another."


async def confirm_alias(call: Call[ConfirmAlias]) -> AliasOffer:
    """Agree to the alias that the others see, or choose another of those offered."""
    holder = await holders.holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        offered = await offer(tx, holder, call.now)
        if call.asked.alias not in (offered.alias, *offered.others):
            raise InvalidInput(NOT_OFFERED, "$.alias")
        await aliases.reserve(tx, holder.clinic, holder.person, call.asked.alias, call.now)
        await aliases.confirm(tx, holder.clinic, holder.person, call.now)
        await search.renew(tx, holder.clinic, [holder.person])
        return await offer(tx, holder, call.now)


async def offer(tx: Transaction, holder: LinkHolder | GuestHolder, now: datetime) -> AliasOffer:
    """What the holder is called, and what else they may be called. Who has no alias gets the first suggestion."""
    await aliases.reserve_suggested(tx, holder.clinic, holder.person, holder.name, now)
    own = await aliases.find(tx, holder.clinic, holder.person)
    found = await aliases.suggestions(tx, holder.clinic, holder.person, holder.name, now)
    alias = own.alias if own else ""
    others = tuple(one for one in found if one != alias)
    return AliasOffer(alias=alias, confirmed=own is not None and own.confirmed_at is not None, others=others)


ROUTES = (
    Route(
        method="POST",
        path="/api/join-links/alias",
        handler=confirm_alias,
        who=ANYONE,
        audited=True,
        request=ConfirmAlias,
        response=AliasOffer,
    ),
)
