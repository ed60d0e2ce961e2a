"""What the routes of clients take and answer."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.fact import Instant
from domain.people.clients import ClientState, ContactKind, ContactWay, EmergencyContact, ExternalId
from server.http.payloads import Body, Id, Name, Revision, TimeZone, TypedName, View
from store.people.finding import ClientSort

Typed = Annotated[str, msgspec.Meta(max_length=200)]
"""A text that may be empty."""
Several = msgspec.Meta(max_length=20)


class SearchClients(Body, frozen=True, kw_only=True):
    """The typed text and the filters; without a text, a page of the list."""

    text: Typed = ""
    program: Id | None = None
    phase: Id | None = None
    facilitator: Id | None = None
    state: ClientState | None = None
    sort: ClientSort = "name"
    after: Id | None = None


class Host(View, frozen=True, kw_only=True):
    """The client whose guest somebody is, as staff read their name."""

    id: str
    name: str


class ClientRow(View, frozen=True, kw_only=True):
    """A client, or a guest of one, in a list. `distinction` stands beside a name that could be another's."""

    id: str
    name: str
    distinction: str | None
    alias: str | None
    state: ClientState
    programs: tuple[str, ...]
    """The names of those that the client is enrolled in today."""
    external_ids: tuple[str, ...]
    deactivated: bool
    guest_of: Host | None
    """Null for a client. A guest has no page of their own, and stands on their client's."""


class Contact(Body, frozen=True, kw_only=True):
    kind: ContactKind
    value: Typed
    may_leave_message: bool = False
    best_time: Typed = ""


class Emergency(Body, frozen=True, kw_only=True):
    name: TypedName
    relation: Typed = ""
    phone: Typed


class IdElsewhere(Body, frozen=True, kw_only=True):
    system: Name
    value: Name


class Described(Body, frozen=True, kw_only=True):
    """Who the client is. An empty `legal_name` is the name to use."""

    name: TypedName
    legal_name: TypedName = ""
    date_of_birth: date | None = None
    language: Annotated[str, msgspec.Meta(max_length=35)] | None = None
    timezone: TimeZone | None = None
    home_state: Annotated[str, msgspec.Meta(max_length=2)] | None = None


class CreateClient(Described, frozen=True, kw_only=True):
    """Without an alias, the client gets the first suggestion."""

    alias: TypedName | None = None
    contacts: Annotated[tuple[Contact, ...], Several] = ()
    emergency: Emergency | None = None
    external_ids: Annotated[tuple[IdElsewhere, ...], Several] = ()


class DescribeClient(Described, frozen=True, kw_only=True):
    """`revision` is that of the record which was shown."""

    revision: Revision


class ReplaceContacts(Body, frozen=True, kw_only=True):
    revision: Revision
    contacts: Annotated[tuple[Contact, ...], Several]
    emergency: Emergency | None = None


class ReplaceIds(Body, frozen=True, kw_only=True):
    revision: Revision
    external_ids: Annotated[tuple[IdElsewhere, ...], Several]


class ReplaceAlias(Body, frozen=True, kw_only=True):
    revision: Revision
    alias: TypedName


class FindAlike(Body, frozen=True, kw_only=True):
    name: TypedName
    date_of_birth: date | None = None


class ClientView(View, frozen=True, kw_only=True):
    """A client's record. `legal_name` is empty where it is the name to use."""

    id: str
    name: str
    legal_name: str
    alias: str | None
    alias_confirmed: bool
    """Whether the client agreed to the alias."""
    aliases: tuple[str, ...]
    """Others that this client may have."""
    date_of_birth: date | None
    language: str | None
    timezone: str | None
    home_state: str | None
    contacts: tuple[ContactWay, ...]
    emergency: EmergencyContact | None
    external_ids: tuple[ExternalId, ...]
    state: ClientState
    deactivated: bool
    revision: int
    changed_at: Instant
    changed_by: str | None
    """The name of who changed the record last."""


class AddDiagnosis(Body, frozen=True, kw_only=True):
    code: Annotated[str, msgspec.Meta(max_length=12)]
    starts_on: date
    ends_on: date | None = None


class EndDiagnosis(Body, frozen=True, kw_only=True):
    """The last day on which the code holds; null: until further notice."""

    ends_on: date | None


class OrderDiagnoses(Body, frozen=True, kw_only=True):
    """All the client's codes in their order, the main one first."""

    order: Annotated[tuple[Id, ...], msgspec.Meta(max_length=100)]


class DiagnosisView(View, frozen=True, kw_only=True):
    """A code, with the name of who added it."""

    id: str
    code: str
    starts_on: date
    ends_on: date | None
    added_by: str
    added_at: Instant
