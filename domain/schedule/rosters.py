"""Rosters: who is expected in a session, and in which role."""

import msgspec

from domain.events.schedule import Role


class RosterPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One place on a roster; `name` is the person's, or "" if it was not looked up."""

    person: str
    name: str = ""
    role: Role
    enrolment: str | None = None
