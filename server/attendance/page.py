"""The attendance page: each client's credit, and the reason for each second."""

from datetime import datetime

import msgspec

from domain.attendance.credit import attendance
from domain.attendance.records import NEIGHBOUR_SET_ASIDE, DerivedSpan, undecided
from domain.errors import NotFound, SessionSetAside
from domain.instants import instant
from domain.projection.gathering import Projection, projected
from domain.proof.wording import reason
from domain.schedule.sessions import Session
from runtime import policies
from server.attendance import weeks
from server.attendance.payloads import Attendance, ClientRecord, DerivationSpan
from server.attendance.weeks import WeekSoFar
from server.http.calls import Call
from server.http.routes import Route, Staff
from server.schedule.payloads import Session as SessionView
from server.schedule.sessions import recorded, staff_view
from store.attendance import gathering, neighbours, records
from store.attendance import set_aside as set_aside_sessions
from store.attendance.set_aside import ATTENDANCE
from store.database import Transaction
from store.ledger import set_aside
from store.people import shown as people
from store.schedule import rosters


async def show_attendance(call: Call[None]) -> Attendance:
    """Each client's record: computed up to now while the session runs, then as the workers keep it.

    For a session that was set aside: the records from before, marked as out of date.
    """
    async with call.database.transaction() as tx:
        session = await recorded(tx, call.staff, call.ids["session"])
        places = await rosters.of_sessions(tx, session.clinic, [session.id])
        aside = bool(await set_aside_sessions.among(tx, ATTENDANCE, session.clinic, [session.id]))
        shown = await _kept(tx, session, call.now) or (None if aside else await _so_far(tx, session, call.now))
        aside = aside or shown is None
        shown = shown or await _before(tx, session, call.now)
        names = await people.names(tx, session.clinic, list(shown.record.clients))
        hours = await weeks.so_far(tx, shown, session.timezone)
        missing = await set_aside.facts_of(tx, session.clinic, session.id)
    call.concerns(*shown.record.clients)
    view = _page(staff_view(session, places[session.id], call), shown, aside, names, hours)
    return msgspec.structs.replace(view, facts_set_aside=missing)


async def _kept(tx: Transaction, of: Session, now: datetime) -> Projection | None:
    """The workers' records, once the window is over."""
    kept = await records.find(tx, of.clinic, of.id)
    return kept if kept is not None and now >= instant(kept.record.end) else None


async def _so_far(tx: Transaction, of: Session, now: datetime) -> Projection | None:
    """The workers' arithmetic over the facts recorded up to `now`; None when the facts cannot be read."""
    clinic, session = of.clinic, of.id
    found = await gathering.gather(tx, clinic, [session], policies.by_digest)
    if found.aside:
        return None
    if not found.gathered:
        raise NotFound("This session has no plan that attendance could be worked out by.")
    [own] = found.gathered
    beside = await neighbours.overlapping(tx, clinic, [own.extent])
    aside = await set_aside_sessions.among(tx, ATTENDANCE, clinic, beside)
    failing = {one.session for one in aside.values() if one.fails}
    near = await gathering.gather(tx, clinic, beside - failing, policies.by_digest)
    record = attendance([one.facts for one in (own, *near.gathered)], now=now, explain=True)[session]
    if aside or near.aside:
        record = msgspec.structs.replace(record, flags=(*record.flags, NEIGHBOUR_SET_ASIDE))
    return projected(own, record, now)


async def _before(tx: Transaction, of: Session, now: datetime) -> Projection:
    """The records as they were when the session was set aside; while it still runs, without outcomes.

    Raises:
        SessionSetAside: there are no records.
    """
    kept = await records.find(tx, of.clinic, of.id)
    if kept is None:
        raise SessionSetAside
    if now < instant(kept.record.end) and kept.record.outcome != "cancelled":
        return msgspec.structs.replace(kept, record=undecided(kept.record))
    return kept


def _page(
    session: SessionView, shown: Projection, aside: bool, names: dict[str, str], hours: dict[str, WeekSoFar]
) -> Attendance:
    """The page, with clients sorted by name; `names` and `hours` are keyed by client."""
    record = shown.record

    def client_record(client: str) -> ClientRecord:
        own = record.clients[client]
        return ClientRecord(
            person=client,
            name=names[client],
            connected_s=own.connected_s,
            credited_s=own.credited_s,
            billable_s=own.billable_s,
            status=own.status,
            excused=own.excused,
            late_s=own.late_s,
            late="late" in own.flags,
            holds=own.holds,
            flags=own.flags,
            units=own.units,
            derivation=tuple(_span(span, shown.policy.digest) for span in own.derivation or ()),
            week_credited_s=hours[client].credited_s,
            week_required_s=hours[client].required_s,
        )

    return Attendance(
        session=session,
        service_date=record.service_date,
        net_s=record.net_s,
        facilitator_gap_s=record.facilitator_gap_s,
        participant_count=record.participant_count,
        outcome=record.outcome,
        flags=record.flags,
        final=shown.final and not aside,
        set_aside=aside,
        neighbour_set_aside=NEIGHBOUR_SET_ASIDE in record.flags,
        through_position=shown.through_position,
        policy_id=shown.policy.id,
        policy_version=shown.policy.version,
        clients=tuple(map(client_record, sorted(record.clients, key=lambda client: (names[client], client)))),
    )


def _span(span: DerivedSpan, policy: str) -> DerivationSpan:
    return DerivationSpan(
        start=instant(span.start.at),
        end=instant(span.end.at),
        seconds=span.seconds,
        reason=span.reason,
        sentence=reason(span, policies.by_digest(policy).bridge_max_s),
        events=span.facts,
        start_known_by=span.start.known,
        start_bound_s=span.start.error_s,
        end_known_by=span.end.known,
        end_bound_s=span.end.error_s,
    )


ROUTES = (
    Route(
        method="GET",
        path="/api/sessions/{session}/attendance",
        handler=show_attendance,
        who=Staff("hours.see"),
        audited=True,
        response=Attendance,
    ),
)
