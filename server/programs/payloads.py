"""What the routes of programs and enrolments take; they answer with the domain's own shapes."""

from datetime import date
from typing import Annotated

import msgspec

from domain.events.schedule import SessionKind
from domain.policy import Weekday
from server.http.payloads import Body, Few, Id, Name, PageQuery, TimeZone, Version


class CreateProgram(Body, frozen=True, kw_only=True):
    name: Name
    timezone: TimeZone
    week_start: Weekday = "sunday"
    policy_id: Name
    policy_version: Version


Kinds = Annotated[tuple[SessionKind, ...], Few]
UsualWeeks = Annotated[int, msgspec.Meta(ge=1, le=520)]


class NewRequirement(Body, frozen=True, kw_only=True):
    """What a phase asks of a week from a day on. No `kinds`: all of them count."""

    from_on: date
    required_s: Annotated[int, msgspec.Meta(ge=0, le=604_800)]
    days_per_week: Annotated[int, msgspec.Meta(ge=0, le=7)]
    kinds: Kinds = ()


class CreatePhase(Body, frozen=True, kw_only=True):
    name: Name
    usual_weeks: UsualWeeks | None = None
    required: NewRequirement


class DescribePhase(Body, frozen=True, kw_only=True):
    """The phase's name, its usual length, and its place among the program's phases, from 1."""

    name: Name
    usual_weeks: UsualWeeks | None = None
    position: Annotated[int, msgspec.Meta(ge=1, le=100)]


class CreateEnrolment(Body, frozen=True, kw_only=True):
    program: Id
    client: Id
    starts_on: date
    ends_on: date | None = None
    phase: Id


class EnrolmentQuery(PageQuery, frozen=True, kw_only=True):
    """Enrolments of one program, or of all."""

    program: Id | None = None
