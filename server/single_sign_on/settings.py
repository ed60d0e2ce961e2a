"""A clinic's provider: seen, set, tried and removed by administrators."""

from domain.access.single_sign_on import Provider, return_address, sign_in_address
from domain.errors import InvalidInput, NotFound
from runtime.fetching import NotFetched
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.single_sign_on import secrets, trying
from server.single_sign_on.documents import DOCUMENTS
from server.single_sign_on.payloads import ClinicProvider, ProviderSettings, SetProvider, Tried
from store.database import Transaction
from store.single_sign_on import accounts, providers

MANAGE = Staff("clinic.manage")
ADDRESS = {
    "not_https": "The address must begin with https://",
    "not_public": "This address is not on the public internet, so it cannot be asked from here.",
}


async def show(call: Call[None]) -> ClinicProvider:
    """Your clinic's provider, and the two addresses that it must know."""
    async with call.database.transaction() as tx:
        return await _shown(tx, call)


async def change(call: Call[SetProvider]) -> ClinicProvider:
    """Set your clinic's provider. Accounts are linked by issuer: with another issuer, everybody links theirs again."""
    call.check_confirmed()
    staff, asked = call.staff, call.asked
    call.concerns(staff.clinic)
    _check_issuer(call)
    async with call.database.transaction() as tx:
        known = await providers.of_clinic(tx, staff.clinic)
        secret = asked.client_secret
        if secret is None and known is None:
            raise InvalidInput("Give the secret that the provider has made for Vesper.", "$.client_secret")
        if secret is None and known is not None and known.issuer != asked.issuer:
            raise InvalidInput("This is another provider. Give the secret that it has made.", "$.client_secret")
        encrypted = await secrets.encrypt(tx, call.settings, staff.clinic, secret) if secret is not None else None
        provider = Provider(
            clinic=staff.clinic,
            clinic_name=staff.clinic_name,
            issuer=asked.issuer,
            client_id=asked.client_id,
            client_secret=encrypted or (known.client_secret if known else b""),
            algorithms=tuple(sorted(set(asked.algorithms))),
            label=asked.label.strip(),
            factor_values=tuple(sorted(set(asked.factor_values))),
        )
        await providers.replace(tx, provider, staff.person, call.now)
        return await _shown(tx, call)


async def remove(call: Call[None]) -> None:
    """Remove your clinic's provider: from now on nobody signs in by it. Links are kept, for when it comes back."""
    call.check_confirmed()
    call.concerns(call.staff.clinic)
    async with call.database.transaction() as tx:
        if not await providers.remove(tx, call.staff.clinic):
            raise NotFound


async def try_out(call: Call[SetProvider]) -> Tried:
    """Try a provider as it is typed, before it is set: is it there, does it do what is needed, does it know Vesper?"""
    documents, staff, asked = call.request.app[DOCUMENTS], call.staff, call.asked
    secret = asked.client_secret
    if secret is None:
        async with call.database.transaction() as tx:
            known = await providers.of_clinic(tx, staff.clinic)
            if known is not None and known.issuer == asked.issuer:
                secret = await secrets.decrypt(tx, call.settings, known)
    address = return_address(call.settings.public_origin, staff.clinic)
    return Tried(findings=await trying.findings(documents.fetcher, asked, secret, address))


def _check_issuer(call: Call[SetProvider]) -> None:
    try:
        call.request.app[DOCUMENTS].fetcher.check(call.asked.issuer)
    except NotFetched as error:
        sentence = ADDRESS.get(
            error.problem, "This is no address of a provider. It looks like https://login.example.org"
        )
        raise InvalidInput(sentence, "$.issuer") from None
    if "?" in call.asked.issuer:
        raise InvalidInput("An issuer has no question mark. Copy it as your provider shows it.", "$.issuer")


async def _shown(tx: Transaction, call: Call[None] | Call[SetProvider]) -> ClinicProvider:
    clinic, origin = call.staff.clinic, call.settings.public_origin
    provider = await providers.of_clinic(tx, clinic)
    return ClinicProvider(
        provider=await _settings(tx, provider) if provider else None,
        return_address=return_address(origin, clinic),
        sign_in_address=sign_in_address(origin, clinic),
    )


async def _settings(tx: Transaction, provider: Provider) -> ProviderSettings:
    linked = await accounts.linked(tx, provider.clinic, provider.issuer)
    return ProviderSettings(
        issuer=provider.issuer,
        client_id=provider.client_id,
        algorithms=provider.algorithms,
        label=provider.label,
        factor_values=provider.factor_values,
        linked=linked.people,
        without_password=linked.without_password,
        methods=tuple(linked.methods),
    )


ROUTES = (
    Route(
        method="GET", path="/api/clinic/provider", handler=show, who=MANAGE, audited=False, response=ClinicProvider
    ),
    Route(
        method="PUT", path="/api/clinic/provider", handler=change, who=MANAGE, audited=True, request=SetProvider,
        response=ClinicProvider,
    ),
    Route(method="DELETE", path="/api/clinic/provider", handler=remove, who=MANAGE, audited=True),
    Route(
        method="POST", path="/api/clinic/provider/try", handler=try_out, who=MANAGE, audited=False, request=SetProvider,
        response=Tried, reads=True,
    ),
)  # fmt: skip
