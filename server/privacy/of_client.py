"""A client's consents, as staff see them on the client's page."""

from typing import Any

from domain.people.roles import may
from domain.privacy.consents import Consent
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.people.clients import views
from server.privacy.payloads import ConsentView
from store.people import shown
from store.privacy import consents


async def list_consents(call: Call[None]) -> Page[ConsentView]:
    """The client's consents, the latest first. Guests are named for who sees every client's guests."""
    clinic = call.staff.clinic
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        found = await consents.of_clients(tx, clinic, [client.id])
        guests = [one.recipient_id for one in found if one.recipient_id is not None and _sees_guests(call)]
        names = await shown.names(tx, clinic, guests)
    call.concerns(*guests)
    latest_first = sorted(found, key=lambda one: (one.signed_at, one.id), reverse=True)
    return Page(items=tuple(_view(call, one, names) for one in latest_first), next=None)


def _sees_guests(call: Call[Any]) -> bool:
    return may(call.staff.roles, "guests.see") and may(call.staff.roles, "sessions.see_all")


def _view(call: Call[Any], consent: Consent, names: dict[str, str]) -> ConsentView:
    return ConsentView(
        id=consent.id,
        recipient=names.get(consent.recipient_id) if consent.recipient_id else consent.recipient,
        purpose=consent.purpose,
        scopes=consent.scopes,
        signed_at=consent.signed_at,
        expires_at=consent.expires_at,
        revoked_at=consent.revoked_at,
        stands=consent.stands(call.now),
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/consents",
        handler=list_consents,
        who=Staff("consents.see"),
        audited=True,
        response=Page[ConsentView],
    ),
)
