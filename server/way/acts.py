"""Dated acts: recorded, corrected and withdrawn by staff, each shown beforehand with everything that it changes."""

from collections.abc import Sequence
from typing import Any

import msgspec

from domain.errors import Conflict, InvalidInput, NotFound
from domain.programs.acts import WITH_PHASE, Act, Withdrawal, replay
from domain.way.rules import national
from runtime.clock import new_id
from server.http.calls import Call
from server.http.payloads import Page
from server.http.routes import Route, Staff
from server.programs import admissions
from server.way import effects, timelines, words
from server.way.effects import Change
from server.way.payloads import Effects, RecordAct, Timeline
from server.way.timelines import Held
from store.database import Transaction
from store.people import persons
from store.programs import acts, enrolments
from store.way import rules


class _Undone(Exception):
    """Raised to roll a preview back."""


async def list_timelines(call: Call[None]) -> Page[Timeline]:
    """The client's enrolments, the newest first, each with its timeline."""
    clinic, client = call.staff.clinic, call.ids["client"]
    async with call.database.transaction() as tx:
        if await persons.find(tx, clinic, client) is None:
            raise NotFound
        call.concerns(client)
        found = await enrolments.of_client(tx, clinic, client)
        shown = [await timelines.show(tx, call, await timelines.held(tx, clinic, one)) for one in reversed(found)]
    return Page(items=tuple(shown), next=None)


async def record_act(call: Call[RecordAct]) -> Timeline:
    """Record a dated act; with `replaces`, it corrects an earlier one, which is withdrawn in the same step."""
    async with call.database.transaction() as tx:
        held = await _locked(tx, call, call.ids["enrolment"])
        await _record(tx, call, held)
        return await timelines.show(tx, call, await timelines.held(tx, call.staff.clinic, held.enrolment))


async def preview_act(call: Call[RecordAct]) -> Effects:
    """What the act would change: it is saved in full, and taken back."""
    found = Effects()
    try:
        async with call.database.transaction() as tx:
            found = await _record(tx, call, await _locked(tx, call, call.ids["enrolment"]))
            raise _Undone
    except _Undone:
        return found


async def withdraw_act(call: Call[None]) -> Timeline:
    """Withdraw an act: from now on it counts as if it had not been recorded. It stays in the timeline."""
    async with call.database.transaction() as tx:
        held, act = await _act_held(tx, call)
        await _withdraw(tx, call, held, act)
        return await timelines.show(tx, call, await timelines.held(tx, call.staff.clinic, held.enrolment))


async def preview_withdrawal(call: Call[None]) -> Effects:
    """What withdrawing the act would change: it is withdrawn in full, and put back."""
    found = Effects()
    try:
        async with call.database.transaction() as tx:
            found = await _withdraw(tx, call, *await _act_held(tx, call))
            raise _Undone
    except _Undone:
        return found


async def _record(tx: Transaction, call: Call[RecordAct], held: Held) -> Effects:
    asked, clinic = call.asked, call.staff.clinic
    _check_phase(asked, held)
    if asked.kind == "discharged":
        await _check_reason(tx, call)
    corrected = _corrected(asked, held.acts)
    act = Act(
        id=new_id(),
        enrolment=held.enrolment.id,
        kind=asked.kind,
        from_on=asked.from_on,
        number=max((one.number for one in held.acts), default=0) + 1,
        phase=asked.phase,
        reason=asked.reason,
        by=call.staff.person,
        recorded_at=call.now,
    )
    kept = [one for one in held.acts if corrected is None or one.id != corrected.id]
    change = _change(call, held, [*kept, act])
    act = await acts.record(tx, clinic, act)
    if asked.words.strip():
        await words.keep(tx, call, held.enrolment.client, act.id, asked.words.strip())
    gone = [] if corrected is None else [await _mark(tx, call, corrected)]
    return await _save(tx, change, [*gone, act])


async def _withdraw(tx: Transaction, call: Call[None], held: Held, act: Act) -> Effects:
    if act.withdrawn is not None:
        raise Conflict("This act was withdrawn already.")
    change = _change(call, held, [one for one in held.acts if one.id != act.id])
    return await _save(tx, change, [await _mark(tx, call, act)])


