"""Clients as the API shows them."""

from collections.abc import Sequence
from typing import Any

from domain.errors import NotFound
from domain.people.clients import Client, ClientState, state_on
from server.http.calls import Call
from server.people.clients.payloads import ClientRow, ClientView, Host
from store.database import Transaction
from store.people import aliases, clients, listing, persons, shown, ties


async def existing(tx: Transaction, call: Call[Any]) -> Client:
    """The client whose id stands in the path.

    Raises:
        NotFound: the caller's clinic has no such client.
    """
    client = await clients.find(tx, call.staff.clinic, call.ids["client"])
    if client is None:
        raise NotFound
    call.concerns(client.id)
    return client


async def whole(tx: Transaction, call: Call[Any], id: str) -> ClientView:
    """The client as they are now, with what a form needs to change them."""
    clinic = call.staff.clinic
    client = await clients.find(tx, clinic, id)
    if client is None or client.changed is None:
        raise NotFound
    had = await aliases.find(tx, clinic, id)
    enrolled = (await listing.enrolments_of(tx, clinic, [id])).get(id, [])
    by = client.changed.by
    author = await persons.find(tx, clinic, by) if by else None
    return ClientView(
        id=client.id,
        name=client.name,
        legal_name=client.legal_name,
        alias=client.alias,
        alias_confirmed=had is not None and had.confirmed_at is not None,
        aliases=await aliases.suggestions(tx, clinic, id, client.name, call.now),
        date_of_birth=client.date_of_birth,
        language=client.language,
        timezone=client.timezone,
        home_state=client.home_state,
        contacts=tuple(client.contacts),
        emergency=client.emergency,
        external_ids=tuple(client.external_ids),
        state=_state(enrolled, call),
        deactivated=client.deactivated_at is not None,
        revision=client.changed.revision,
        changed_at=client.changed.at,
        changed_by=author.display_name if author else None,
    )


def _state(enrolled: Sequence[listing.Enrolled], call: Call[Any]) -> ClientState:
    return state_on([(one.starts_on, one.ends_on) for one in enrolled], call.today)


async def rows(tx: Transaction, call: Call[Any], people: Sequence[str]) -> tuple[ClientRow, ...]:
    """These clients and guests as a list shows them, in this order."""
    clinic = call.staff.clinic
    known = await persons.of_ids(tx, clinic, people)
    named = await aliases.of_people(tx, clinic, people)
    elsewhere = await clients.ids_of(tx, clinic, people)
    enrolled = await listing.enrolments_of(tx, clinic, people)
    apart = await shown.told_apart(tx, clinic, people)
    hosts = await ties.hosts(tx, clinic, people)
    host_names = await shown.names(tx, clinic, list(hosts.values()))
    day = call.today
    call.concerns(*people, *hosts.values())
    return tuple(
        ClientRow(
            id=id,
            name=known[id].display_name,
            distinction=apart.get(id),
            alias=named.get(id),
            state="guest" if id in hosts else _state(enrolled.get(id, []), call),
            programs=tuple(dict.fromkeys(one.program for one in enrolled.get(id, []) if one.holds(day))),
            external_ids=tuple(one.value for one in elsewhere.get(id, [])),
            deactivated=known[id].deactivated_at is not None,
            guest_of=Host(id=hosts[id], name=host_names[hosts[id]]) if id in hosts else None,
        )
        for id in people
    )
