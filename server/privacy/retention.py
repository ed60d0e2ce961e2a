"""Retention: what is kept for how long, what will be erased next, and what stops it."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain.errors import Conflict, NotFound
from domain.people.persons import Person
from domain.privacy import retention as rules
from domain.privacy.retention import AGEING, FIXED, SHIPPED, Hold, Listed, RecordType
from runtime.clock import new_id
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.privacy import payloads
from server.privacy.payloads import HoldClient, KeepLonger, PostponeErasing, Retention
from store.database import Transaction
from store.people import persons, shown
from store.privacy import erasures, holds, retention_rules
from store.privacy.retention_rules import Decision

COUNTED: tuple[RecordType, ...] = ("group_note", *AGEING)
COUNTED_AT_MOST = 1000
SHOWN = 200
DAYS_SHOWN = 100
SOON, LATER = timedelta(days=30), timedelta(days=90)
ERASED = "This person was erased. There is nothing left to hold."
NOT_LISTED = "They are not listed to be erased, so there is nothing to postpone."


async def show_retention(call: Call[None]) -> Retention:
    """The policy, what will be erased in the next 30 and 90 days, what is on hold, and what was erased."""
    clinic, today = call.staff.clinic, call.now.date()
    async with call.database.transaction() as tx:
        longer = await retention_rules.longer(tx, clinic)
        listed = await erasures.listed(tx, clinic, COUNTED_AT_MOST)
        held = await holds.open_holds(tx, clinic)
        people = [*(one.person for one in listed[:SHOWN]), *(one.person for one in held)]
        names = await shown.names(tx, clinic, sorted({*people, *(one.held_by for one in held)}))
        upcoming = [_of_clients(listed, today), *[await _upcoming(tx, call, record, longer) for record in COUNTED]]
        done = await erasures.done(tx, clinic, DAYS_SHOWN)
    call.concerns(*(people or [clinic]))
    return Retention(
        rules=tuple(_rule(record, today, longer) for record in dict.fromkeys(rule.record for rule in SHIPPED)),
        upcoming=tuple(upcoming),
        clients=tuple(_to_erase(one, names) for one in listed[:SHOWN]),
        listed=len(listed),
        holds=tuple(_hold(one, names) for one in held),
        done=tuple(payloads.ErasedCount(day=one.day, record=one.record, erased=one.erased) for one in done),
    )


async def keep_longer(call: Call[KeepLonger]) -> None:
    """Keep a kind of record longer than what ships, or as long again; never shorter."""
    asked, staff = call.asked, call.staff
    call.concerns(staff.clinic)
    rules.check_keep(asked.record, asked.keep, call.now.date())
    async with call.database.transaction() as tx:
        decision = Decision(record=asked.record, keep=asked.keep, by=staff.person, at=call.now)
        await retention_rules.decide(tx, staff.clinic, decision)


async def hold_client(call: Call[HoldClient]) -> None:
    """Put a hold on a client: nothing about them is erased until it is released."""
    async with call.database.transaction() as tx:
        client = await _client(tx, call)
        hold = Hold(
            id=new_id(), person=client.id, reason=call.asked.reason.strip(), held_at=call.now, held_by=call.staff.person
        )
        await holds.put(tx, call.staff.clinic, hold)
        if await erasures.is_erased(tx, call.staff.clinic, client.id):
            raise Conflict(ERASED)


async def release_hold(call: Call[None]) -> None:
    """Release a hold. Who was due meanwhile is erased at the worker's next turn, if they were listed for 30 days."""
    async with call.database.transaction() as tx:
        hold = await holds.find(tx, call.staff.clinic, call.ids["hold"])
        if hold is None:
            raise NotFound
        call.concerns(hold.person)
        await holds.release(tx, call.staff.clinic, hold.id, call.staff.person, call.now)


async def postpone_erasing(call: Call[PostponeErasing]) -> None:
    """Erase a listed client on that day at the earliest."""
    async with call.database.transaction() as tx:
        client = await _client(tx, call)
        rules.check_postponed(call.asked.until, call.now.date())
        if not await erasures.postpone(tx, call.staff.clinic, client.id, call.asked.until, call.staff.person):
            raise Conflict(NOT_LISTED)


async def _client(tx: Transaction, call: Call[HoldClient] | Call[PostponeErasing]) -> Person:
    client = await persons.find(tx, call.staff.clinic, call.ids["client"])
    if client is None:
        raise NotFound
    call.concerns(client.id)
    return client


def _rule(record: RecordType, today: date, longer: dict[str, int]) -> payloads.RetentionRule:
    rule, shortest = rules.kept(record, today, longer), rules.rule_of(record, today)
    return payloads.RetentionRule(
        record=record,
        keep=rule.keep,
        shortest=shortest.keep,
        unit=rule.unit,
        since=rule.since,
        minors_until=rule.minors_until,
        states=tuple(_in_state(state, record, today, longer) for state in _states(record)),
        fixed=record in FIXED or rule.keep is None,
    )


def _states(record: RecordType) -> Iterable[str]:
    return sorted({rule.state for rule in SHIPPED if rule.record == record and rule.state is not None})


def _in_state(state: str, record: RecordType, today: date, longer: dict[str, int]) -> payloads.KeptInState:
    rule = rules.kept(record, today, longer, state)
    return payloads.KeptInState(state=state, keep=rule.keep or 0, minors_until=rule.minors_until)


def _of_clients(listed: list[Listed], today: date) -> payloads.Upcoming:
    due = [one.erased_on for one in listed if not one.held]
    return payloads.Upcoming(
        record="client",
        in_30_days=sum(day <= today + SOON for day in due),
        in_90_days=sum(day <= today + LATER for day in due),
    )


async def _upcoming(tx: Transaction, call: Call[None], record: RecordType, longer: dict[str, int]) -> payloads.Upcoming:
    moments = [rules.before(record, call.now + ahead, longer) for ahead in (SOON, LATER)]
    soon, later = await erasures.count_aged(tx, call.staff.clinic, record, moments)
    return payloads.Upcoming(record=record, in_30_days=soon, in_90_days=later)


def _to_erase(one: Listed, names: dict[str, str]) -> payloads.ToErase:
    return payloads.ToErase(
        person=one.person,
        name=names[one.person],
        listed_on=one.listed_on,
        erased_on=one.erased_on,
        postponed_until=one.postponed_until,
        held=one.held,
    )


def _hold(one: Hold, names: dict[str, str]) -> payloads.LegalHold:
    return payloads.LegalHold(
        id=one.id,
        person=one.person,
        name=names[one.person],
        reason=one.reason,
        held_at=one.held_at,
        held_by_name=names[one.held_by],
    )


_MANAGES = Staff("retention.manage")

ROUTES = (
    Route(
        method="GET",
        path="/api/clinic/retention",
        handler=show_retention,
        who=_MANAGES,
        audited=True,
        response=Retention,
    ),
    Route(
        method="PUT",
        path="/api/clinic/retention",
        handler=keep_longer,
        who=_MANAGES,
        audited=True,
        request=KeepLonger,
        status=204,
    ),
    Route(
        method="POST",
        path="/api/clients/{client}/holds",
        handler=hold_client,
        who=_MANAGES,
        audited=True,
        request=HoldClient,
        status=204,
    ),
    Route(
        method="DELETE",
        path="/api/holds/{hold}",
        handler=release_hold,
        who=_MANAGES,
        audited=True,
        status=204,
    ),
    Route(
        method="PUT",
        path="/api/clients/{client}/erasing",
        handler=postpone_erasing,
        who=_MANAGES,
        audited=True,
        request=PostponeErasing,
        status=204,
    ),
)