async def _mark(tx: Transaction, call: Call[Any], act: Act) -> Act:
    await acts.withdraw(tx, call.staff.clinic, act.id, call.staff.person, call.now)
    return msgspec.structs.replace(act, withdrawn=Withdrawal(by=call.staff.person, at=call.now))


def _change(call: Call[Any], held: Held, following: Sequence[Act]) -> Change:
    """The change of days from the enrolment's acts to these.

    Raises:
        InvalidInput: two of them contradict each other.
    """
    return Change(
        clinic=call.staff.clinic,
        enrolment=held.enrolment,
        program=held.program,
        phases=held.phases,
        before=replay(held.acts),
        after=replay(following),
        by=call.staff.person,
        now=call.now,
    )


async def _save(tx: Transaction, change: Change, changed: Sequence[Act]) -> Effects:
    clinic, enrolment = change.clinic, change.enrolment
    await enrolments.follow(tx, clinic, enrolment.id, change.after, change.today)
    if change.touches_tonight:
        await enrolments.announce(tx, clinic, enrolment.id, change.now)
    for act in changed:
        await admissions.append(tx, clinic, enrolment, act)
    return await effects.carry_out(tx, change)


async def _check_reason(tx: Transaction, call: Call[RecordAct]) -> None:
    known = await rules.on(tx, call.staff.clinic, call.asked.from_on)
    if national(call.asked.reason, known.reasons) is None:
        raise InvalidInput("Choose one of the clinic's reasons of discharge.", "$.reason")


def _check_phase(asked: RecordAct, held: Held) -> None:
    if asked.kind in WITH_PHASE and asked.phase is None:
        raise InvalidInput("Choose the phase.", "$.phase")
    if asked.kind not in WITH_PHASE and asked.phase is not None:
        raise InvalidInput("This act changes no phase.", "$.phase")
    if asked.phase is not None and asked.phase not in held.phases:
        raise InvalidInput("The program has no such phase.", "$.phase")
    if not 2000 <= asked.from_on.year < 2200:
        raise InvalidInput("That year is out of reach.", "$.from_on")


def _corrected(asked: RecordAct, known: Sequence[Act]) -> Act | None:
    if asked.replaces is None:
        return None
    found = next((act for act in known if act.id == asked.replaces and act.withdrawn is None), None)
    if found is None:
        raise InvalidInput("There is no such act to correct.", "$.replaces")
    return found


async def _locked(tx: Transaction, call: Call[Any], id: str) -> Held:
    """The enrolment of that id, locked until the transaction ends.

    Raises:
        NotFound
    """
    await enrolments.lock(tx, call.staff.clinic, id)
    enrolment = await enrolments.find(tx, call.staff.clinic, id)
    if enrolment is None:
        raise NotFound
    call.concerns(enrolment.client)
    return await timelines.held(tx, call.staff.clinic, enrolment)


async def _act_held(tx: Transaction, call: Call[None]) -> tuple[Held, Act]:
    act = await acts.find(tx, call.staff.clinic, call.ids["act"])
    if act is None:
        raise NotFound
    held = await _locked(tx, call, act.enrolment)
    return held, next(one for one in held.acts if one.id == act.id)


_DECIDES = Staff("enrolments.decide")

ROUTES = (
    Route(
        method="GET",
        path="/api/clients/{client}/enrolments",
        handler=list_timelines,
        who=Staff("clients.see"),
        audited=True,
        response=Page[Timeline],
    ),
    Route(
        method="POST",
        path="/api/enrolments/{enrolment}/acts",
        handler=record_act,
        who=_DECIDES,
        audited=True,
        request=RecordAct,
        response=Timeline,
        status=201,
    ),
    Route(
        method="POST",
        path="/api/enrolments/{enrolment}/acts/preview",
        handler=preview_act,
        who=_DECIDES,
        audited=True,
        request=RecordAct,
        response=Effects,
    ),
    Route(
        method="POST",
        path="/api/acts/{act}/withdrawal",
        handler=withdraw_act,
        who=_DECIDES,
        audited=True,
        response=Timeline,
    ),
    Route(
        method="POST",
        path="/api/acts/{act}/withdrawal/preview",
        handler=preview_withdrawal,
        who=_DECIDES,
        audited=True,
        response=Effects,
    ),
)
