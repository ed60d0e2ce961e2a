"""What the routes of programs and enrolments take; they answer with the domain's own shapes."""

from datetime import date
from typing import Annotated

import msgspec

from domain.policy import Weekday
from server.http.payloads import Body, Id, Name, PageQuery, TimeZone, Version


class CreateProgram(Body, frozen=True, kw_only=True):
    name: Name
    timezone: TimeZone
    week_start: Weekday = "sunday"
    policy_id: Name
    policy_version: Version


class CreateEnrolment(Body, frozen=True, kw_only=True):
    program: Id
    client: Id
    starts_on: date
    ends_on: date | None = None
    phase: Name
    required_s: Annotated[int, msgspec.Meta(ge=0, le=604_800)]
    days_per_week: Annotated[int, msgspec.Meta(ge=0, le=7)]


class EndEnrolment(Body, frozen=True, kw_only=True):
    """The last day of the enrolment; null reopens it."""

    ends_on: date | None


class EnrolmentQuery(PageQuery, frozen=True, kw_only=True):
    """Enrolments of one program, or of all."""

    program: Id | None = None
