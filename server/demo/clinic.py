"""The demo clinic as data: its programs, its timetable and its people, all invented."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from domain.events.schedule import MUTUAL_HELP, Block, Role, SessionKind
from domain.people.licences import LicenceKind
from domain.people.roles import StaffRole
from domain.schedule.plans import Plan

CLINIC = "Riverbend Recovery (demo)"
TIMEZONE = "America/New_York"
ATTENDANCE_POLICY = "evening-sud"
POLICY_VERSION = 1
PAYER = "demo-health-plan"
COUNTING: tuple[SessionKind, ...] = ("education", "expressive", "family", "group", "individual", "skills")
"""The kinds that count toward the hours of every phase."""
BILLING_SYSTEM = "Demo billing"
"""The system that holds the demo's API token; the clients' consents name it as recipient."""


class Part(msgspec.Struct, frozen=True):
    """A part of a session: a block of that kind, or (None) a break."""

    minutes: int
    kind: SessionKind | None


class DemoPhase(msgspec.Struct, frozen=True):
    """A phase: the hours and days that it asks of a week, and how many weeks it usually takes."""

    name: str
    hours: int
    days: int
    weeks: int


class DemoProgram(msgspec.Struct, frozen=True, kw_only=True):
    """A program with its weekly timetable, in the clinic's zone."""

    name: str
    title: str
    weekdays: tuple[int, ...]
    """Monday is 0."""
    begins: time
    parts: tuple[Part, ...]
    billing_policy: str
    """The id of its payer's billing policy."""
    phases: tuple[DemoPhase, ...]
    roster_roles: tuple[tuple[str, Role], ...]
    """The staff on its rosters: pairs of a key in `STAFF` and a role."""
    clients: tuple[str, ...]
    kind: SessionKind = "group"
    capacity: int | None = None
    tags: tuple[str, ...] = ()

    def plan(self, starts: datetime) -> Plan:
        """One session that starts then."""
        blocks, breaks, at = [], [], starts.astimezone(UTC)
        for part in self.parts:
            end = at + timedelta(minutes=part.minutes)
            if part.kind is None:
                breaks.append((at, end))
            else:
                blocks.append(Block(part.kind, at, end))
            at = end
        return Plan(starts=starts.astimezone(UTC), ends=at, blocks=tuple(blocks), breaks=tuple(breaks))

    def starts(self, first: date, days: int) -> Iterator[datetime]:
        """The starts of its sessions in the `days` days from `first` on."""
        for day in (first + timedelta(days=n) for n in range(days)):
            if day.weekday() in self.weekdays:
                yield datetime.combine(day, self.begins, ZoneInfo(TIMEZONE))


class DemoLicence(msgspec.Struct, frozen=True):
    """A licence of a member of the demo clinic's staff, with the days until it runs out."""

    kind: LicenceKind
    number: str
    days_left: int


class DemoStaff(msgspec.Struct, frozen=True):
    """A member of the demo clinic's staff."""

    key: str
    name: str
    role: StaffRole
    licence: DemoLicence | None = None

    @property
    def email(self) -> str:
        """What they sign in with."""
        return f"{self.key}@demo.vesper.example"


STAFF = {
    staff.key: staff
    for staff in (
        DemoStaff("dana", "Dana Whitfield", "facilitator", DemoLicence("social_worker", "084711", 400)),
        DemoStaff("marcus", "Marcus Ibe", "facilitator", DemoLicence("counsellor", "011842", 25)),
        DemoStaff("ruth", "Ruth Calloway", "supervisor"),
        DemoStaff("lena", "Lena Castell", "administrator"),
        DemoStaff("noel", "Noel Baptiste", "biller"),
        DemoStaff("avery", "Avery Quill", "auditor"),
    )
}

_WITH_A_BREAK = (Part(90, "group"), Part(15, None), Part(90, "skills"))
"""195 minutes on the clock, 180 of them treatment: three such evenings are exactly nine hours."""

EVENING = DemoProgram(
    name="Evening SUD IOP",
    title="Evening group",
    weekdays=(0, 2, 3),
    begins=time(18),
    parts=_WITH_A_BREAK,
    billing_policy="h0015-3h",
    phases=(
        DemoPhase("Phase 1", 9, 3, 4),
        DemoPhase("Phase 2", 9, 3, 4),
        DemoPhase("Bridge", 6, 2, 2),
        DemoPhase("Aftercare", 3, 1, 2),
    ),
    roster_roles=(("dana", "facilitator"), ("marcus", "co_facilitator")),
    clients=(
        "Pat Morrow", "Sam Okonjo", "Jules Ferrant", "Robin Achterberg", "Casey Lindqvist",
        "Imani Prewitt", "Noor Haddix", "Theo Balfour", "Mika Sorensen", "Alba Trujano",
    ),
)  # fmt: skip
ON_NOW = msgspec.structs.replace(EVENING, title="Open group")
"""The same program, begun at the hour the demo starts; its name fits any hour."""
ADOLESCENT = DemoProgram(
    name="Adolescent IOP",
    title="Adolescent group",
    weekdays=(1, 3),
    begins=time(16),
    parts=(Part(90, "group"), Part(15, None), Part(90, "expressive")),
    billing_policy="h0015-3h",
    phases=(DemoPhase("Phase 1", 6, 2, 8),),
    capacity=10,
    tags=("adolescents",),
    roster_roles=(("marcus", "facilitator"), ("dana", "co_facilitator")),
    clients=("Kit Ansel", "Remy Vantage", "Wren Doyle-Hart"),
)
DAYS = DemoProgram(
    name="MH IOP days",
    title="Morning group",
    weekdays=(0, 1, 2, 3, 4),
    begins=time(10),
    parts=(Part(120, "group"),),
    billing_policy="s9480-discrete",
    phases=(DemoPhase("Days", 9, 5, 6), DemoPhase("Step-down", 6, 3, 2)),
    roster_roles=(("marcus", "facilitator"), ("dana", "co_facilitator")),
    clients=("Odette Marlow", "Ivo Strand", "Priya Castellan"),
)
PROGRAMS = (EVENING, ADOLESCENT, DAYS)

WITHOUT_CONSENT = "Alba Trujano"
"""One client has no consent on file, so that the feed shows what `withheld` looks like."""


MEETINGS = tuple(
    msgspec.structs.replace(
        EVENING, title=title, kind=MUTUAL_HELP, weekdays=(day,), begins=begins, parts=(Part(60, None),), roster_roles=()
    )
    for title, day, begins in (("12-step meeting", 4, time(19)), ("Secular self-help meeting", 5, time(11)))
)
"""Mutual help for the evening program, 12-step and secular: nothing is kept of who comes."""
WELCOME = """Welcome. It takes courage to come, and we are glad that you are here.

You enter by your own link, from a place where nobody overhears you. If the line drops, your seat waits for you."""
RULES = """What is said in the group stays in the group. Nobody records.
We come on time, sober, and with the camera on if we can.
We speak for ourselves, and we let others finish."""


def program_named(name: str) -> DemoProgram:
    """The demo's program of that name."""
    return next(program for program in PROGRAMS if program.name == name)
