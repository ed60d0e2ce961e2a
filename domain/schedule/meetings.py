"""Mutual-help meetings, of which nothing is kept: the plan that a room needs, made from the schedule."""

from domain.events.schedule import SessionPlanned
from domain.schedule.sessions import Session


def meeting_plan(session: Session) -> SessionPlanned:
    """The plan of a meeting that has none in the ledger: its time, and nobody's name."""
    return SessionPlanned(
        id=session.id,
        at=session.starts,
        session=session.id,
        kind=session.kind,
        timezone=session.timezone,
        start=session.starts,
        end=session.ends,
        policy=session.policy,
        program=session.program,
    )
