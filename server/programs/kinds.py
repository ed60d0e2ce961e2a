"""Kinds of sessions that the caller's clinic names itself."""

import msgspec

from domain.errors import NotFound
from domain.people.names import checked_name
from domain.programs.kinds import ClinicKind, check_counts, check_name
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs.payloads import CreateKind, DescribeKind
from store.programs import clinic_kinds


async def list_kinds(call: Call[None]) -> Page[ClinicKind]:
    """Every kind that the clinic has named, by name; also those that are no longer offered."""
    async with call.database.transaction() as tx:
        found = await clinic_kinds.of_clinic(tx, call.staff.clinic)
    return Page(items=tuple(found), next=None)


async def create_kind(call: Call[CreateKind]) -> ClinicKind:
    """Name a kind, and say as which kind it counts. That never changes: sessions have counted by it."""
    kind = ClinicKind(id=new_id(), name=checked_name(call.asked.name, "$.name"), counts_as=call.asked.counts_as)
    check_counts(kind.counts_as)
    call.concerns(kind.id)
    async with call.database.transaction() as tx:
        check_name(kind.name, await clinic_kinds.of_clinic(tx, call.staff.clinic))
        await clinic_kinds.create(tx, call.staff.clinic, kind)
    return kind


async def describe_kind(call: Call[DescribeKind]) -> ClinicKind:
    """Rename a kind, or offer it no longer."""
    clinic, id = call.staff.clinic, call.ids["kind"]
    call.concerns(id)
    async with call.database.transaction() as tx:
        kind = await clinic_kinds.find(tx, clinic, id)
        if kind is None:
            raise NotFound
        changed = msgspec.structs.replace(kind, name=checked_name(call.asked.name, "$.name"), in_use=call.asked.in_use)
        check_name(changed.name, (other for other in await clinic_kinds.of_clinic(tx, clinic) if other.id != id))
        await clinic_kinds.describe(tx, clinic, changed)
    return changed


ROUTES = (
    Route(
        method="GET",
        path="/api/kinds",
        handler=list_kinds,
        who=Staff("programs.see"),
        audited=False,
        response=Page[ClinicKind],
    ),
    Route(
        method="POST",
        path="/api/kinds",
        handler=create_kind,
        who=Staff("programs.manage"),
        audited=True,
        request=CreateKind,
        response=ClinicKind,
        status=201,
    ),
    Route(
        method="PUT",
        path="/api/kinds/{kind}",
        handler=describe_kind,
        who=Staff("programs.manage"),
        audited=True,
        request=DescribeKind,
        response=ClinicKind,
    ),
)
