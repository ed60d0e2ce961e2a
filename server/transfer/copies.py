"""A copy of everything about one client, for that client: made by staff, or by themselves behind their own link."""

import io
import zipfile
from collections.abc import Sequence

import msgspec
from aiohttp import web

from domain.chart import notes as rules
from domain.chart.notes import Note, Reader
from domain.errors import NotFound
from domain.events.schedule import STAFF_ROLES
from domain.people.clients import Client
from domain.people.roles import may
from domain.transfer.copies import Copy
from domain.transfer.pages import page
from server.access import identified
from server.access.join_links import link_holder
from server.http.calls import Call, SignedIn
from server.http.routes import ANYONE, Route, Staff
from server.transfer.gathering import Whose, gather
from server.transfer.payloads import TakeMyCopy
from store.database import Transaction
from store.people import clients, clinics
from store.schedule import rosters


async def make_copy(call: Call[None]) -> web.Response:
    """Everything about one client, as JSON and as a page to read, zipped. Notes that you may not read are left out."""
    staff = call.staff
    async with call.database.transaction() as tx:
        client = await _existing(tx, staff.clinic, call.ids["client"])
        call.concerns(client.id)

        async def readable(signed: Sequence[Note]) -> Sequence[Note]:
            return await _readable(tx, call.staff, signed)

        whose = Whose(clinic=staff.clinic, client=client, timezone=staff.clinic_timezone, readable=readable)
        return _zipped(await gather(tx, call, whose))


async def take_my_copy(call: Call[TakeMyCopy]) -> web.Response:
    """Everything about the link holder, signed notes too, once they have proved who they are in this browser."""
    holder = await link_holder(call, call.asked.link)
    async with call.database.transaction() as tx:
        await identified.check(call, tx, holder)
        client = await _existing(tx, holder.clinic, holder.person)
        zone = holder.timezone or await clinics.timezone_of(tx, holder.clinic)
        whose = Whose(clinic=holder.clinic, client=client, timezone=zone, readable=_all)
        return _zipped(await gather(tx, call, whose))


async def _existing(tx: Transaction, clinic: str, id: str) -> Client:
    client = await clients.find(tx, clinic, id)
    if client is None:
        raise NotFound
    return client


async def _all(signed: Sequence[Note]) -> Sequence[Note]:
    return signed


async def _readable(tx: Transaction, staff: SignedIn, signed: Sequence[Note]) -> Sequence[Note]:
    """Those of these notes that this member of staff may read elsewhere, too."""
    if not may(staff.roles, "notes.read"):
        return ()
    roles = await rosters.roles_of(tx, staff.clinic, staff.person, [note.session for note in signed])
    led = {session for session, role in roles.items() if role in STAFF_ROLES and may(staff.roles, "rooms.lead")}
    return [note for note in signed if rules.may_read(note, Reader(staff.person, note.session in led))]


def _zipped(copy: Copy) -> web.Response:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("record.html", page(copy))
        archive.writestr("record.json", msgspec.json.format(msgspec.json.encode(copy), indent=2))
    return web.Response(
        body=out.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="record.zip"', "Cache-Control": "no-store"},
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/copy",
        handler=make_copy,
        who=Staff("clients.transfer"),
        audited=True,
    ),
    Route(
        method="POST",
        path="/api/my-copy",
        handler=take_my_copy,
        who=ANYONE,
        audited=True,
        request=TakeMyCopy,
        reads=True,
    ),
)
