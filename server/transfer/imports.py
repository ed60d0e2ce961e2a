"""Clients from a file: brought, looked at, and applied once. A worker does the work, and the page asks how far it is.

The file and its preview belong to the person who brought it. Nobody else sees them, and they last half an hour.
"""

import base64
import binascii

from aiohttp import web

from domain.errors import Conflict, InvalidInput, NotFound
from domain.transfer import cells, columns, sheets
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.transfer.payloads import LONGEST_FILE, BringClients, ClientImport
from store.database import Transaction
from store.transfer import imports
from store.transfer.imports import Brought

BODY_SECONDS = 60.0
TRANSFERS = Staff("clients.transfer")
NOT_READY = "This file was applied before, or is not checked yet. Look at it again."
_EXAMPLE = {
    "external_id": "MRN-00417",
    "system": "record",
    "name": "Pat Morrow",
    "legal_name": "Patricia Morrow",
    "date_of_birth": "1990-04-23",
    "language": "en",
    "timezone": "America/New_York",
    "home_state": "OH",
    "mobile": "(614) 555-0134",
    "email": "pat@example.com",
    "may_leave_message": "no",
    "best_time": "after 6",
    "emergency_name": "Lee Morrow",
    "emergency_relation": "brother",
    "emergency_phone": "(614) 555-0178",
}


async def bring_clients(call: Call[BringClients]) -> ClientImport:
    """Bring a CSV file of clients. Nothing is changed yet: a worker checks each line, and shows what it would do."""
    content = _decoded(call.asked.content)
    sheet = sheets.read(content)
    columns.recognised(sheet.header)
    id = new_id()
    call.concerns(id)
    brought = Brought(
        clinic=call.staff.clinic,
        person=call.staff.person,
        id=id,
        content=content,
        total=len(sheet.rows),
        at=call.now,
    )
    async with call.database.transaction() as tx:
        await imports.put(tx, brought)
        return await _existing(tx, call, id)


async def show_import(call: Call[None]) -> ClientImport:
    """A file that you brought: how far it is, and what it would do or did."""
    async with call.database.transaction() as tx:
        return await _existing(tx, call, call.ids["import"])


async def apply_import(call: Call[None]) -> ClientImport:
    """Apply a file that was checked, all of its lines together. It works once."""
    id = call.ids["import"]
    call.concerns(id)
    async with call.database.transaction() as tx:
        found = await _existing(tx, call, id)
        if found.preview is not None and found.preview.wrong_lines:
            raise InvalidInput("Some lines of this file are wrong. Correct them, and choose the file again.", "$")
        if not await imports.approve(tx, call.staff.clinic, call.staff.person, id, call.now):
            raise Conflict(NOT_READY)
        return await _existing(tx, call, id)


async def discard_import(call: Call[None]) -> None:
    """Give up a file that you brought."""
    call.concerns(call.ids["import"])
    async with call.database.transaction() as tx:
        if not await imports.discard(tx, call.staff.clinic, call.staff.person, call.ids["import"]):
            raise NotFound


async def import_template(_: Call[None]) -> web.Response:
    """A CSV file with every column that an import takes, and one line as an example."""
    example = [_EXAMPLE.get(field, "") for field in columns.FIELDS]
    return web.Response(
        body=cells.written(columns.FIELDS, [example]),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="clients.csv"'},
    )


async def _existing(tx: Transaction, call: Call[BringClients] | Call[None], id: str) -> ClientImport:
    found = await imports.find(tx, call.staff.clinic, call.staff.person, id, call.now)
    if found is None:
        raise NotFound("This file is no longer here: it lasts half an hour. Choose it again.")
    return ClientImport(
        id=found.id,
        state=found.state,
        expires_at=found.expires_at,
        total=found.total,
        done=found.done,
        preview=found.preview,
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput("This is no file in Base64. Send its bytes so.", "$.content") from None


ROUTES = (
    Route(method="GET", path="/api/import-template", handler=import_template, who=TRANSFERS, audited=False),
    Route(
        method="POST",
        path="/api/imports",
        handler=bring_clients,
        who=TRANSFERS,
        audited=True,
        request=BringClients,
        response=ClientImport,
        status=201,
        body_limit=LONGEST_FILE + 1024,
        body_seconds=BODY_SECONDS,
    ),
    Route(
        method="GET",
        path="/api/imports/{import}",
        handler=show_import,
        who=TRANSFERS,
        audited=False,
        response=ClientImport,
    ),
    Route(
        method="POST",
        path="/api/imports/{import}/application",
        handler=apply_import,
        who=TRANSFERS,
        audited=True,
        response=ClientImport,
    ),
    Route(
        method="DELETE",
        path="/api/imports/{import}",
        handler=discard_import,
        who=TRANSFERS,
        audited=True,
    ),
)
