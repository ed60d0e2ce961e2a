"""A call: one request, identified, checked and decoded, as a handler sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Generic, Literal, TypeVar

import msgspec
from aiohttp import web

from domain.access.standing import Standing, is_fresh
from domain.errors import ConfirmationWanted, FactorMissing, Locked, NotSignedIn
from domain.instants import local_date, second
from domain.people.roles import StaffRole
from runtime.secrets.passwords import Passwords
from runtime.settings import ServerSettings
from store.database import Database

Asked = TypeVar("Asked")


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff with a valid sign-in."""

    sign_in: str
    person: str
    clinic: str
    clinic_name: str
    clinic_timezone: str
    name: str
    roles: frozenset[StaffRole]
    standing: Standing = "open"
    locks: datetime
    """When it locks without the person's input, or since when it is locked."""
    asked_for_factor: bool = False
    """Whether the clinic asks this person for a second factor."""
    has_factor: bool = False
    """Of their own, or of the clinic's provider."""
    own_factor: bool = False
    recovery_codes: int = 0
    """How many are left."""
    confirmed: datetime
    """When the person last proved who they are."""
    factor: datetime | None = None
    """When they last gave a second factor."""

    def check_standing(self, *borne: Standing) -> None:
        """Refuse what this sign-in may not do now; `borne` are the standings in which it may.

        Raises:
            Locked, FactorMissing
        """
        if self.standing == "open" or self.standing in borne:
            return
        raise Locked if self.standing == "locked" else FactorMissing


class TokenHolder(msgspec.Struct, frozen=True, kw_only=True):
    """A program with a valid API token. `name` is the recipient of what it reads."""

    token: str
    clinic: str
    name: str
    scopes: frozenset[str]


Caller = SignedIn | TokenHolder


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, for the access audit. An `unknown` actor has no id: they claim to be a person of the clinic and have
    not proved it."""

    clinic: str
    kind: Literal["person", "api_token", "unknown"]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Services:
    """The services that every handler may use."""

    settings: ServerSettings
    database: Database
    passwords: Passwords
    clock: Callable[[], datetime]
    strict: bool = False
    """Whether a bug is raised where it would otherwise be logged, so that tests fail."""
    others: tuple[Database, ...] = ()
    """Further databases, each with its own clinics; a call is about `database` (server/http/homes.py)."""

    @property
    def databases(self) -> tuple[Database, ...]:
        """All databases."""
        return (self.database, *self.others)

    def at_home(self, database: Database) -> "Services":
        """The same services, with this database as the call's own."""
        others = tuple(one for one in self.databases if one is not database)
        return replace(self, database=database, others=others)

    def patient_for(self, seconds: float) -> "Services":
        """The same services, waiting at most that long for each database, over all transactions of a call."""
        patient, *others = (one.patient_for(seconds) for one in self.databases)
        return replace(self, database=patient, others=tuple(others))


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
    named: bool = False
    """Whether the handler has named its subjects, even if there are none."""
    acting: Actor | None = None
    untraced: bool = False
    """Whether no row of the access audit may name this call's actor."""

    @property
    def database(self) -> Database:
        """The database in which the handler opens its transactions."""
        return self.services.database

    @property
    def settings(self) -> ServerSettings:
        """The server's settings."""
        return self.services.settings

    @property
    def staff(self) -> SignedIn:
        """Who is signed in, and may do what their roles allow.

        Raises:
            NotSignedIn, Locked, FactorMissing
        """
        self.own.check_standing()
        return self.own

    @property
    def own(self) -> SignedIn:
        """Who is signed in, even if the sign-in is locked or lacks a factor: for acts on their own sign-in.

        Raises:
            NotSignedIn
        """
        if not isinstance(self.caller, SignedIn):
            raise NotSignedIn
        return self.caller

    @property
    def today(self) -> date:
        """The day that it is at the caller's clinic.

        Raises:
            NotSignedIn, Locked, FactorMissing
        """
        return local_date(second(self.now), self.staff.clinic_timezone)

    def check_confirmed(self) -> None:
        """Require a fresh proof of who this is: by the second factor, or by the password of those who have none.

        Raises:
            ConfirmationWanted
        """
        given = self.own.factor if self.own.own_factor else self.own.confirmed
        if not is_fresh(given, self.now):
            raise ConfirmationWanted

    def check_fresh_factor(self) -> None:
        """Require a second factor within the last five minutes, for dangerous acts.

        Raises:
            FactorMissing: the person has none, and must add one first.
            ConfirmationWanted
        """
        if not self.own.has_factor:
            raise FactorMissing("This asks for a second step at sign-in. Add one under My sign-in first.")
        if not is_fresh(self.own.factor, self.now):
            raise ConfirmationWanted

    @property
    def token_holder(self) -> TokenHolder:
        """The program that holds the API token.

        Raises:
            NotSignedIn
        """
        if not isinstance(self.caller, TokenHolder):
            raise NotSignedIn
        return self.caller

    @property
    def actor(self) -> Actor | None:
        """Who acts, for the access audit: the caller, or the person whom the handler identified."""
        match self.caller:
            case _ if self.acting is not None:
                return self.acting
            case SignedIn(clinic=clinic, person=person):
                return Actor(clinic=clinic, kind="person", id=person)
            case TokenHolder(clinic=clinic, token=token):
                return Actor(clinic=clinic, kind="api_token", id=token)
            case _:
                return None

    def acts(self, actor: Actor) -> None:
        """Name who acts, when neither a sign-in nor an API token does."""
        self.acting = actor

    def leave_no_trace(self) -> None:
        """Write no row of the access audit: it would name who came to a meeting of which nothing is kept."""
        self.untraced = True

    def concerns(self, *subjects: str) -> None:
        """Name the subjects read or changed (persons, the session, a program, a token), for the access audit."""
        self.named = True
        self.subjects.update(subjects)
