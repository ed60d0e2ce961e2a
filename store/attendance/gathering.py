"""A session's facts as the arithmetic takes them: decoded, with the policy its plan names."""

from collections.abc import Collection, Iterable

import msgspec

from domain.billing.statements import DERIVED
from domain.projection.gathering import Aside, Gathered, PolicyOf, read
from domain.projection.neighbours import Extent
from store.database import Transaction
from store.ledger import facts as ledger


class Found(msgspec.Struct, frozen=True):
    """The sessions that have a plan and a policy, and, by session, those whose attendance cannot be computed.

    A session may be in both: when one of its facts cannot be read, `gathered` holds the readable ones.
    """

    gathered: list[Gathered]
    aside: dict[str, Aside]

    def extents(self) -> list[Extent]:
        """The extent of each session whose plan can be read, once."""
        of = {session: one.extent for session, one in self.aside.items() if one.extent is not None}
        return list((of | {one.facts.id: one.extent for one in self.gathered}).values())


async def gather(tx: Transaction, clinic: str, sessions: Iterable[str], policy_of: PolicyOf) -> Found:
    """The facts of these sessions of the clinic. A session without a plan is in neither list."""
    said = await ledger.said(tx, clinic, set(sessions), DERIVED)
    held = await _epochs_held(tx, clinic, said)
    readings = {session: read(clinic, session, said[session], policy_of) for session in sorted(said)}
    known = {session: reading.gathered for session, reading in readings.items() if reading.gathered is not None}
    return Found(
        gathered=[msgspec.structs.replace(one, epochs_held=held.get(session, 0)) for session, one in known.items()],
        aside={session: reading.aside for session, reading in readings.items() if reading.aside is not None},
    )


async def _epochs_held(tx: Transaction, clinic: str, sessions: Collection[str]) -> dict[str, int]:
    """By session, the last epoch of its room that a node ever held; sessions without one are left out."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, max(epoch) AS epoch FROM rooms
        WHERE clinic_id = $1 AND session_id = ANY($2::uuid[]) GROUP BY session_id
        """,
        clinic,
        list(sessions),
    )
    return {row["session"]: row["epoch"] for row in rows}


class Planned(msgspec.Struct, frozen=True):
    """A session that was planned, and the position of its first plan."""

    session: str
    clinic: str
    position: int


async def planned(tx: Transaction, clinic: str) -> list[Planned]:
    """Every session ever planned, in the order of planning: sessions of one time are mostly near each other."""
    rows = await tx.fetch(
        """
        SELECT session_id::text AS session, clinic_id::text AS clinic, min(position) AS position FROM ledger
        WHERE clinic_id = $1 AND type = 'session.planned' GROUP BY session_id, clinic_id ORDER BY min(position)
        """,
        clinic,
    )
    return [Planned(**row) for row in rows]
