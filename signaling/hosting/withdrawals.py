"""Access that this node no longer honours: revoked links, ended sign-ins, deactivated people, changed places.

It comes from `store/access/access_changes.py` and stays in memory, so that it holds while the database is away. A
starting node reads all of it before its door opens, and does not open without the database.
"""

from datetime import datetime
from typing import Protocol, assert_never

from domain.access.tickets import is_older
from domain.errors import Deactivated, LinkRevoked, NotSignedIn, PlaceChanged, Refusal
from domain.events.room import Withdrawal
from store.access.access_changes import AccessChange

_SIGNED_OUT = "Your sign-in has ended. Sign in again, then open the session."


class Granted(Protocol):
    """A person's claims: a ticket, a resume, or the arrival that one of them led to."""

    @property
    def person(self) -> str: ...
    @property
    def link(self) -> str | None: ...
    @property
    def sign_in(self) -> str | None: ...
    @property
    def granted(self) -> datetime | None: ...


class Withdrawals:
    """The withdrawals that one node knows. `version` grows with each change."""

    def __init__(self) -> None:
        self.version = 0
        self._final: dict[str, tuple[Withdrawal, datetime]] = {}
        self._changed: dict[str, datetime] = {}

    def take(self, change: AccessChange) -> None:
        """Take in one change; a known one has no effect."""
        match change.kind:
            case "link_revoked" | "signed_out" | "deactivated":
                self._final[change.subject] = (change.kind, change.at)
            case "reactivated":
                self._final.pop(change.subject, None)
            case "place_changed":
                self._changed[change.subject] = change.at
            case "session_changed":
                return
            case _:
                assert_never(change.kind)
        self.version += 1

    def forget(self, before: datetime) -> None:
        """Drop withdrawals that are older than every claim still alive."""
        self._final = {id: (why, at) for id, (why, at) in self._final.items() if at >= before}
        self._changed = {person: at for person, at in self._changed.items() if at >= before}

    def of(self, claims: Granted) -> Withdrawal | None:
        """Why these claims are no longer good; None while they are."""
        for id in (claims.link, claims.sign_in, claims.person):
            if id is not None and id in self._final:
                return self._final[id][0]
        changed = self._changed.get(claims.person)
        return "place_changed" if changed is not None and is_older(claims.granted, changed) else None

    def check(self, claims: Granted) -> None:
        """Refuse claims that are no longer good.

        Raises:
            LinkRevoked, NotSignedIn, Deactivated
            PlaceChanged: a new ticket may be granted.
        """
        if (why := self.of(claims)) is not None:
            raise refusal(why)


def refusal(why: Withdrawal) -> Refusal:
    """The refusal for a withdrawal."""
    match why:
        case "link_revoked":
            return LinkRevoked()
        case "signed_out":
            return NotSignedIn(_SIGNED_OUT)
        case "deactivated":
            return Deactivated()
        case "place_changed":
            return PlaceChanged()
