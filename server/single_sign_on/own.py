"""One's own account at the clinic's provider: linked, unlinked, and used to confirm who sits here."""

from aiohttp import web

from domain.errors import Conflict, NotFound, NotLinked
from server.access.confirmation import OWN as WHATEVER_STANDING
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.single_sign_on import going
from server.single_sign_on.payloads import OwnProvider, ProviderQuestion
from store.people import passwords
from store.single_sign_on import accounts, providers

OWN = Staff("sign_in.own")


async def show_own(call: Call[None]) -> OwnProvider:
    """Whether your clinic has a provider, and whether your account there is linked."""
    staff = call.own
    async with call.database.transaction() as tx:
        provider = await providers.of_clinic(tx, staff.clinic)
        if provider is None:
            return OwnProvider(label=None)
        account = await accounts.of_person(tx, staff.clinic, staff.person, provider.issuer)
        has_password = await passwords.of_person(tx, staff.clinic, staff.person) is not None
    return OwnProvider(
        label=provider.label,
        linked=account.linked_at if account else None,
        last_used=account.last_used_at if account else None,
        has_password=has_password,
    )


async def begin_link(call: Call[None]) -> web.StreamResponse:
    """Go to your clinic's provider, to link your account there with you."""
    call.check_confirmed()
    staff = call.staff
    async with call.database.transaction() as tx:
        provider = await going.provider_of(tx, staff.clinic)
        if await accounts.of_person(tx, staff.clinic, staff.person, provider.issuer) is not None:
            raise Conflict("You have an account linked already. Unlink it first.")
    return await going.send(call, provider, "link", person=staff.person)


async def begin_confirmation(call: Call[None]) -> web.StreamResponse:
    """Go to your clinic's provider, to prove once more who you are."""
    staff = call.own
    async with call.database.transaction() as tx:
        provider = await going.provider_of(tx, staff.clinic)
        if await accounts.of_person(tx, staff.clinic, staff.person, provider.issuer) is None:
            raise NotLinked
    return await going.send(call, provider, "confirm", person=staff.person)


async def unlink(call: Call[None]) -> None:
    """Unlink your account at the provider. Who has no password keeps it: it is their only way in."""
    call.check_confirmed()
    staff = call.staff
    call.concerns(staff.person)
    async with call.database.transaction() as tx:
        provider = await going.provider_of(tx, staff.clinic)
        if await passwords.of_person(tx, staff.clinic, staff.person) is None:
            raise Conflict("You have no password, so this is your only way in.")
        if not await accounts.unlink(tx, staff.clinic, staff.person, provider.issuer):
            raise NotFound


ROUTES = (
    Route(
        method="GET", path="/api/me/provider", handler=show_own, who=WHATEVER_STANDING, audited=False,
        response=OwnProvider,
    ),
    Route(
        method="POST", path="/api/me/provider/link", handler=begin_link, who=OWN, audited=False,
        response=ProviderQuestion,
    ),
    Route(
        method="POST", path="/api/me/provider/confirmation", handler=begin_confirmation, who=WHATEVER_STANDING,
        audited=False, response=ProviderQuestion,
    ),
    Route(method="DELETE", path="/api/me/provider", handler=unlink, who=OWN, audited=True),
)  # fmt: skip
