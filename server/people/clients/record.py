"""Clients' records: made, shown and changed. A change names who made it, and meets no other change unseen."""

from typing import Any

import msgspec

from domain.errors import NotFound
from domain.people.clients import Client
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.clients import checks, views
from server.people.clients.payloads import (
    ClientView,
    CreateClient,
    DescribeClient,
    ReplaceAlias,
    ReplaceContacts,
    ReplaceIds,
)  # fmt: skip
from store.database import Transaction
from store.people import aliases, clients, search
from store.people.clients import Author


async def create_client(call: Call[CreateClient]) -> ClientView:
    """Add a client."""
    asked = call.asked
    name, legal = checks.described(asked, call.today)
    client = Client(
        id=new_id(),
        name=name,
        legal_name=legal,
        alias=asked.alias,
        date_of_birth=asked.date_of_birth,
        language=asked.language,
        timezone=asked.timezone,
        home_state=asked.home_state,
        contacts=checks.ways(asked.contacts),
        emergency=checks.emergency(asked.emergency),
        external_ids=checks.ids(asked.external_ids),
    )
    call.concerns(client.id)
    async with call.database.transaction() as tx:
        await clients.create(tx, call.staff.clinic, client, _author(call))
        return await views.whole(tx, call, client.id)


async def show_client(call: Call[None]) -> ClientView:
    """One client's record."""
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        return await views.whole(tx, call, client.id)


async def describe_client(call: Call[DescribeClient]) -> ClientView:
    """Change who the client is: names, date of birth, language, zone, home state."""
    asked = call.asked
    async with call.database.transaction() as tx:
        client = await _begun(tx, call, asked.revision)
        name, legal = checks.described(asked, call.today)
        described = msgspec.structs.replace(
            client,
            name=name,
            legal_name=legal,
            date_of_birth=asked.date_of_birth,
            language=asked.language,
            timezone=asked.timezone,
            home_state=asked.home_state,
        )
        await clients.describe(tx, call.staff.clinic, described)
        return await views.whole(tx, call, client.id)


async def replace_contacts(call: Call[ReplaceContacts]) -> ClientView:
    """Change how the client is reached, and whom to call when they are in danger."""
    asked = call.asked
    async with call.database.transaction() as tx:
        client = await _begun(tx, call, asked.revision)
        ways, emergency = checks.ways(asked.contacts), checks.emergency(asked.emergency)
        await clients.replace_contacts(tx, call.staff.clinic, client.id, ways, emergency)
        return await views.whole(tx, call, client.id)


async def replace_ids(call: Call[ReplaceIds]) -> ClientView:
    """Change the client's ids in other systems. An id is one client's in each system."""
    asked = call.asked
    async with call.database.transaction() as tx:
        client = await _begun(tx, call, asked.revision)
        await clients.replace_ids(tx, call.staff.clinic, client.id, checks.ids(asked.external_ids))
        return await views.whole(tx, call, client.id)


async def replace_alias(call: Call[ReplaceAlias]) -> ClientView:
    """Change what peers see of the client, from the next session on. The client is asked to agree at the door."""
    async with call.database.transaction() as tx:
        client = await _begun(tx, call, call.asked.revision)
        await aliases.reserve(tx, call.staff.clinic, client.id, call.asked.alias, call.now)
        await search.renew(tx, call.staff.clinic, [client.id])
        return await views.whole(tx, call, client.id)


async def _begun(tx: Transaction, call: Call[Any], revision: int) -> Client:
    """The client, whose record this call changes."""
    client = await views.existing(tx, call)
    if client.changed is None:
        raise NotFound
    await clients.begin_change(tx, call.staff.clinic, client.id, revision, _author(call))
    return client


def _author(call: Call[Any]) -> Author:
    return Author(by=call.staff.person, at=call.now)


ROUTES = (
    Route(
        method="POST",
        path="/api/clients",
        handler=create_client,
        who=Staff("clients.edit"),
        audited=True,
        request=CreateClient,
        response=ClientView,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/clients/{client}",
        handler=show_client,
        who=Staff("clients.see"),
        audited=True,
        response=ClientView,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/person",
        handler=describe_client,
        who=Staff("clients.edit"),
        audited=True,
        request=DescribeClient,
        response=ClientView,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/contacts",
        handler=replace_contacts,
        who=Staff("clients.edit"),
        audited=True,
        request=ReplaceContacts,
        response=ClientView,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/external-ids",
        handler=replace_ids,
        who=Staff("clients.edit"),
        audited=True,
        request=ReplaceIds,
        response=ClientView,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/alias",
        handler=replace_alias,
        who=Staff("clients.edit"),
        audited=True,
        request=ReplaceAlias,
        response=ClientView,
    ),
)
