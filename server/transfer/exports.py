"""Exports of the whole clinic: asked for by one administrator, approved by another, fetched once by who asked.

Each of these steps asks for a second factor within the last five minutes. The passphrase that opens the file is made
here, shown once, and kept nowhere.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

from domain.errors import Conflict, Forbidden, NotFound
from runtime.clock import new_id
from runtime.secrets import sealed_files
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.transfer.payloads import AskedExport, ClinicExport, ClinicExports
from store.database import Database, Transaction
from store.people import persons
from store.privacy import disclosures
from store.transfer import exports
from store.transfer.exports import REQUEST_LASTS, Export

TRANSFERS = Staff("clients.transfer")
NEWEST = 50
PIECE_SECONDS = 30
"""How long reading one piece of a file may take: a large one is fetched for longer than a request usually waits."""
OWN = "Another administrator must approve what you asked for."
NOT_YOURS = "Only who asked for this export may fetch it: they alone have its passphrase."
NOT_OPEN = "This export is not waiting for an approval any more."
NOT_THERE = "This file is not there: it is not ready, was fetched, is being fetched now, or its day is over."


async def ask_export(call: Call[None]) -> AskedExport:
    """Ask for an encrypted file of all records of the clinic. Another administrator must approve it."""
    call.check_fresh_factor()
    passphrase = sealed_files.new_passphrase()
    to = await asyncio.to_thread(sealed_files.recipient, passphrase)
    export = Export(
        clinic=call.staff.clinic,
        id=new_id(),
        state="asked",
        asked_by=call.staff.person,
        asked_at=call.now,
        expires_at=call.now + REQUEST_LASTS,
        public_key=to.public,
        salt=to.salt,
    )
    call.concerns(export.id)
    async with call.database.transaction() as tx:
        await exports.ask(tx, export)
        return AskedExport(export=await _view(tx, call, export.id), passphrase=passphrase)


async def list_exports(call: Call[None]) -> ClinicExports:
    """The clinic's newest exports, with who asked and who approved."""
    async with call.database.transaction() as tx:
        found = await exports.newest(tx, call.staff.clinic, NEWEST)
        names = await _names(tx, call, *found)
    return ClinicExports(items=tuple(_shown(one, names, call.staff.person) for one in found))


async def approve_export(call: Call[None]) -> ClinicExport:
    """Approve an export that another administrator asked for. A worker then writes the file."""
    async with call.database.transaction() as tx:
        found = await _existing(tx, call)
        if found.asked_by == call.staff.person:
            raise Forbidden(OWN)
        call.check_fresh_factor()
        if found.state != "asked" or found.expires_at <= call.now:
            raise Conflict(NOT_OPEN)
        await exports.approve(tx, call.staff.clinic, found.id, call.staff.person, call.now)
        return await _view(tx, call, found.id)


async def stop_export(call: Call[None]) -> ClinicExport:
    """Decline or stop an export that was not fetched. Its file is deleted."""
    async with call.database.transaction() as tx:
        found = await _existing(tx, call)
        await exports.stop(tx, call.staff.clinic, found.id, call.staff.person)
        return await _view(tx, call, found.id)


async def fetch_export(call: Call[None]) -> web.Response:
    """The encrypted file, once: when its last piece was sent, it is deleted. Each client's accounting names it."""
    async with call.database.transaction() as tx:
        found = await _existing(tx, call)
        if found.asked_by != call.staff.person:
            raise Forbidden(NOT_YOURS)
        call.check_fresh_factor()
        if not await exports.begin_fetch(tx, found.clinic, found.id, call.now):
            raise Conflict(NOT_THERE)
        call.concerns(*found.clients)
        await disclosures.account_export(tx, found.clinic, found.id, found.clients, call.now)
    return web.Response(
        body=_pieces(call.database.limited_to(PIECE_SECONDS), found, call),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": 'attachment; filename="clinic.vesper-export"',
            "Content-Length": str(found.size),
            "Cache-Control": "no-store",
        },
    )


async def _pieces(database: Database, export: Export, call: Call[Any]) -> AsyncIterator[bytes]:
    """The file piece by piece. Whoever loses the connection on the way may begin again after a few minutes."""
    number = 0
    while True:
        async with database.transaction() as tx:
            content = await exports.piece(tx, export.clinic, export.id, number)
            if content is None:
                await exports.end_fetch(tx, export.clinic, export.id, call.services.clock())
                return
        yield content
        number += 1


async def _existing(tx: Transaction, call: Call[Any]) -> Export:
    found = await exports.find(tx, call.staff.clinic, call.ids["export"])
    if found is None:
        raise NotFound
    call.concerns(found.id)
    return found


async def _view(tx: Transaction, call: Call[Any], id: str) -> ClinicExport:
    found = await exports.find(tx, call.staff.clinic, id)
    if found is None:
        raise NotFound
    return _shown(found, await _names(tx, call, found), call.staff.person)


async def _names(tx: Transaction, call: Call[Any], *found: Export) -> Mapping[str, str]:
    ids = {id for one in found for id in (one.asked_by, one.approved_by, one.stopped_by) if id}
    people = await persons.of_ids(tx, call.staff.clinic, sorted(ids))
    return {id: person.display_name for id, person in people.items()}


def _shown(export: Export, names: Mapping[str, str], caller: str) -> ClinicExport:
    return ClinicExport(
        id=export.id,
        state=export.state,
        asked_by=names[export.asked_by],
        asked_at=export.asked_at,
        approved_by=names.get(export.approved_by or ""),
        approved_at=export.approved_at,
        stopped_by=names.get(export.stopped_by or ""),
        expires_at=export.expires_at,
        done=export.done,
        total=export.total,
        size=export.size,
        fetched_at=export.fetched_at,
        yours=export.asked_by == caller,
    )


ROUTES = (
    Route(
        method="POST", path="/api/exports", handler=ask_export, who=TRANSFERS, audited=True, response=AskedExport,
        status=201,
    ),
    Route(
        method="GET", path="/api/exports", handler=list_exports, who=TRANSFERS, audited=False, response=ClinicExports
    ),
    Route(
        method="POST", path="/api/exports/{export}/approval", handler=approve_export, who=TRANSFERS, audited=True,
        response=ClinicExport,
    ),
    Route(
        method="DELETE", path="/api/exports/{export}", handler=stop_export, who=TRANSFERS, audited=True,
        response=ClinicExport,
    ),
    Route(method="POST", path="/api/exports/{export}/file", handler=fetch_export, who=TRANSFERS, audited=True),
)  # fmt: skip
