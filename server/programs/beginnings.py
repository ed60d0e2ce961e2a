"""Programs from a template: the program and its phases, in one step."""

from domain.instants import local_date, second
from domain.programs.phases import Phase
from domain.programs.programs import Program
from domain.programs.templates import TEMPLATES
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.programs.payloads import BeginProgram
from server.programs.programs import new_program
from store.programs import phases


async def begin_program(call: Call[BeginProgram]) -> Program:
    """Add a program with the phases of a template. All of it can be changed afterwards."""
    asked = call.asked
    async with call.database.transaction() as tx:
        program = await new_program(tx, call, asked)
        today = local_date(second(call.now), program.timezone)
        for position, each in enumerate(TEMPLATES[asked.template], 1):
            phase = Phase(
                id=new_id(),
                program=program.id,
                position=position,
                name=each.name,
                usual_weeks=each.weeks,
                requirements=(each.requirement(today),),
            )
            await phases.create(tx, call.staff.clinic, phase, call.staff.person)
    return program


ROUTES = (
    Route(
        method="POST",
        path="/api/programs/from-template",
        handler=begin_program,
        who=Staff("programs.manage"),
        audited=True,
        request=BeginProgram,
        response=Program,
        status=201,
    ),
)
