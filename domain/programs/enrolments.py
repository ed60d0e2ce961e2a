"""Enrolments: a client in a program, from–to, with what each week asks for; and who covers them."""

from datetime import date

import msgspec


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A client in a program; `required_s` are credited seconds a week."""

    id: str
    program: str
    client: str
    starts_on: date
    ends_on: date | None
    phase: str
    required_s: int
    days_per_week: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Who pays for an enrolment, under which policy, from–to."""

    id: str
    enrolment: str
    payer: str
    policy_id: str
    policy_version: int
    valid_from: date
    valid_to: date | None = None
