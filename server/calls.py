"""A call: one request, identified, checked and decoded, as a handler sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

import msgspec
from aiohttp import web

from domain.errors import NotSignedIn
from runtime.settings import ServerSettings
from server.passwords import Passwords
from store.database import Database
from store.persons import StaffRole

Asked = TypeVar("Asked")


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff, by a sign-in that is still good."""

    sign_in: str
    person: str
    clinic: str
    clinic_name: str
    clinic_timezone: str
    name: str
    roles: frozenset[StaffRole]


class TokenHolder(msgspec.Struct, frozen=True, kw_only=True):
    """A program, by an API token that is still good. `name` is the recipient of what it reads."""

    token: str
    clinic: str
    name: str
    scopes: frozenset[str]


Caller = SignedIn | TokenHolder


@dataclass(frozen=True, slots=True)
class Services:
    """What every handler may use."""

    settings: ServerSettings
    database: Database
    passwords: Passwords
    clock: Callable[[], datetime]


@dataclass(slots=True)
class Call(Generic[Asked]):
    """One request. `asked` is its decoded body (or, of a GET, its decoded query), `ids` the ids in its path."""

    request: web.Request
    services: Services
    now: datetime
    caller: Caller | None
    ids: dict[str, str]
    asked: Asked
    subjects: set[str] = field(default_factory=set)

    @property
    def database(self) -> Database:
        """Where a handler gets its transaction."""
        return self.services.database

    @property
    def settings(self) -> ServerSettings:
        """The server's settings."""
        return self.services.settings

    @property
    def staff(self) -> SignedIn:
        """Who is signed in.

        Raises:
            NotSignedIn
        """
        if not isinstance(self.caller, SignedIn):
            raise NotSignedIn
        return self.caller

    @property
    def token_holder(self) -> TokenHolder:
        """The program that holds the API token.

        Raises:
            NotSignedIn
        """
        if not isinstance(self.caller, TokenHolder):
            raise NotSignedIn
        return self.caller

    def concerns(self, *subjects: str) -> None:
        """Name whose record is read or changed (persons, or the session), for the access audit."""
        self.subjects.update(subjects)
