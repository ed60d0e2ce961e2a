"""What a program says to clients: its welcome and the rules of its groups, every version kept."""

import msgspec

from domain.errors import Conflict, InvalidInput
from domain.programs.programs import ProgramText, digest_of
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs.payloads import NewText
from server.programs.programs import found
from store.people import persons
from store.programs import programs, texts


async def list_texts(call: Call[None]) -> Page[ProgramText]:
    """Every version of the program's texts, newest first, each with who wrote it and when."""
    async with call.database.transaction() as tx:
        program = await found(tx, call)
        written = await texts.of_program(tx, call.staff.clinic, program.id)
        authors = await persons.of_ids(tx, call.staff.clinic, [text.by for text in written if text.by])
    names = {id: person.display_name for id, person in authors.items()}
    return Page(items=tuple(_named(text, names) for text in written), next=None)


async def add_text(call: Call[NewText]) -> ProgramText:
    """Add a version of a text. If somebody else has added one meanwhile, this is a conflict, and nothing is lost."""
    asked, clinic = call.asked, call.staff.clinic
    async with call.database.transaction() as tx:
        await programs.lock(tx, clinic, call.ids["program"])
        program = await found(tx, call)
        written = [text for text in await texts.of_program(tx, clinic, program.id) if text.kind == asked.kind]
        newest = written[0] if written else None
        if (newest.version if newest else 0) != asked.after:
            raise Conflict("Somebody else has changed this text meanwhile. Load the page again to see it beside yours.")
        if newest and newest.text == asked.text:
            raise InvalidInput("This is the text as it is. Change something, or leave it.", "$.text")
        text = ProgramText(
            kind=asked.kind,
            version=asked.after + 1,
            text=asked.text,
            digest=digest_of(asked.text),
            by=call.staff.person,
            at=call.now,
        )
        await texts.add(tx, clinic, program.id, text)
    return _named(text, {call.staff.person: call.staff.name})


def _named(text: ProgramText, names: dict[str, str]) -> ProgramText:
    return msgspec.structs.replace(text, by=names.get(text.by or ""))


ROUTES = (
    Route(
        method="GET",
        path="/api/programs/{program}/texts",
        handler=list_texts,
        who=Staff("programs.see"),
        audited=False,
        response=Page[ProgramText],
    ),
    Route(
        method="POST",
        path="/api/programs/{program}/texts",
        handler=add_text,
        who=Staff("programs.manage"),
        audited=True,
        request=NewText,
        response=ProgramText,
        status=201,
    ),
)
