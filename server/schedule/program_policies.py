"""A program's attendance policy from a day on. A change re-plans what has not started; what has started stays."""

from datetime import date

import msgspec

from domain.errors import InvalidInput
from domain.instants import local_date, second
from domain.policy import AttendancePolicy
from domain.programs.programs import Decision, PolicyFrom, Program, policy_on
from domain.schedule.sessions import Session
from runtime import policies as shipped
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.programs.payloads import ChangePolicy, KnownPolicy, PolicyPreview, ProgramPolicies
from server.programs.programs import found
from server.schedule import planning
from store.database import Transaction
from store.programs import programs
from store.schedule import rosters, sessions


async def show_program_policies(call: Call[None]) -> ProgramPolicies:
    """The policies of the program by the day they begin, and those that it could change to."""
    async with call.database.transaction() as tx:
        program = await found(tx, call)
        changes = await programs.policy_changes(tx, call.staff.clinic, program.id)
    known = {key: _known(policy) for key, policy in sorted(shipped.attendance_policies().items())}
    first = known[program.policy_id, program.policy_version]
    return ProgramPolicies(first=first, changes=tuple(changes), known=tuple(known.values()))


def _known(policy: AttendancePolicy) -> KnownPolicy:
    return KnownPolicy(id=policy.id, version=policy.version, title=policy.title)


async def preview_policy(call: Call[ChangePolicy]) -> PolicyPreview:
    """What a change would do: how many sessions it plans again, and which is the first."""
    change = PolicyFrom(
        from_on=call.asked.from_on, policy_id=call.asked.policy_id, policy_version=call.asked.policy_version
    )
    async with call.database.transaction() as tx:
        program = await found(tx, call)
        _check(program, change, call)
        again = await _to_plan_again(tx, call, program, change)
    return _preview(again)


async def change_program_policy(call: Call[ChangePolicy]) -> PolicyPreview:
    """Change the policy from a day on, today or later, and plan again every session of then that has not started."""
    clinic, asked = call.staff.clinic, call.asked
    change = PolicyFrom(from_on=asked.from_on, policy_id=asked.policy_id, policy_version=asked.policy_version)
    async with call.database.transaction() as tx:
        await programs.lock(tx, clinic, call.ids["program"])
        program = await found(tx, call)
        _check(program, change, call)
        again = await _to_plan_again(tx, call, program, change)
        await programs.change_policy(tx, clinic, program.id, change, Decision(by=call.staff.person, at=call.now))
        places = await rosters.of_sessions(tx, clinic, [session.id for session, _ in again])
        for session, (policy, version) in again:
            _, reference = shipped.load(policy, version)
            changed = msgspec.structs.replace(session, policy=reference)
            await planning.replace_policy(tx, changed, places[session.id], call.now, call.staff.person)
    return _preview(again)


def _check(program: Program, change: PolicyFrom, call: Call[ChangePolicy]) -> None:
    if not shipped.known(change.policy_id, change.policy_version):
        raise InvalidInput("There is no such policy with that version.", "$.policy_id")
    if change.from_on < local_date(second(call.now), program.timezone):
        raise InvalidInput("A policy changes from today or later: what has been attended stays.", "$.from_on")


Replanned = tuple[Session, tuple[str, int]]


async def _to_plan_again(
    tx: Transaction, call: Call[ChangePolicy], program: Program, change: PolicyFrom
) -> list[Replanned]:
    """The sessions that have not started and whose policy the change alters, each with its new one."""
    changes = await programs.policy_changes(tx, call.staff.clinic, program.id)
    changes = sorted([*changes, change], key=lambda one: one.from_on)
    ahead = await sessions.ahead(tx, call.staff.clinic, program.id, call.now)
    theirs = [(session, policy_on(program, changes, _day(session))) for session in ahead if not session.started]
    return [
        (session, policy)
        for session, policy in theirs
        if _day(session) >= change.from_on and policy != (session.policy.id, session.policy.version)
    ]


def _day(session: Session) -> date:
    return local_date(second(session.starts), session.timezone)


def _preview(again: list[Replanned]) -> PolicyPreview:
    return PolicyPreview(sessions=len(again), first=_day(again[0][0]) if again else None)


ROUTES = (
    Route(
        method="GET",
        path="/api/programs/{program}/policies",
        handler=show_program_policies,
        who=Staff("programs.see"),
        audited=False,
        response=ProgramPolicies,
    ),
    Route(
        method="POST",
        path="/api/programs/{program}/policies/preview",
        handler=preview_policy,
        who=Staff("programs.manage"),
        audited=False,
        request=ChangePolicy,
        response=PolicyPreview,
    ),
    Route(
        method="POST",
        path="/api/programs/{program}/policies",
        handler=change_program_policy,
        who=Staff("programs.manage"),
        audited=True,
        request=ChangePolicy,
        response=PolicyPreview,
        status=201,
    ),
)
