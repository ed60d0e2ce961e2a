"""Before anybody is signed in: a clinic's own door, and an invitation that is accepted with the clinic's provider."""

from aiohttp import web

from domain.access.single_sign_on import Provider
from server.access import attempts
from server.access.invitations import invited_by
from server.http import homes, origins
from server.http.calls import Call
from server.http.routes import ANYONE, Route
from server.people.payloads import OpenInvitation
from server.single_sign_on import going
from server.single_sign_on.payloads import ProviderDoor, ProviderQuestion
from store.single_sign_on import providers


async def show_door(call: Call[None]) -> ProviderDoor:
    """The clinic's own way to sign in. Only who was given the clinic's link knows the id in it."""
    provider = await _provider(call)
    return ProviderDoor(clinic=provider.clinic, clinic_name=provider.clinic_name, label=provider.label)


async def begin_sign_in(call: Call[None]) -> web.StreamResponse:
    """Go to the clinic's provider, to be signed in."""
    await _count(call)
    return await going.send(call, await _provider(call), "sign_in")


async def begin_by_invitation(call: Call[OpenInvitation]) -> web.StreamResponse:
    """Go to the clinic's provider, to accept an invitation with an account there instead of a password."""
    invited = await invited_by(call, call.asked.link)
    async with call.database.transaction() as tx:
        provider = await going.provider_of(tx, invited.clinic)
    return await going.send(call, provider, "invitation", person=invited.person, invitation=invited.invitation)


async def _provider(call: Call[None]) -> Provider:
    clinic = call.ids["clinic"]
    await homes.settle(call, lambda tx: providers.of_clinic(tx, clinic))
    async with call.database.transaction() as tx:
        return await going.provider_of(tx, clinic)


async def _count(call: Call[None]) -> None:
    """Delay who begins very often, as each begin costs a row and perhaps a request to the provider."""
    subjects = attempts.provider_subjects(origins.origin_of(call.request), call.settings.ticket_key)
    async with call.database.transaction() as tx:
        await attempts.check(tx, subjects, call.now)
        await attempts.fail(tx, subjects, call.now)


ROUTES = (
    Route(
        method="GET", path="/api/providers/{clinic}", handler=show_door, who=ANYONE, audited=False,
        response=ProviderDoor,
    ),
    Route(
        method="POST", path="/api/providers/{clinic}/sign-in", handler=begin_sign_in, who=ANYONE, audited=False,
        response=ProviderQuestion,
    ),
    Route(
        method="POST", path="/api/invitations/provider", handler=begin_by_invitation, who=ANYONE, audited=True,
        request=OpenInvitation, response=ProviderQuestion,
    ),
)  # fmt: skip
