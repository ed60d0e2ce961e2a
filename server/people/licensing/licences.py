"""Licences of a member of staff: added, ended, corrected and withdrawn; and those that run out soon."""

from typing import Any

from domain.people import licences as rule
from domain.people.licences import Licence
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.people.licensing.payloads import ExpiringLicence, ExpiringLicences, Licences, WriteLicence
from store.database import Transaction
from store.people import licences, staff
from store.people.licences import Writer


async def list_licences(call: Call[None]) -> Licences:
    """A member's licences."""
    clinic, member = call.staff.clinic, call.ids["member"]
    async with call.database.transaction() as tx:
        await staff.get(tx, clinic, member)
        return await _of(tx, clinic, member)


async def add_licence(call: Call[WriteLicence]) -> Licences:
    """Add a licence of a member of staff."""
    clinic, member = call.staff.clinic, call.ids["member"]
    call.concerns(member)
    async with call.database.transaction() as tx:
        await staff.get(tx, clinic, member)
        await licences.add(tx, clinic, _checked(call, member), writer(call))
        return await _of(tx, clinic, member)


async def correct_licence(call: Call[WriteLicence]) -> Licences:
    """Write a licence again: with its last day, or with what was wrong put right. What it said before is kept."""
    clinic, id = call.staff.clinic, call.ids["licence"]
    async with call.database.transaction() as tx:
        before = await licences.get(tx, clinic, id)
        call.concerns(before.person)
        await licences.withdraw(tx, clinic, id, writer(call))
        await licences.add(tx, clinic, _checked(call, before.person), writer(call))
        return await _of(tx, clinic, before.person)


async def withdraw_licence(call: Call[None]) -> Licences:
    """Withdraw a licence that should not have been written."""
    clinic, id = call.staff.clinic, call.ids["licence"]
    async with call.database.transaction() as tx:
        before = await licences.get(tx, clinic, id)
        call.concerns(before.person)
        await licences.withdraw(tx, clinic, id, writer(call))
        return await _of(tx, clinic, before.person)


async def list_expiring(call: Call[None]) -> ExpiringLicences:
    """Licences that run out within 60 days, or did lately, of people who work here."""
    today = call.today
    async with call.database.transaction() as tx:
        found = await licences.with_an_end(tx, call.staff.clinic, today - rule.LISTED_AFTER)
    names = {licence.id: name for name, licence in found}
    listed = rule.expiring([licence for _, licence in found], today)
    return ExpiringLicences(
        items=tuple(
            ExpiringLicence(name=names[one.licence.id], licence=one.licence, days=one.days, within=one.within)
            for one in listed
        )
    )


def writer(call: Call[Any]) -> Writer:
    """Who writes now."""
    return Writer(by=call.staff.person, at=call.now)


def _checked(call: Call[WriteLicence], person: str) -> Licence:
    asked = call.asked
    licence = Licence(
        id=new_id(),
        person=person,
        kind=asked.kind,
        state=asked.state,
        number=asked.number.strip(),
        npi=asked.npi,
        from_on=asked.from_on,
        to_on=asked.to_on,
    )
    rule.check(licence)
    return licence


async def _of(tx: Transaction, clinic: str, member: str) -> Licences:
    return Licences(items=tuple(await licences.of_persons(tx, clinic, [member])))


ROUTES = (
    Route(
        method="GET", path="/api/staff/{member}/licences", handler=list_licences, who=Staff("staff.see"), audited=False,
        response=Licences,
    ),
    Route(
        method="POST", path="/api/staff/{member}/licences", handler=add_licence, who=Staff("staff.manage"),
        audited=True, request=WriteLicence, response=Licences, status=201,
    ),
    Route(
        method="PUT", path="/api/licences/{licence}", handler=correct_licence, who=Staff("staff.manage"), audited=True,
        request=WriteLicence, response=Licences,
    ),
    Route(
        method="DELETE", path="/api/licences/{licence}", handler=withdraw_licence, who=Staff("staff.manage"),
        audited=True, response=Licences,
    ),
    Route(
        method="GET", path="/api/expiring-licences", handler=list_expiring, who=Staff("staff.manage"), audited=False,
        response=ExpiringLicences,
    ),
)  # fmt: skip
