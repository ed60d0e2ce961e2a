"""Enrolments: a client in a program for a time, what each week requires, and who pays."""

from datetime import date

import msgspec


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A client in a program; `required_s` is credited seconds per week. `ends_on` None: until further notice."""

    id: str
    program: str
    client: str
    starts_on: date
    ends_on: date | None
    phase: str
    required_s: int
    days_per_week: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays for an enrolment, under which policy, and when. `valid_to` None: until further notice."""

    id: str
    enrolment: str
    payer: str
    policy_id: str
    policy_version: int
    valid_from: date
    valid_to: date | None = None
