"""Programs of the caller's clinic."""

from zoneinfo import available_timezones

from domain.errors import InvalidInput, NotFound
from domain.programs.programs import Program
from runtime import policies
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs.payloads import CreateProgram
from store.programs import programs

_ZONES = frozenset(available_timezones())


async def create_program(call: Call[CreateProgram]) -> Program:
    """Add a program, with its zone and its attendance policy."""
    asked = call.asked
    if asked.timezone not in _ZONES:
        raise InvalidInput("This is not the IANA name of a time zone, such as America/New_York.", "$.timezone")
    if not policies.known(asked.policy_id, asked.policy_version):
        raise InvalidInput("There is no such policy with that version.", "$.policy_id")
    program = Program(
        id=new_id(),
        name=asked.name,
        timezone=asked.timezone,
        week_start=asked.week_start,
        policy_id=asked.policy_id,
        policy_version=asked.policy_version,
    )
    call.concerns(program.id)
    async with call.database.transaction() as tx:
        await programs.create(tx, call.staff.clinic, program)
    return program


async def list_programs(call: Call[None]) -> Page[Program]:
    """The clinic's programs."""
    async with call.database.transaction() as tx:
        found = await programs.of_clinic(tx, call.staff.clinic)
    return Page(items=tuple(found), next=None)


async def show_program(call: Call[None]) -> Program:
    """One program."""
    async with call.database.transaction() as tx:
        program = await programs.find(tx, call.staff.clinic, call.ids["program"])
    if program is None:
        raise NotFound
    return program


ROUTES = (
    Route(
        method="POST",
        path="/api/programs",
        handler=create_program,
        who=Staff("programs.manage"),
        audited=True,
        request=CreateProgram,
        response=Program,
        status=201,
    ),
    Route(
        method="GET",
        path="/api/programs",
        handler=list_programs,
        who=Staff("programs.see"),
        audited=False,
        response=Page[Program],
    ),
    Route(
        method="GET",
        path="/api/programs/{program}",
        handler=show_program,
        who=Staff("programs.see"),
        audited=False,
        response=Program,
    ),
)
