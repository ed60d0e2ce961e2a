"""Plans on the schedule and in the ledger: each change of a plan records a `session.planned` in its transaction."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from domain.events.fact import Event
from domain.events.schedule import MUTUAL_HELP, RosterEntry, SessionPlanned
from domain.ledger.streams import plan_stream
from domain.schedule.rosters import RosterPlace
from domain.schedule.sessions import Session
from runtime.clock import fact_id
from runtime.secrets import random_secrets
from store.database import Transaction
from store.ledger import streams
from store.programs import coverages
from store.schedule import rosters, sessions


async def create(tx: Transaction, session: Session, places: Sequence[RosterPlace], now: datetime) -> None:
    """Put a session on the schedule and its plan into the ledger, which knows nothing of mutual help.
    Call it last in the transaction."""
    await sessions.create(tx, session)
    if session.kind == MUTUAL_HELP:
        return
    await rosters.replace(tx, session.clinic, session.id, places)
    await _record(tx, session, places, now)


async def replace_roster(
    tx: Transaction, session: Session, places: Sequence[RosterPlace], now: datetime, by: str
) -> None:
    """Give the session a new roster, and its plan a new revision. Call it last in the transaction."""
    await rosters.replace(tx, session.clinic, session.id, places)
    await sessions.raise_revision(tx, session.clinic, session.id)
    await _record(tx, session, places, now, by)


async def replace_policy(
    tx: Transaction, session: Session, places: Sequence[RosterPlace], now: datetime, by: str
) -> None:
    """Plan the session under its new attendance policy, in a new revision. Call it last in the transaction."""
    await sessions.change_policy(tx, session.clinic, session.id, session.policy)
    if session.kind != MUTUAL_HELP:
        await _record(tx, session, places, now, by)


async def note(tx: Transaction, session: Session, event: Event, subject: str | None = None) -> None:
    """Append another fact than a plan to the plan's stream. Call it last in the transaction."""
    event = msgspec.structs.replace(event, id=fact_id(), session=session.id)
    await streams.record(tx, session.clinic, plan_stream(session.id), event, subject)


async def _record(
    tx: Transaction, session: Session, places: Sequence[RosterPlace], now: datetime, by: str | None = None
) -> Event:
    service_date = session.starts.astimezone(ZoneInfo(session.timezone)).date()
    enrolled = [place.enrolment for place in places if place.enrolment]
    payers = await coverages.payers(tx, session.clinic, enrolled, service_date)
    last = await sessions.last_planned(tx, session.clinic, session.id)
    planned = SessionPlanned(
        id=fact_id(),
        # The last plan by (at, seq) counts, so a server whose clock is behind must not date its change before the last.
        at=max(now, last or now),
        session=session.id,
        kind=session.kind,
        timezone=session.timezone,
        start=session.starts,
        end=session.ends,
        policy=session.policy,
        program=session.program,
        blocks=session.blocks,
        breaks=session.breaks,
        roster=tuple(_entry(place, payers) for place in places),
        parent=session.parent,
        pull_out=session.pull_out,
        own_kind=session.own_kind,
        by=by,
        salt=random_secrets.salt(),
    )
    return await streams.record(tx, session.clinic, plan_stream(session.id), planned)


def _entry(place: RosterPlace, payers: dict[str, str]) -> RosterEntry:
    payer = payers.get(place.enrolment) if place.enrolment else None
    return RosterEntry(person=place.person, role=place.role, enrolment=place.enrolment, payer=payer)
