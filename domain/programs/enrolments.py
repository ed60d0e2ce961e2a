"""Enrolments: a client in a program for a time, the phase they are in, and who pays."""

from datetime import date

import msgspec


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A client in a phase of a program, whose id is `phase`. `ends_on` None: until further notice."""

    id: str
    program: str
    client: str
    starts_on: date
    ends_on: date | None
    phase: str


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays for an enrolment, under which policy, and when. `valid_to` None: until further notice."""

    id: str
    enrolment: str
    payer: str
    policy_id: str
    policy_version: int
    valid_from: date
    valid_to: date | None = None
