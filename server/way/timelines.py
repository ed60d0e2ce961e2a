"""The timeline of an enrolment: its acts, the days that they make, and where the client stands today."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from domain.errors import NotFound
from domain.instants import local_date, second
from domain.people.persons import Person
from domain.people.roles import may
from domain.programs.acts import Act, Stretch, in_force, replay, standing
from domain.programs.enrolments import Enrolment
from domain.programs.phases import Phase
from domain.programs.programs import Program
from domain.way.rules import summary_due
from server.http.calls import Call
from server.way import payloads, words
from server.way.payloads import Timeline
from store.attendance import client_records
from store.database import Transaction
from store.people import clients, persons
from store.programs import acts, phases, programs
from store.way import rules

PROMPT_DAYS = 90
"""Days unseen after which staff are asked whether somebody should be discharged. Nobody ever is by themselves."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment with its program, its phases and its acts."""

    enrolment: Enrolment
    program: Program
    phases: Mapping[str, Phase]
    acts: Sequence[Act]


async def held(tx: Transaction, clinic: str, enrolment: Enrolment) -> Held:
    """The enrolment with what a new act is judged by. Lock it first to change it."""
    program = await programs.find(tx, clinic, enrolment.program)
    if program is None:
        raise NotFound
    return Held(
        enrolment=enrolment,
        program=program,
        phases={phase.id: phase for phase in await phases.of_program(tx, clinic, program.id)},
        acts=await acts.of_enrolment(tx, clinic, enrolment.id),
    )


async def show(tx: Transaction, call: Call[Any], held: Held) -> Timeline:
    """The enrolment as its page shows it."""
    clinic, enrolment, days = call.staff.clinic, held.enrolment, replay(held.acts)
    today = local_date(second(call.now), held.program.timezone)
    hears = may(call.staff.roles, "intake.see")
    said = await words.of_acts(tx, call, enrolment.client, [act.id for act in held.acts]) if hears else {}
    authors = {id for act in held.acts for id in (act.by, act.withdrawn and act.withdrawn.by) if id}
    people = await persons.of_ids(tx, clinic, sorted(authors))
    seen = await client_records.last_seen(tx, clinic, held.program.id, enrolment.client)
    state = standing(days, today)
    reasons = {reason.code: reason.text for reason in (await rules.on(tx, clinic, today)).reasons}
    return Timeline(
        enrolment=enrolment.id,
        client=enrolment.client,
        program=held.program.id,
        program_name=held.program.name,
        timezone=held.program.timezone,
        today=today,
        standing=state,
        acts=tuple(_act_view(act, held, people, said, reasons) for act in sorted(held.acts, key=_in_effect)),
        stretches=tuple(_stretch_view(stretch, held) for stretch in days),
        last_seen_on=seen,
        not_seen_days=_unseen(days, seen, today) if state == "present" else None,
        summary_due_on=await _summary_due(tx, clinic, held, today),
    )


async def _summary_due(tx: Transaction, clinic: str, held: Held, today: date) -> date | None:
    last = next(reversed(in_force(held.acts)), None)
    client = await clients.find(tx, clinic, held.enrolment.client)
    if last is None or last.kind != "discharged" or client is None or client.home_state is None:
        return None
    return summary_due(await rules.on(tx, clinic, today), client.home_state, last.reason, last.from_on)


def _unseen(days: Sequence[Stretch], seen: date | None, today: date) -> int | None:
    """Days since the client was last seen, or came in, if there is reason to ask about it."""
    since = max(day.starts_on for day in days if day.starts_on <= today)
    unseen = (today - max(since, seen or since)).days
    return unseen if unseen >= PROMPT_DAYS else None


def _in_effect(act: Act) -> tuple[Any, int]:
    return act.from_on, act.number


def _act_view(
    act: Act, held: Held, people: Mapping[str, Person], said: Mapping[str, str], reasons: Mapping[str, str]
) -> payloads.Act:
    gone = act.withdrawn
    return payloads.Act(
        id=act.id,
        kind=act.kind,
        from_on=act.from_on,
        phase=act.phase,
        phase_name=_phase_name(act.phase, held),
        reason=act.reason,
        reason_text=reasons.get(act.reason, ""),
        words=said.get(act.id, ""),
        by=act.by,
        by_name=_name(act.by, people),
        recorded_at=act.recorded_at,
        withdrawn_at=None if gone is None else gone.at,
        withdrawn_by_name=None if gone is None else _name(gone.by, people),
    )


def _stretch_view(stretch: Stretch, held: Held) -> payloads.Stretch:
    return payloads.Stretch(
        state=stretch.state,
        phase=stretch.phase,
        phase_name=_phase_name(stretch.phase, held),
        starts_on=stretch.starts_on,
        ends_on=stretch.ends_on,
    )


def _phase_name(phase: str | None, held: Held) -> str | None:
    return held.phases[phase].name if phase is not None and phase in held.phases else None


def _name(person: str | None, people: Mapping[str, Person]) -> str | None:
    return people[person].display_name if person is not None and person in people else None
