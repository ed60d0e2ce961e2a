"""Clients' diagnosis codes, for those who may see them."""

from domain.errors import InvalidInput, NotFound
from domain.people.diagnoses import Diagnosis, checked_code, checked_span
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.people.clients import views
from server.people.clients.payloads import AddDiagnosis, DiagnosisView, EndDiagnosis, OrderDiagnoses
from store.database import Transaction
from store.people import diagnoses, persons
from store.people.clients import Author


async def list_diagnoses(call: Call[None]) -> Page[DiagnosisView]:
    """The client's codes, past and present, in their order."""
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        return await _shown(tx, call.staff.clinic, client.id)


async def add_diagnosis(call: Call[AddDiagnosis]) -> Page[DiagnosisView]:
    """Add a code behind the others. Answers with all of them."""
    asked = call.asked
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        code = checked_code(asked.code, "$.code")
        checked_span(asked.starts_on, asked.ends_on, "$.ends_on")
        known = await diagnoses.of_client(tx, call.staff.clinic, client.id)
        if any(one.code == code and one.holds(asked.starts_on) for one in known):
            raise InvalidInput("The client has this code on that day already.", "$.code")
        added = Diagnosis(
            id=new_id(),
            code=code,
            starts_on=asked.starts_on,
            ends_on=asked.ends_on,
            position=max((one.position for one in known), default=0) + 1,
            added_by=call.staff.person,
            added_at=call.now,
        )
        await diagnoses.add(tx, call.staff.clinic, client.id, added)
        return await _shown(tx, call.staff.clinic, client.id)


async def end_diagnosis(call: Call[EndDiagnosis]) -> Page[DiagnosisView]:
    """Set the last day of a code. Answers with all of them."""
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        known = await _existing(tx, call.staff.clinic, client.id, call.ids["diagnosis"])
        checked_span(known.starts_on, call.asked.ends_on, "$.ends_on")
        await diagnoses.end(tx, call.staff.clinic, client.id, known.id, call.asked.ends_on)
        return await _shown(tx, call.staff.clinic, client.id)


async def withdraw_diagnosis(call: Call[None]) -> Page[DiagnosisView]:
    """Take back a code that was never true. Answers with those that are left."""
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        known = await _existing(tx, call.staff.clinic, client.id, call.ids["diagnosis"])
        author = Author(by=call.staff.person, at=call.now)
        await diagnoses.withdraw(tx, call.staff.clinic, client.id, known.id, author)
        return await _shown(tx, call.staff.clinic, client.id)


async def order_diagnoses(call: Call[OrderDiagnoses]) -> Page[DiagnosisView]:
    """Put the client's codes into this order, the main one first."""
    async with call.database.transaction() as tx:
        client = await views.existing(tx, call)
        known = await diagnoses.of_client(tx, call.staff.clinic, client.id)
        if sorted(call.asked.order) != sorted(one.id for one in known):
            raise InvalidInput("Name each of the client's codes once.", "$.order")
        for position, id in enumerate(call.asked.order, 1):
            await diagnoses.place(tx, call.staff.clinic, client.id, id, position)
        return await _shown(tx, call.staff.clinic, client.id)


async def _existing(tx: Transaction, clinic: str, client: str, id: str) -> Diagnosis:
    found = await diagnoses.find(tx, clinic, client, id)
    if found is None:
        raise NotFound
    return found


async def _shown(tx: Transaction, clinic: str, client: str) -> Page[DiagnosisView]:
    found = await diagnoses.of_client(tx, clinic, client)
    authors = await persons.of_ids(tx, clinic, sorted({one.added_by for one in found}))
    items = tuple(
        DiagnosisView(
            id=one.id,
            code=one.code,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            added_by=authors[one.added_by].display_name,
            added_at=one.added_at,
        )
        for one in found
    )
    return Page(items=items, next=None)


ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/diagnoses",
        handler=list_diagnoses,
        who=Staff("diagnoses.see"),
        audited=True,
        response=Page[DiagnosisView],
    ),
    Route(
        method="POST",
        path="/api/clients/{client}/diagnoses",
        handler=add_diagnosis,
        who=Staff("diagnoses.edit"),
        audited=True,
        request=AddDiagnosis,
        response=Page[DiagnosisView],
        status=201,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/diagnosis-order",
        handler=order_diagnoses,
        who=Staff("diagnoses.edit"),
        audited=True,
        request=OrderDiagnoses,
        response=Page[DiagnosisView],
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/diagnoses/{diagnosis}",
        handler=end_diagnosis,
        who=Staff("diagnoses.edit"),
        audited=True,
        request=EndDiagnosis,
        response=Page[DiagnosisView],
    ),
    Route(
        method="DELETE",
        path="/api/clients/{client}/diagnoses/{diagnosis}",
        handler=withdraw_diagnosis,
        who=Staff("diagnoses.edit"),
        audited=True,
        response=Page[DiagnosisView],
    ),
)
